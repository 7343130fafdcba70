"""The bare openai client: `create` with a JSON schema, pydantic on what comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import openai

from bench.peers.task import PROMPT, Answered, Ask, Brief, claims_of, job, run_async

JOB = job()
FORM: Any = {"type": "json_schema", "json_schema": {"name": "brief", "schema": Brief.model_json_schema()}}


async def opened() -> AsyncIterator[Ask]:
    http = openai.DefaultAioHttpClient() if JOB.mode == "aiohttp" else None
    async with openai.AsyncOpenAI(base_url=JOB.url, api_key="none", http_client=http) as client:

        async def ask(number: int, text: str) -> Answered:
            del number
            completion = await client.chat.completions.create(
                model="mock",
                messages=[{"role": "system", "content": PROMPT}, {"role": "user", "content": text}],
                response_format=FORM,
            )
            return Answered(claims_of(Brief.model_validate_json(completion.choices[0].message.content or "")))

        yield ask


run_async(JOB, opened)
