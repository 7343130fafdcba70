"""Files that are ZIP archives inside: opened only when what they hold, unpacked, stays within limits."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from summariser.errors import SourceError

MOST_ENTRIES = 10_000
MOST_BYTES = 200_000_000
"""What an archive may unpack to in all; the directory's sizes hold, since no more than them is ever unpacked."""
MOST_PART = 60_000_000
"""What one part with text may unpack to."""
DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError,
)  # fmt: skip
"""What `zipfile` raises for parts that are missing, damaged, encrypted or packed in ways it does not know."""


def opened(data: bytes, called: str) -> zipfile.ZipFile:
    """The archive; raises `SourceError` where it is damaged or unpacks to too much."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except DAMAGE:
        raise SourceError(f"{called} is damaged or cut off: its archive cannot be opened") from None
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    largest = max(
        (entry.file_size for entry in entries if entry.filename.endswith((".xml", ".xhtml", ".html", ".htm"))),
        default=0,
    )
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES or largest > MOST_PART:
        raise SourceError(
            f"{called} unpacks to {total / 1e6:,.0f} MB in {len(entries):,} parts, which is more than is read"
        )
    return archive
