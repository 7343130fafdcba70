"""pydantic-ai: an agent with an output type."""

from __future__ import annotations

from collections.abc import AsyncIterator

from pydantic_ai import Agent  # type: ignore[import-not-found]
from pydantic_ai.models.openai import OpenAIChatModel  # type: ignore[import-not-found]
from pydantic_ai.providers.openai import OpenAIProvider  # type: ignore[import-not-found]

from bench.peers.task import PROMPT, Answered, Ask, Brief, claims_of, job, run_async

JOB = job()


async def opened() -> AsyncIterator[Ask]:
    model = OpenAIChatModel("mock", provider=OpenAIProvider(base_url=JOB.url, api_key="none"))
    agent = Agent(model, output_type=Brief, instructions=PROMPT)

    async def ask(number: int, text: str) -> Answered:
        del number
        return Answered(claims_of((await agent.run(text)).output))

    yield ask


run_async(JOB, opened)
