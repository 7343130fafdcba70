"""Who was introduced before a part of a long document begins, so that "the NDO" and "Lindqvist" have a name there."""

from __future__ import annotations

import re

from summariser.documents.normalise import plain
from summariser.plan.chunks import Chunk
from summariser.schema import Document

MOST = 30
"""Names that one part is told: more would be read as a list of contents."""

_NAME = r"[^\W\d_a-z][\w’'.-]{1,30}"
_LINK = r"(?:of|and|for|on|the|in|de|des|du|la|et|y|del)"
_ACRONYM = re.compile(rf"((?:{_NAME} )(?:(?:{_NAME}|{_LINK}) ){{0,9}})\(([^\W\d_a-z][\w-]{{1,9}})\)")
_PERSON = re.compile(rf"(?<=[a-z,] )({_NAME}(?: {_NAME}){{1,2}})(?=[ ,.;’'])")
_WORD = re.compile(r"[^\W\d_][\w-]+")


def introductions(document: Document, chunk: Chunk) -> list[str]:
    """ "NDO: National Data Office" and "Mara Lindqvist" for short forms that a part uses without their long ones."""
    if chunk.part == 1:
        return []
    first = chunk.sentences[0]
    here = " ".join(plain(s.text) for n in chunk.sentences if (s := document.sentence(n)))
    used = set(_WORD.findall(here))
    found: dict[str, None] = {}
    for sentence in document.sentences:
        if sentence.number >= first or len(found) >= MOST:
            break
        text = plain(sentence.text)
        for long, short in _ACRONYM.findall(text):
            if short in used and f"{long}({short})" not in here:
                found[f"{short}: {long.strip()}"] = None
        for name in _PERSON.findall(text):
            if name.split()[-1] in used and name not in here:
                found[name] = None
    return list(found)
