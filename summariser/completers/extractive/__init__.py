"""The embedded engine: fills the drafts by rules, from any text, with no model, no key, no network and no weights.

It reads no prompt. It is deterministic, its cost grows linearly with the text, and it would rather say less than say
something that the text does not say: everything it gives goes through the same verifier as a model's answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from summariser.calls import D_co, Reply
from summariser.completers.extractive.actors import actors
from summariser.completers.extractive.compose import compose
from summariser.completers.extractive.lines import page
from summariser.completers.extractive.milestones import milestones
from summariser.completers.extractive.points import highlights, key_points, ranked_lines
from summariser.schema import DraftRepair, DraftSummary

if TYPE_CHECKING:
    from summariser.calls import Call
    from summariser.schema import Draft

__all__ = ["ExtractiveCompleter"]


class ExtractiveCompleter:
    """A completer (see `summariser.calls.Completer`) that answers by rules; it never raises on any text."""

    engine: Literal["llm", "extractive"] = "extractive"
    model = "extractive"
    reads_prompts = False

    def complete(self, call: Call[D_co]) -> Reply[D_co]:
        """The answer to a call; no attempts, since nothing was asked of anybody."""
        return Reply(cast("D_co", _answer(call)))

    async def acomplete(self, call: Call[D_co]) -> Reply[D_co]:
        """The same: there is nothing to wait for."""
        return self.complete(call)

    def provenance(self) -> tuple[Literal["live", "replay", "cache", "embedded"], str | None]:
        """Answers come from the package itself."""
        return "embedded", None


def _answer(call: Call[D_co]) -> Draft:
    if call.kind == "repair":
        return DraftRepair()  # the rules have nothing better to say than what they said
    if call.kind == "compose":
        return compose(call.document, call.candidates, call.highlights)
    return _extract(call)


def _extract(call: Call[D_co]) -> DraftSummary:
    read = page(call.document, call.sentences)
    steps = milestones(read, call.document.published)
    ranked = ranked_lines(read, frozenset(step.ev[-1] for step in steps))
    return DraftSummary(
        highlights=highlights(read, ranked, call.highlights),
        key_points=key_points(read, ranked),
        actors=actors(read),
        milestones=steps,
    )
