"""Answers of a real model, which the evaluation has on record: sentence numbers against quotes of the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bench.answers import EVIDENCE, ID
from bench.results import Table
from bench.running import ROOT
from bench.scope import Scope

RECORDINGS = ROOT / "evals" / "recordings" / "pipeline"
SUBJECT, SHARE, CITED = "answers on record", "characters over a quoting answer's", "sentences a claim cites"
_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)


def measure(scope: Scope) -> None:
    table = Table(
        "Numbers for evidence, on recorded answers",
        "",
        "Each recorded answer of the evaluation's model, over the same answer with the cited sentences in full in "
        "place of their numbers. n counts answers.",
    )
    scope.results.tables["recorded"] = table
    for path in sorted(RECORDINGS.glob("*/*.json")):
        compared = compare(path)
        if compared:
            table.add(SUBJECT, SHARE, compared[0])
            table.add(SUBJECT, CITED, compared[1])


def compare(path: Path) -> tuple[float, float] | None:
    """The ratio of characters, and cited sentences a claim; None for a recording of another kind of call."""
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    lines = dict(_LINE.findall(told["request"]["messages"][1]["content"]))
    try:
        answer = json.loads(told["response"]["choices"][0]["message"]["content"])
    except ValueError:
        return None  # a recording of an answer that was cut off, or of an error
    quoted = {kind: [_quoting(item, lines) for item in items] for kind, items in answer.items() if _cites(items)}
    if set(quoted) != set(answer) or "milestones" not in answer:
        return None
    cited = [len(item[EVIDENCE]) for items in answer.values() for item in items]
    return _size(answer) / _size(quoted), sum(cited) / len(cited)


def _cites(items: object) -> bool:
    return isinstance(items, list) and all(
        isinstance(item, dict) and EVIDENCE in item and ID not in item for item in items
    )


def _quoting(item: dict[str, Any], lines: dict[str, str]) -> dict[str, object]:
    rest = {name: value for name, value in item.items() if name != EVIDENCE}
    return {**rest, "quotes": [lines.get(str(number), "") for number in item[EVIDENCE]]}


def _size(answer: object) -> int:
    return len(json.dumps(answer, ensure_ascii=False))
