"""Start and stop the mock server from a measurement or a test, and talk to it."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.server import Behaviour

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Running:
    """A mock server that runs. `url` is what clients take as their base URL."""

    url: str

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1].partition("/")[0])

    def stats(self) -> dict[str, Any]:
        """The counters since the last reset: requests, bytes, characters, faults, documents, CPU and wall seconds."""
        found: dict[str, Any] = self._ask("GET", "/stats")
        return found

    def bodies(self) -> list[str]:
        """The last request bodies, oldest first (`keep_bodies` says how many are kept)."""
        found: list[str] = self._ask("GET", "/bodies")
        return found

    def reset(self, behaviour: Behaviour | None = None) -> None:
        """Clear the counters and attempts; and behave like this from now on."""
        self._ask("POST", "/reset", json.dumps(asdict(behaviour)) if behaviour else "")

    def _ask(self, method: str, path: str, body: str = "") -> Any:  # noqa: ANN401 - JSON of either shape
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body.encode())
            response = connection.getresponse()
            told = json.loads(response.read())
            if response.status != 200:
                raise ValueError(told["error"]["message"])
            return told
        finally:
            connection.close()


@contextmanager
def running(behaviour: Behaviour | None = None) -> Iterator[Running]:
    """A mock server in a process of its own, for as long as the block runs (or this process lives)."""
    command = [sys.executable, "-m", "bench.server", "--with-parent"]
    command += ["--behaviour", json.dumps(asdict(behaviour or Behaviour()))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            if not url:
                raise RuntimeError("the mock server did not start")
            yield Running(url)
        finally:
            process.kill()
