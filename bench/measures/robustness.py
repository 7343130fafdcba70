"""What becomes of documents when the server fails: right, told, failed, or wrong without a word."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bench.articles import article
from bench.faults import MIXED, MIXED_UP, TRUNCATED
from bench.peers import DRAFT, WORKERS
from bench.results import Table
from bench.scope import BrokenRunError, Scope, run
from bench.server import Behaviour

RIGHT, TOLD, FAILED, WRONG, MISSING = "right", "incomplete, said so", "failed with an error", "silently wrong", "lost"
FATES = (RIGHT, TOLD, FAILED, WRONG, MISSING)
BEYOND = "requests a document beyond the faults"
COUNT = 300

SCENARIOS: dict[str, tuple[str, Mapping[str, float]]] = {
    "faults_none": ("No faults (control)", {}),
    "faults_mixed": ("13 % faults", MIXED),
    "faults_truncated": ("20 % truncated JSON", TRUNCATED),
    "faults_other": ("10 % answers that belong to another document", MIXED_UP),
}


def measure(scope: Scope) -> None:
    """Each run with faults of its own seed; every subject meets the same ones."""
    for key, (title, shares) in SCENARIOS.items():
        kinds = ", ".join(f"{name} {100 * part:.0f} %" for name, part in shares.items())
        note = f"Shares of requests: {kinds}. " if len(shares) > 1 else ""
        note += "Right: the result holds the claims of the expected answer, all of them and no others."
        table = Table(f"{title}, {COUNT // scope.scale} documents", "documents", note)
        scope.results.tables[key] = table
        for turn, peer, python in scope.rounds(title, 1 if not shares else None, skip=(DRAFT, WORKERS)):
            scope.server.reset(Behaviour(latency=0.02, seed=turn + 1, faults=shares))
            count = max(COUNT // scope.scale, 20)
            results = scope.folder / "results.jsonl"
            try:
                run(scope, peer, python, scope.tasks(count), 50, results=results)
            except BrokenRunError as error:
                scope.broke(title, peer, str(error))
                continue
            fates = judge(results, count)
            for fate in FATES:
                table.add(peer.name, fate, fates[fate])
            stats = scope.server.stats()
            injected = sum(n for name, n in stats["faults"].items() if name != "ok")
            table.add(peer.name, BEYOND, (stats["requests"] - injected) / count)


def judge(results: Path, count: int) -> Counter[str]:
    """How many of the documents 1 to `count` met which fate."""
    with results.open(encoding="utf-8") as file:
        lines = {line["number"]: line for line in map(json.loads, file)}
    return Counter(_fate(lines.get(number), number) for number in range(1, count + 1))


def _fate(line: dict[str, object] | None, number: int) -> str:
    if line is None:
        return MISSING
    if "error" in line:
        return FAILED
    claims, wanted = line["claims"], expected(number)
    assert isinstance(claims, dict)
    found = {kind: set(claims.get(kind, ())) for kind in wanted}
    # A milestone that is right but for a date that it leaves out is incomplete, not false.
    undated = {f"{said.rpartition(' | ')[0]} | None" for said in wanted["milestones"]}
    if any(found[kind] - wanted[kind] - undated for kind in wanted):
        return WRONG
    if found == wanted:
        return RIGHT
    return TOLD if line["rejected"] else WRONG


def expected(number: int) -> dict[str, set[str]]:
    """What a right result says about an article, in the words of `bench.peers.task.claims_of`."""
    claims = article(number).claims
    return {
        "highlights": {str(claim.fields["text"]) for claim in claims["highlights"]},
        "key_points": {str(claim.fields["text"]) for claim in claims["key_points"]},
        "actors": {str(claim.fields["name"]) for claim in claims["actors"]},
        "milestones": {f"{claim.fields['title']} | {claim.fields['date']}" for claim in claims["milestones"]},
    }
