"""The floor: an HTTP client and pydantic, no retries, nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2

from bench.peers.task import PROMPT, Answered, Ask, Brief, claims_of, job, run_async

JOB = job()
FORM = {"type": "json_schema", "json_schema": {"name": "brief", "schema": Brief.model_json_schema()}}


async def opened() -> AsyncIterator[Ask]:
    async with httpx2.AsyncClient(timeout=120, limits=httpx2.Limits(max_connections=1000)) as client:

        async def ask(number: int, text: str) -> Answered:
            del number
            messages = [{"role": "system", "content": PROMPT}, {"role": "user", "content": text}]
            body = {"model": "mock", "messages": messages, "response_format": FORM}
            response = await client.post(f"{JOB.url}/chat/completions", json=body)
            response.raise_for_status()
            return Answered(claims_of(Brief.model_validate_json(response.json()["choices"][0]["message"]["content"])))

        yield ask


run_async(JOB, opened)
