"""What a user waits for before anything has happened: import, --help, one document with the embedded engine."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from bench.timing import interleaved, python

ARTICLE = Path(__file__).parent.parent / "evals" / "cases" / "morocco-us-ai" / "article.txt"


def run() -> str:
    """A table of cold starts, and how the first two stand to a bare interpreter."""
    command = [sys.executable, "-m", "summariser"]
    timings = interleaved(
        {
            "bare interpreter": python("pass"),
            "import summariser": python("import summariser"),
            "summarise --help": [*command, "--help"],
            "summarise ARTICLE (embedded engine)": [*command, str(ARTICLE), "--model", "extractive"],
        }
    )
    bare, imported = (statistics.median(timing.wall) for timing in timings[:2])
    words = len(ARTICLE.read_text("utf-8").split())
    rows = [timing.row() for timing in timings]
    rows += [f"import summariser over a bare interpreter: {1000 * (imported - bare):.0f} ms", f"ARTICLE: {words} words"]
    return "\n".join(rows)
