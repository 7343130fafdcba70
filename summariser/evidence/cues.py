"""What a reading of a sentence holds, and the words that tell how to read (`_data/polarity.json`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from summariser.evidence import text as tx

_TABLE = "polarity.json"
Force = Literal["must", "may", "exempt", "should", "will", "plan"]


@dataclass(slots=True)
class Reading:
    """What a sentence denies, and the force with which it says its verbs; all by the index of the token."""

    denied: dict[int, int] = field(default_factory=dict)
    """Number of negations on the word right behind a negator of verbs."""
    nouns: set[int] = field(default_factory=set)
    """Words right behind a negator of nouns ("no penalty", "without a court")."""
    reached: set[int] = field(default_factory=set)
    """Every word that some negator may reach."""
    unsure: set[int] = field(default_factory=set)
    """Words of which no polarity can be told ("not … until")."""
    forces: dict[int, tuple[Force, int]] = field(default_factory=dict)
    """For a governed verb: its force, and the index of the modal."""
    negators: list[int] = field(default_factory=list)
    contrasts: list[int] = field(default_factory=list)
    """Negators of one part of the sentence ("24 May, not 14 May"), which deny no verb."""


def cue_words(language: str, name: str) -> frozenset[str]:
    """The words of one list of `_data/polarity.json`, folded."""
    return tx.word_set(_TABLE, language, name)
