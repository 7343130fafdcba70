"""langchain-openai: a chat model with structured output."""

from __future__ import annotations

from collections.abc import AsyncIterator

from langchain_openai import ChatOpenAI  # type: ignore[import-not-found]

from bench.peers.task import PROMPT, Answered, Ask, Brief, claims_of, job, run_async

JOB = job()


async def opened() -> AsyncIterator[Ask]:
    model = ChatOpenAI(model="mock", base_url=JOB.url, api_key="none").with_structured_output(Brief)

    async def ask(number: int, text: str) -> Answered:
        del number
        brief = await model.ainvoke([("system", PROMPT), ("user", text)])
        return Answered(claims_of(brief))

    yield ask


run_async(JOB, opened)
