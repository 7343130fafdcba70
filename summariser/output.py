"""What every command does with its output: one clear line where it cannot, files whole or not at all, safe JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from summariser.errors import SummariserError, UsageError

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


class Parser(argparse.ArgumentParser):
    """A wrong option is one line and exit code 2, without the whole usage."""

    def error(self, message: str) -> NoReturn:
        raise SystemExit(complain(f"{message} ({self.prog} --help shows the options)", USAGE))


def guarded(run: Callable[[], int], writing: str) -> int:
    """What `run` returns; what it raises on purpose is one line and its exit code. `writing` says what it writes to."""
    try:
        return run()
    except UsageError as error:
        return complain(str(error), USAGE)
    except SummariserError as error:
        return complain(str(error), FAILED)
    except BrokenPipeError:
        raise
    except OSError as error:
        return complain(f"cannot write {writing}: {error.strerror}", FAILED)


def complain(message: str, code: int = OK) -> int:
    """One line on standard error; returns the exit code that it is given."""
    from summariser.render.text import safe

    print(f"summarise: {safe(' '.join(message.split()))}", file=sys.stderr)
    return code


def show(text: str) -> None:
    """The text on standard output, whole: what was shown has left the process when this returns."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def write(path: Path, text: str) -> None:
    """Whole or not at all: written beside the target, then moved over it. Line ends stay as they are.

    Links are followed; what is no regular file (a pipe, a device) is written to as it is.
    """
    import tempfile

    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        return
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=target.parent, delete=False) as file:
        try:
            file.write(text)
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o644)
    Path(file.name).replace(target)


_KEPT = {b'{"id":"': "the lines of a run", b"SQLite format 3": "a ledger"}
"""How files begin that cost money or work: no other output goes over them."""


def spoils(output: Path, sources: Iterable[Path | str]) -> str | None:
    """What would be lost if `output` were written: one of the sources, the lines of a run, or a ledger."""
    if not output.is_file():
        return None
    if any(Path(source).exists() and output.samefile(source) for source in sources):
        return f"{output} is one of the sources: name another -o"
    with output.open("rb") as file:
        beginning = file.read(16)
    held = next((what for mark, what in _KEPT.items() if beginning.startswith(mark)), None)
    return f"{output} holds {held}: name another -o" if held else None


def printable_json(text: str) -> str:
    """JSON that cannot steer a terminal: the control characters that JSON allows unescaped are escaped."""
    escapes = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
    return text.translate(escapes)
