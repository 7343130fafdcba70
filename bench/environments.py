"""Make and find the environments of the peers. One that cannot be made is reported with its reason, not hidden."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.peers import ENVIRONMENTS, PEERS, Peer

DEFAULT = Path("~/.cache/summariser-bench")
_MARK = "installed"


def interpreters(
    folder: Path, say: Callable[[str], None], wanted: Mapping[str, tuple[str, ...]] = ENVIRONMENTS
) -> tuple[dict[str, Path], dict[str, str]]:
    """The interpreter of each environment, made where it is missing or out of date; and why some could not be."""
    found: dict[str, Path] = {}
    missing: dict[str, str] = {}
    for name, requirements in wanted.items():
        place = folder / name
        python = place / "bin" / "python"
        mark = place / _MARK
        text = f"{sys.version}\n" + "\n".join(requirements)
        if not (mark.is_file() and mark.read_text("utf-8") == text):
            say(f"making the environment {name}")
            if reason := _make(place, requirements):
                missing[name] = reason
                continue
            mark.write_text(text, "utf-8")
        found[name] = python
    return found, missing


def _make(place: Path, requirements: tuple[str, ...]) -> str:
    """Why it could not be made, or nothing."""
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in ([sys.executable, "-m", "venv", "--clear", str(place)], [*pip, *requirements]):
        try:
            done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
        except (OSError, subprocess.TimeoutExpired) as error:
            return type(error).__name__
        if done.returncode:
            errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
            return errors[-1].removeprefix("ERROR: ") if errors else f"exit code {done.returncode}"
    return ""


def versions(python: Path) -> dict[str, str]:
    """The versions that matter for the measurements, as the environment itself tells them."""
    names = ("openai", "instructor", "pydantic-ai-slim", "langchain-openai", "langextract", "llm", "pydantic", "httpx2",
             "aiohttp")  # fmt: skip
    code = (
        "import importlib.metadata as m, json\n"
        f"names = {names!r}\n"
        "have = {d.metadata['Name'].lower(): d.version for d in m.distributions()}\n"
        "print(json.dumps({n: have[n] for n in names if n in have}))"
    )
    import json

    done = subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True)
    told: dict[str, str] = json.loads(done.stdout)
    return told


def available(found: Mapping[str, Path], chosen: tuple[Peer, ...] = PEERS) -> list[tuple[Peer, Path]]:
    """The peers whose environment is there, with the interpreter that runs them."""
    pairs = [
        (peer, Path(sys.executable) if peer.environment is None else found.get(peer.environment)) for peer in chosen
    ]
    return [(peer, python) for peer, python in pairs if python]
