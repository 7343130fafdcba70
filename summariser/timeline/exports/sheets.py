"""Tables that a spreadsheet opens without running anything in them.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` is a formula to a spreadsheet, and so is what follows a separator
where its locale separates by semicolons or tabs and does not honour the quotes of a comma-separated file. Such
characters get an apostrophe before them, which spreadsheets take as "this is text".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from summariser.render.text import safe

BYTE_ORDER_MARK = "\ufeff"
"""Goes before a table that is written to a file: without it Excel takes UTF-8 for the machine's own code page. A pipe
gets none, because a program that reads it would find it in the first column's name."""

_TRIGGER = "=+@\uff1d\uff0b\uff20-\uff0d\u2212"
_STARTS = re.compile(rf"^[\s'\"\ufeff]*(?=[{re.escape(_TRIGGER)}])")
_INSIDE = re.compile(rf"([;,|\"]|\t)(?=[{re.escape(_TRIGGER)}])|(;\s+)(?=[=@])")


def sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Comma-separated values as RFC 4180 has them, every cell quoted and on one line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return out.getvalue()


def cell(text: str) -> str:
    """The text on one line, without control characters, and with nothing in it that could be taken for a formula."""
    line = safe(" ".join(text.split()))
    if _STARTS.match(line):
        line = "'" + line
    return _INSIDE.sub(lambda found: found[0] + "'", line)


def listed(values: Iterable[str]) -> str:
    """Several values in one cell."""
    return " | ".join(values)
