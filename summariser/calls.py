"""The one seam to a model: a `Call` goes to a `Completer`, a `Reply` comes back.

A completer raises `summariser.errors.CompletionError` where it has no usable answer, with the attempts it made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from summariser.schema import Attempt, CallKind, Document, Draft, DraftKeyPoint

D_co = TypeVar("D_co", bound="Draft", covariant=True)


@dataclass(frozen=True, slots=True)
class Call(Generic[D_co]):
    """A question to a model.

    `system` is the same for every document, byte for byte (providers cache the prefix); `user` holds the task and
    the fenced document. A completer that reads no prompt uses `document`, `sentences` (the numbers this call is
    about) and `highlights` (how many are wanted) instead.
    """

    kind: CallKind
    system: str
    user: str
    draft: type[D_co]
    document: Document
    sentences: tuple[int, ...]
    highlights: int = 5
    language: str | None = None
    candidates: tuple[DraftKeyPoint, ...] = ()
    """For `compose`: the verified key points, as they are numbered from 1 in the prompt."""


@dataclass(frozen=True, slots=True)
class Reply(Generic[D_co]):
    """The answer: a draft and every attempt that it took, in order."""

    draft: D_co
    attempts: tuple[Attempt, ...] = ()
    estimated: bool = False


class Completer(Protocol):
    """Answers calls. `engine` and `model` go into the provenance; `reads_prompts` is False for the embedded engine."""

    @property
    def engine(self) -> Literal["llm", "extractive"]: ...

    @property
    def model(self) -> str: ...

    @property
    def reads_prompts(self) -> bool: ...

    def complete(self, call: Call[D_co]) -> Reply[D_co]: ...

    async def acomplete(self, call: Call[D_co]) -> Reply[D_co]: ...

    def provenance(self) -> tuple[Literal["live", "replay", "cache", "embedded"], str | None]:
        """Where the answers came from, and what gave them where they were recorded."""
        ...
