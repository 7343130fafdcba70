"""What the commands of a batch run come to, for a script and for the terminal."""

from __future__ import annotations

from typing import Literal

from summariser.corpus.batch.state import Part
from summariser.corpus.estimate import Expected
from summariser.schema.base import Frozen


class BatchLine(Frozen):
    """One batch: `state` is the server's word for it, or ``unsent`` where it has none yet; times are Unix seconds."""

    part: int
    wave: int
    id: str | None
    state: str
    total: int
    completed: int
    failed: int
    expires_at: int | None
    collected: bool
    problem: str = ""

    @classmethod
    def of(cls, part: Part) -> BatchLine:
        return cls(
            part=part.number,
            wave=part.wave,
            id=part.batch_id,
            state=part.status or "unsent",
            total=part.requests,
            completed=part.completed,
            failed=part.failed,
            expires_at=part.expires_at,
            collected=part.stage == "collected",
            problem=part.problem,
        )


class Counts(Frozen):
    """The documents of a run, and how far they are. `waiting` need a batch that is under way or still to be sent."""

    documents: int
    finished: int
    failed: int

    @property
    def waiting(self) -> int:
        return self.documents - self.finished - self.failed


class Used(Frozen):
    """Requests and tokens, summed over documents."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0

    @classmethod
    def of(cls, expected: Expected) -> Used:
        """A forecast, in whole numbers."""
        return cls(
            requests=round(expected.requests),
            input_tokens=round(expected.input_tokens),
            output_tokens=round(expected.output_tokens),
        )


class Submitted(Frozen):
    """What `submit` did. With ``dry_run`` nothing was written or sent, and `batches` is how many there would be.

    `known` documents were taken in or finished before, `failed_before` failed and are not tried again, `unreadable`
    ones went to the sidecar. `expected` and `cost` (USD, at the price of a batch; None where no price is known) are
    forecasts for the documents that were taken in, with the repairs that they will probably need.
    """

    documents: int
    known: int
    failed_before: int
    unreadable: int
    requests: int
    batches: int
    expected: Used
    cost: float | None
    counts: Counts
    dry_run: bool = False


class Status(Frozen):
    """How a run stands: its batches in order, and its documents as they were when answers were last collected."""

    batches: tuple[BatchLine, ...]
    counts: Counts
    stopped: bool = False


class Collected(Frozen):
    """What `collect` did: documents that were finished and that failed now, requests sent in a further wave.

    `used` and `cost` (USD, at the price of a batch; None where no price is known) are those of all documents that the
    run has settled so far.
    """

    finished: int
    failed: int
    requests: int
    counts: Counts
    used: Used
    cost: float | None
    stopped: bool = False
    notes: tuple[str, ...] = ()

    @property
    def outcome(self) -> Literal["complete", "partial", "waiting"]:
        """`waiting`: there is more to come; `partial`: nothing is, and some documents failed."""
        if self.counts.waiting:
            return "waiting"
        return "partial" if self.counts.failed else "complete"
