"""Bare instructor in JSON schema mode, its default retries."""

from __future__ import annotations

from collections.abc import AsyncIterator

import instructor
import openai

from bench.peers.task import PROMPT, Answered, Ask, Brief, claims_of, job, run_async

JOB = job()


async def opened() -> AsyncIterator[Ask]:
    async with openai.AsyncOpenAI(base_url=JOB.url, api_key="none") as inner:
        client = instructor.from_openai(inner, mode=instructor.Mode.JSON_SCHEMA)

        async def ask(number: int, text: str) -> Answered:
            del number
            brief = await client.chat.completions.create(
                model="mock",
                response_model=Brief,
                messages=[{"role": "system", "content": PROMPT}, {"role": "user", "content": text}],
            )
            return Answered(claims_of(brief))

        yield ask


run_async(JOB, opened)
