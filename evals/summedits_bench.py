"""The verifier against SummEdits (Laban et al. 2023): each summary held against its whole document.

The data is not part of the project; `run` takes the folder that holds it: `*_docs.jsonl`, `*_pairs.jsonl` and
`edit_kinds.jsonl` as its README describes them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from summariser.schema import VerdictStatus

REFUSED: frozenset[VerdictStatus] = frozenset({"contradicted", "not_found"})


class Document(TypedDict):
    """A row of `<domain>_docs.jsonl`."""

    doc_id: str
    doc: str


class Pair(TypedDict):
    """A row of `<domain>_pairs.jsonl`; `label` 1: the document bears the summary out, 0: it does not."""

    id: str
    doc_id: str
    summary: str
    label: int


class EditKind(TypedDict):
    """A row of `edit_kinds.jsonl`: what was changed in the summary (number, name, other; none: nothing)."""

    id: str
    edit_kind: str


@dataclass
class Share:
    """`hits` of `n`."""

    hits: int = 0
    n: int = 0

    @property
    def value(self) -> float | None:
        """The share, or None of nothing."""
        return self.hits / self.n if self.n else None

    def count(self, hit: bool) -> None:
        self.hits += hit
        self.n += 1


@dataclass
class DomainFigures:
    """One domain: refused among the wrong summaries, by kind of edit, and among the right ones."""

    domain: str
    recall: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    caught: Share = field(default_factory=Share)
    false_flags: Share = field(default_factory=Share)

    @property
    def balanced_accuracy(self) -> float | None:
        """Mean of the shares of wrong summaries refused and of right ones passed."""
        if self.caught.value is None or self.false_flags.value is None:
            return None
        return (self.caught.value + 1 - self.false_flags.value) / 2


@dataclass(frozen=True)
class Judged:
    """One summary, the verdict on it and the codes of its reasons."""

    domain: str
    pair: Pair
    edit_kind: str
    status: VerdictStatus
    codes: tuple[str, ...]

    @property
    def refused(self) -> bool:
        return self.status in REFUSED


def judge(folder: Path, domains: tuple[str, ...] = ()) -> Iterator[Judged]:
    """The verdict on every summary of the domains (all that are there, where none is given)."""
    from summariser.evidence import verify

    edits: dict[str, str] = {}
    for line in _lines(folder / "edit_kinds.jsonl"):
        edit: EditKind = json.loads(line)
        edits[edit["id"]] = edit["edit_kind"]
    there = sorted(path.name.removesuffix("_pairs.jsonl") for path in folder.glob("*_pairs.jsonl"))
    for domain in domains or tuple(there):
        documents: dict[str, str] = {}
        for line in _lines(folder / f"{domain}_docs.jsonl"):
            document: Document = json.loads(line)
            documents[document["doc_id"]] = document["doc"]
        for line in _lines(folder / f"{domain}_pairs.jsonl"):
            pair: Pair = json.loads(line)
            verdict = verify(pair["summary"], documents[pair["doc_id"]], language="en", claim_language="en")
            codes = tuple(reason.code for reason in verdict.reasons)
            yield Judged(domain, pair, edits.get(pair["id"], "other"), verdict.status, codes)


def run(data_dir: Path) -> list[DomainFigures]:
    """The figures of each domain in `data_dir` (the folder `summedits` of the data, or its parent)."""
    folder = data_dir / "summedits" if (data_dir / "summedits").is_dir() else data_dir
    found: dict[str, DomainFigures] = {}
    for judged in judge(folder):
        figures = found.setdefault(judged.domain, DomainFigures(judged.domain))
        if judged.pair["label"] == 1:
            figures.false_flags.count(judged.refused)
        else:
            figures.caught.count(judged.refused)
            figures.recall[judged.edit_kind].count(judged.refused)
    return list(found.values())


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        yield from (line for line in lines if line.strip())
