"""What a host allows (`robots.txt`), and how long to wait between two pages of it. Kept for as long as the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from urllib.robotparser import RobotFileParser

from summariser.errors import FetchError

AGENT = "summariser"
LONGEST_DELAY = 30.0
"""A crawl delay that asks for more is not waited for longer."""
LONGEST_WAIT = 600.0
_MOST_HOSTS = 1000

ReadRobots = Callable[[str], tuple[int, str]]
"""Status and text of a `robots.txt` at its address; raises `FetchError` where the host does not answer."""


class Courtesy:
    """Rules and waiting times by origin ("https://example.org:8443"); safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: dict[str, RobotFileParser] = {}
        self._next: dict[str, float] = {}

    def check(self, origin: str, url: str, read: ReadRobots) -> None:
        """Raise `FetchError` where the host does not want `url` to be read by programs.

        RFC 9309: no file (any 4xx) allows everything, a host that fails (5xx) allows nothing until it answers.
        """
        rules = self._rules.get(origin)
        if rules is None:
            rules = _parsed(*read(f"{origin}/robots.txt"))
            with self._lock:
                if len(self._rules) >= _MOST_HOSTS:
                    self._rules.clear()
                self._rules[origin] = rules
        if not rules.can_fetch(AGENT, url):
            raise FetchError(
                f"{origin} does not allow programs to read this page (robots.txt): save it and pass the file"
            )

    def wait(self, origin: str, delay: float) -> float:
        """Wait for this host's turn, `delay` seconds after the page before (or what its rules ask for).

        The seconds that were waited; `FetchError` where the line is longer than `LONGEST_WAIT`.
        """
        rules = self._rules.get(origin)
        asked = rules.crawl_delay(AGENT) if rules else None
        pause = min(max(delay, float(asked or 0)), LONGEST_DELAY)
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next.get(origin, 0.0))
            if turn - now > LONGEST_WAIT:
                raise FetchError(f"{origin}: too many of its pages are waiting: read fewer of them at once")
            if len(self._next) >= _MOST_HOSTS:
                self._next = {host: at for host, at in self._next.items() if at > now}
            self._next[origin] = turn + pause
        time.sleep(turn - now)
        return turn - now


def _parsed(status: int, text: str) -> RobotFileParser:
    rules = RobotFileParser()
    if status >= 500:
        raise FetchError(f"the host fails to say what programs may read (robots.txt: {status}): try again later")
    rules.parse(text.lstrip("\ufeff").splitlines() if 200 <= status < 300 else [])
    rules.modified()  # without it, nothing is allowed
    return rules
