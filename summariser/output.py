"""What every command does with its output: one clear line where it cannot, files whole or not at all, safe JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
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
    """Whole or not at all: written beside the target, then moved over it. Line ends stay as they are."""
    import tempfile

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
