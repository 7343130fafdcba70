"""llm's Python interface: an OpenAI-compatible model from its configuration file, a schema, streamed as by default."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from bench.peers.task import PROMPT, Answered, Ask, Brief, claims_of, job, run_async

JOB = job()
FOLDER = tempfile.TemporaryDirectory()
os.environ["LLM_USER_PATH"] = FOLDER.name
Path(FOLDER.name, "extra-openai-models.yaml").write_text(
    f"- model_id: mock\n  model_name: mock\n  api_base: {JOB.url}\n  supports_schema: true\n", encoding="utf-8"
)

import llm  # type: ignore[import-not-found]  # noqa: E402 - it reads the configuration's place when it is imported


async def opened() -> AsyncIterator[Ask]:
    model = llm.get_async_model("mock")

    async def ask(number: int, text: str) -> Answered:
        del number
        response = model.prompt(text, system=PROMPT, schema=Brief, key="none")
        return Answered(claims_of(Brief.model_validate_json(await response.text())))

    yield ask


run_async(JOB, opened)
