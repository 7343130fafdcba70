"""What is known of a run of batches between two commands: ``state.json`` in the folder beside the output.

The file is replaced as a whole, and always before the step that it tells of is taken. What it does not name does not
count: files in the folder that it does not know are leftovers of a command that was killed, and are written again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summariser.completers.batches import ENDED, Batch
from summariser.completers.wire import STYLES, Style
from summariser.errors import SourceError, UsageError
from summariser.options import Options


class Asked(BaseModel):
    """The options of a run, as later commands need them again; a key is never among them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    base_url: str | None = None
    prompts: str | None = None
    highlights: int = 5
    language: str | None = None
    published: str | None = None
    on_unsupported: Literal["reject", "keep", "raise"] = "reject"
    gate: Literal["default", "off"] = "default"

    def options(self) -> Options:
        return Options(
            model=self.model,
            base_url=self.base_url,
            prompts=self.prompts,
            highlights=self.highlights,
            language=self.language,
            published=self.published,
            on_unsupported=self.on_unsupported,
            gate=self.gate,
        )


class Part(BaseModel):
    """One file of requests and the batch that it became.

    `stage`: its file is `written`; it is `uploaded` and a batch of it may have been created; the batch is known to be
    `created`; its answers are `collected`. `status` and the counts are the server's, as they were last seen.
    """

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    number: int
    wave: int
    requests: int
    bytes: int
    stage: Literal["written", "uploaded", "created", "collected"] = "written"
    tried: bool = False
    """Whether a command began to create the batch: before it creates one again, it looks for that one."""
    file_id: str | None = None
    batch_id: str | None = None
    status: str = ""
    completed: int = 0
    failed: int = 0
    expires_at: int | None = None
    problem: str = ""
    refusals: int = 0
    """How often its batch found no room on the server while none of ours took it up."""

    @property
    def name(self) -> str:
        return f"{self.number:04d}"

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    def see(self, batch: Batch) -> None:
        """Take over what the server says."""
        self.batch_id, self.status, self.expires_at = batch.id, batch.status, batch.expires_at
        self.completed, self.failed, self.problem = batch.completed, batch.failed, batch.problem


class State(BaseModel):
    """A run of batches: what was asked, and its parts in the order in which they were written."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    version: Literal[1] = 1
    run: str = Field(default_factory=lambda: uuid4().hex)
    """Names the run on the server, so that its batches are found again."""
    asked: Asked
    asked_hash: str
    style: Style = STYLES[0]
    """The way of asking that the server is known to take."""
    stopped: bool = False
    """True after `cancel`: answers are still collected, nothing more is sent until the next `submit`."""
    parts: list[Part] = Field(default_factory=list)

    @property
    def waves(self) -> int:
        return max((part.wave for part in self.parts), default=0)

    @property
    def open(self) -> list[Part]:
        """The parts whose answers are still to come."""
        return [part for part in self.parts if part.stage != "collected"]


class Folder:
    """``out.jsonl.batch/``: where everything is. Nothing is made before something is written."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.path = output.with_name(output.name + ".batch")
        self.documents = self.path / "documents.jsonl"
        self.settled = self.path / "settled.jsonl"

    def requests(self, part: Part) -> Path:
        return self.path / f"part-{part.name}.requests.jsonl"

    def answers(self, part: Part) -> tuple[Path, Path, Path]:
        """The server's output file, its error file, and what is in neither."""
        output, errors, none = (f"part-{part.name}.{kind}.jsonl" for kind in ("output", "errors", "unanswered"))
        return self.path / output, self.path / errors, self.path / none

    def load(self) -> State | None:
        """The state, None where there is none. Raises `UsageError` for one that this version cannot read."""
        path = self.path / "state.json"
        try:
            return State.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SourceError(f"{path} cannot be read: {error.strerror}") from None
        except ValidationError as error:
            fault = error.errors(include_input=False, include_url=False)[0]
            raise UsageError(f"{path} is no state of a batch run ({fault['msg']}): move {self.path} away") from None

    def save(self, state: State) -> None:
        """On disk when this returns."""
        replace(self.path / "state.json", lambda path: path.write_text(state.model_dump_json(indent=1), "utf-8"))


def replace(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file whole or not at all, and have it on disk: into a file beside it, which then takes its place."""
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_name(path.name + ".tmp")
    write(temporary)
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows writes folders down by itself
    folder = os.open(path.parent, os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
