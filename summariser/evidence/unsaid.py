"""What the support mentions without asserting it: "whether it would sue", "would have banned" (English).

After Quirk et al., "A Comprehensive Grammar of the English Language" (1985): subordinate interrogative clauses (15.5)
and hypothetical past (4.65). A claim that asserts such a word says more than its source.
"""

from __future__ import annotations

from itertools import pairwise

from summariser.evidence import text as tx
from summariser.evidence.reasons import NOTHING, Findings
from summariser.evidence.support import Support
from summariser.schema import Reason

_OPEN = frozenset(
    {
        "whether",
        "if",
        "not",
        "no",
        "never",
        "nor",
        "without",
        "unless",
        "could",
        "may",
        "might",
        "would",
        "unclear",
        "asked",
    }
)
"""A claim with one of these does not plainly assert, and is left to the other checks."""
_MODALS = frozenset({"would", "could", "might", "should"})
_REACH = 8
"""Words after "whether" that its clause is taken to reach, where no comma or stop ends it before."""


def check_unsaid(content: list[tx.Token], words: tuple[tx.Token, ...], support: Support) -> Findings:
    """`modality` where every mention of a word that the claim asserts is a question or a hypothesis in the support."""
    asks = "whether" in support.positions
    supposes = "have" in support.positions and not _MODALS.isdisjoint(support.positions)
    if not (asks or supposes) or not _OPEN.isdisjoint([token.key for token in words]):
        return NOTHING
    behind_to = {after.start for before, after in pairwise(words) if before.key == "to"}
    for token in content:
        # "An amendment to ban …" and "banning" name a deed and assert none.
        if token.capital or token.start in behind_to or token.key.endswith("ing"):
            continue
        mentions = sorted(set(support.uses(token.key)))
        if mentions and all(_unsaid(support.tokens[number], place) for number, place in mentions):
            number, place = mentions[0]
            row = support.tokens[number]
            first = row[max(0, place - 5)]
            source = support.sentences[number][first.start : row[place].end]
            return Findings((Reason(code="modality", claim=token.word, source=source),))
    return NOTHING


def _unsaid(row: tuple[tx.Token, ...], place: int) -> bool:
    """Whether the word stands in a clause that asks, or as the deed of a "would have"."""
    before = row[max(0, place - 2) : place]
    if (
        len(before) == 2
        and before[0].key in _MODALS
        and before[1].key == "have"
        and row[place].key.endswith(("ed", "en"))
    ):
        return True
    for token in reversed(row[max(0, place - _REACH) : place]):
        if token.key == "whether":
            return True
        if not token.is_word:
            return False
    return False
