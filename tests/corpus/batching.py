"""Small invented articles and a model that knows them, for the tests of batches."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from summariser import Summary
from summariser.corpus.batch import Collected, Status, Submitted, cancel, collect, submit
from summariser.corpus.items import items_of
from summariser.corpus.lines import read_summaries
from summariser.settings import Settings
from tests.servers.batch import BatchServer, Fault
from tests.servers.chat import Canned, completion

ARTICLE = """Port {town} sets up an office for machine decisions

PORT {town}, 14 May 2025 — The parliament of {town} voted on Tuesday to establish an Office for Automated Decisions.

The office will employ {staff} inspectors and can fine companies up to 4 million crowns. Deputy Mara Lindqvist
said the law was overdue. Companies must register their systems by 1 March 2026.

Opposition leader Teo Brandt called the fines too low. He did not vote for the bill.
"""
TOWNS = ("Anvik", "Borla", "Cestra", "Dunmar", "Elko", "Farrow", "Gilden", "Hask")


def folder_of(path: Path, count: int = 3) -> Path:
    """A folder with `count` articles, one a town."""
    path.mkdir()
    for number, town in enumerate(TOWNS[:count]):
        (path / f"{number}.txt").write_text(ARTICLE.format(town=town, staff=30 + number))
    return path


def asked_for(body: dict[str, Any]) -> str:
    """The name of the draft that a request asks for, however it asks."""
    if "response_format" in body:
        return str(body["response_format"]["json_schema"]["name"])
    if "tools" in body:
        return str(body["tools"][0]["function"]["name"])
    properties = ("highlights", "key_points", "actors", "milestones")
    return "DraftSummary" if all(f'"{name}"' in body["messages"][0]["content"] for name in properties) else "other"


def question(body: dict[str, Any]) -> str:
    return str(body["messages"][1]["content"])


def town_of(body: dict[str, Any]) -> str:
    found = re.search(r"PORT (\w+),|parliament of (\w+)|Port (\w+) sets", question(body))
    return next((name for name in found.groups() if name), "") if found else ""


def good(body: dict[str, Any], custom_id: str = "") -> Canned:
    """A right answer to every kind of call."""
    kind = asked_for(body)
    staff = re.search(r"employ (\d+) inspectors", question(body))
    if kind == "DraftSummary":
        return completion(summary(staff[1] if staff else "0"))
    if kind == "DraftRepair":
        point = {"id": 1, "text": f"The office will employ {staff[1] if staff else 0} inspectors.", "ev": [2]}
        return completion(json.dumps({"highlights": [], "key_points": [point], "actors": [], "milestones": []}))
    return completion(json.dumps({"key_points": [1], "highlights": []}))


def wrong(body: dict[str, Any], custom_id: str = "") -> Canned:
    """An answer with one figure that the text does not bear out, so that a repair is asked for."""
    return completion(summary("99")) if asked_for(body) == "DraftSummary" else good(body)


def summary(staff: str) -> str:
    return json.dumps(
        {
            "highlights": [{"text": "Companies must register their systems by 1 March 2026.", "ev": [4]}],
            "key_points": [{"text": f"The office will employ {staff} inspectors.", "speaker": None, "ev": [2]}],
            "actors": [{"name": "Teo Brandt", "aliases": [], "kind": "person", "role": "opposition leader", "ev": [5]}],
            "milestones": [],
        }
    )


class Desk:
    """One run: a server, sources and an output."""

    def __init__(self, server: BatchServer, path: Path, count: int = 3, **settings: Any) -> None:
        self.server = server
        self.sources = folder_of(path / "articles", count)
        self.output = path / "out.jsonl"
        values = {"model": "m", "base_url": server.base_url, "retry_wait": 0, "max_retries": 2} | settings
        self.settings = Settings(**values)

    def submit(self, *sources: Path, **more: Any) -> Submitted:
        names = [str(source) for source in sources or (self.sources,)]
        return submit(items_of(names), self.output, settings=self.settings, **more)

    def collect(self, **more: Any) -> Collected:
        return collect(self.output, settings=self.settings, **more)

    def status_after_cancel(self) -> Status:
        return cancel(self.output, settings=self.settings)

    def fault(self, where: str, reply: Canned | None = None, **more: Any) -> Fault:
        return Fault(where, reply, **more)

    def cut(self, body: bytes, at: int) -> Canned:
        """A reply whose line drops after `at` bytes."""
        return Canned(200, body, cut=at)

    def finish(self, rounds: int = 20) -> Collected:
        """Process and collect until there is nothing more to come."""
        for _ in range(rounds):
            self.server.process()
            done = self.collect()
            if done.outcome != "waiting":
                return done
        raise AssertionError("the run does not come to an end")

    def summaries(self) -> dict[str, dict[str, Any]]:
        """What stands in the output, by the file's name, without what differs from run to run."""
        return {Path(name).name: bare(found) for name, found in read_summaries(self.output)}

    def failures(self) -> dict[str, dict[str, Any]]:
        path = self.output.with_name("out.jsonl.failed")
        lines = path.read_text().splitlines() if path.exists() else []
        return {Path(one["id"]).name: one for one in map(json.loads, lines)}

    def sent_ids(self) -> list[str]:
        return [line["custom_id"] for line in self.server.sent]


def bare(found: Summary) -> dict[str, Any]:
    """A summary without when it was made."""
    made = found.model_dump(mode="json")
    del made["provenance"]["created"]
    return made


def answering(answers: Callable[[dict[str, Any], int], Canned]) -> Callable[..., Canned]:
    """An answerer that is told how often it was asked about the same town and draft, counted from 0."""
    counts: dict[tuple[str, str], int] = {}

    def answer(body: dict[str, Any], custom_id: str = "") -> Canned:
        mark = (town_of(body), asked_for(body))
        counts[mark] = counts.get(mark, -1) + 1
        return answers(body, counts[mark])

    return answer
