"""The package itself, in the same harness: `--mode full` (read, ask, verify) or `draft` (read, ask, parse, no more).

One article at a time goes through `asummarise`, several through `asummarise_many`, as a user would have it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from bench.peers.task import Answered, Ask, Claims, job, run_async, run_stream

if TYPE_CHECKING:
    from summariser import Settings, Summary

JOB = job()


def settings() -> Settings:
    from summariser import Settings

    return Settings.load(model="openai/mock", base_url=JOB.url, api_key="none")


def answered(summary: Summary) -> Answered:
    claims: Claims = {
        "highlights": [item.text for item in summary.highlights],
        "key_points": [item.text for item in summary.key_points],
        "actors": [item.name for item in summary.actors],
        "milestones": [f"{item.title} | {item.date}" for item in summary.milestones],
    }
    return Answered(claims, len(summary.rejected))


async def opened_full() -> AsyncIterator[Ask]:
    from summariser import asummarise

    chosen = settings()

    async def ask(number: int, text: str) -> Answered:
        del number
        return answered(await asummarise(text, settings=chosen))

    yield ask


async def streamed(texts: Iterator[str]) -> AsyncIterator[Answered | Exception]:
    from summariser import Summary
    from summariser.api import asummarise_many

    async for result in asummarise_many(texts, concurrency=JOB.in_flight, settings=settings()):
        yield answered(result) if isinstance(result, Summary) else result


async def opened_draft() -> AsyncIterator[Ask]:
    """The package's own path up to the parsed draft, as the plan takes it for a document of one part."""
    from summariser.completers.llm import LLMCompleter
    from summariser.documents import read
    from summariser.plan import Wish
    from summariser.plan.asking import extract_call
    from summariser.plan.chunks import chunks
    from summariser.prompting import load

    wish = Wish(prompts=load())
    async with LLMCompleter(settings()) as completer:

        async def ask(number: int, text: str) -> Answered:
            del number
            document = read(text)
            (chunk,) = chunks(document)
            draft = (await completer.acomplete(extract_call(document, chunk, wish))).draft
            return Answered(
                {
                    "highlights": [item.text for item in draft.highlights],
                    "key_points": [item.text for item in draft.key_points],
                    "actors": [item.name for item in draft.actors],
                    "milestones": [f"{item.title} | {item.date}" for item in draft.milestones],
                }
            )

        yield ask


if JOB.mode == "draft":
    run_async(JOB, opened_draft)
elif JOB.in_flight == 1:
    run_async(JOB, opened_full)
else:
    run_stream(JOB, streamed)
