"""What a run will use, before anything is sent: requests, tokens and cost, from the documents themselves.

Input is counted on the very requests that would be sent. Output and repairs are expectations from recorded runs
(`_data/usage.toml`, made by ``python -m evals.usage``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from summariser.completers.gate import CHARACTERS_A_TOKEN
from summariser.completers.strict_schema import schema_text
from summariser.corpus.index import Index
from summariser.corpus.items import Item, read_item
from summariser.corpus.lines import fingerprint
from summariser.errors import SummariserError, UsageError
from summariser.plan.asking import extract_call
from summariser.plan.chunks import chunks
from summariser.schema import Document, DraftComposition, DraftRepair

if TYPE_CHECKING:
    from summariser.running import Setup


@dataclass(frozen=True, slots=True)
class Expected:
    """Requests (a fraction where they happen now and then) and tokens of one document."""

    requests: float = 0.0
    input_tokens: float = 0.0
    output_tokens: float = 0.0

    def __add__(self, other: Expected) -> Expected:
        return Expected(
            self.requests + other.requests,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
        )


@dataclass(slots=True)
class Estimate:
    """What a run over some items will come to; `unreadable` and `duplicates` cost nothing."""

    documents: int = 0
    duplicates: int = 0
    unreadable: int = 0
    expected: Expected = Expected()


def estimate(items: Iterable[Item], setup: Setup) -> Estimate:
    """Read every item and add up what it would use."""
    total = Estimate()
    with Index() as index:
        for item in items:
            try:
                document = read_item(
                    item, setup.options, allow_private_addresses=setup.settings.allow_private_addresses
                )
            except UsageError:
                raise
            except SummariserError:
                total.unreadable += 1
                continue
            if index.claim(fingerprint(document), item.id) != item.id:
                total.duplicates += 1
                continue
            total.documents += 1
            total.expected += expected(document, setup)
    return total


def expected(document: Document, setup: Setup) -> Expected:
    """What one document will use: its parts, a repair now and then, and composing where it is read in parts."""
    prompts = setup.wish.prompts
    if prompts is None:
        return Expected()
    known = _known()
    parts = chunks(document)
    total = Expected()
    for part in parts:
        call = extract_call(document, part, setup.wish)
        size = len(call.system) + len(call.user) + len(schema_text(call.draft)) + known["envelope"]
        text = sum(len(sentence.text) for number in part.sentences if (sentence := document.sentence(number)))
        total += Expected(1, size / CHARACTERS_A_TOKEN, known["output_scale"] * text ** known["output_exponent"])
    repair = len(prompts.system("repair")) + len(schema_text(DraftRepair)) + known["envelope"]
    repair_share = min(known["repair_share"], 1.0)
    total += Expected(
        repair_share,
        repair_share * (repair + known["repair_user"]) / CHARACTERS_A_TOKEN,
        repair_share * known["repair_output"],
    )
    if len(parts) > 1:
        points = known["point"] * known["points_a_part"] * len(parts)
        compose = len(prompts.system("compose")) + len(schema_text(DraftComposition)) + known["envelope"]
        total += Expected(1, (compose + points) / CHARACTERS_A_TOKEN, known["compose_output"])
    return total


@cache
def _known() -> dict[str, float]:
    text = (files("summariser.corpus") / "_data" / "usage.toml").read_text("utf-8")
    return {name: float(value) for name, value in tomllib.loads(text).items()}
