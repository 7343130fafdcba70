"""The rule tables of `_data/`, and how much is kept of what was read."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

WORDS, SENTENCES, PASSAGES = 8192, 1024, 128
"""How many words, sentences and passages of several sentences the caches hold: the common words of a language, and what
one document needs, so that a run over many does not grow."""


@lru_cache(maxsize=32)
def table(name: str) -> dict[str, object]:
    """A rule table of `_data/`, by the name of its file."""
    loaded = json.loads(resources.files("summariser.evidence").joinpath("_data", name).read_text("utf-8"))
    return loaded if isinstance(loaded, dict) else {}
