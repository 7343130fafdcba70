"""What every command does with its output: one clear line where it cannot, files whole or not at all, safe JSON."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from summariser.render.text import safe

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def complain(message: str, code: int = OK) -> int:
    """One line on standard error; returns the exit code that it is given."""
    print(f"summarise: {safe(' '.join(message.split()))}", file=sys.stderr)
    return code


def show(text: str) -> None:
    """The text on standard output, whole: what was shown has left the process when this returns."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def write(path: Path, text: str) -> None:
    """Whole or not at all: written beside the target, then moved over it. Line ends stay as they are."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.absolute().parent, delete=False
    ) as file:
        try:
            file.write(text)
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def printable_json(text: str) -> str:
    """JSON that cannot steer a terminal: the control characters that JSON allows unescaped are escaped."""
    escapes = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
    return text.translate(escapes)
