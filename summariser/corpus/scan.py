"""Telling the lines of an output file apart by their heads alone, and finding where a torn one begins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from summariser.corpus.lines import Head

_STRING = rb'"(?:[^"\\]|\\.)*"'
_HEAD = re.compile(
    rb'\{("id":' + _STRING + rb',"source_hash":"[0-9a-f]*","content_hash":"[0-9a-f]*","fingerprint":"[0-9a-f]*",'
    rb'"asked":"[0-9a-f]*","same_as":(?:null|' + _STRING + rb')),"summary":\{'
)


def head_of(line: bytes) -> Head | None:
    """The head of a line, None where it is none of ours."""
    found = _HEAD.match(line)
    return Head.model_validate(json.loads(b"{" + found[1] + b"}")) if found else None


def heads(file: BinaryIO) -> Iterator[tuple[int, Head | None]]:
    """Offset and head of every whole line from the start of `file`; blank lines are passed over."""
    start = 0
    for line in iter(file.readline, b""):
        if line.endswith(b"\n") and line.strip():
            yield start, head_of(line)
        start += len(line)


def whole(file: BinaryIO) -> int:
    """The size of the part of `file` that holds whole lines: what follows was torn when its writer was killed."""
    size = file.seek(0, 2)
    end = size
    while end > 0:
        begin = max(0, end - 65_536)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0
