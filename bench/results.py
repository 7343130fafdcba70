"""Figures as they are kept: tables of samples, one list of runs in every cell; read and written as JSON."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Table:
    """`cells[subject][column]` holds one value for each run. Subjects and columns keep their order."""

    title: str
    unit: str = ""
    note: str = ""
    cells: dict[str, dict[str, list[float]]] = field(default_factory=dict)

    def add(self, subject: str, column: str, value: float) -> None:
        self.cells.setdefault(subject, {}).setdefault(column, []).append(value)

    def columns(self) -> list[str]:
        """Every column that some subject has, in the order of first use."""
        return list(dict.fromkeys(column for row in self.cells.values() for column in row))

    def samples(self, subject: str, column: str) -> list[float]:
        return self.cells.get(subject, {}).get(column, [])

    def median(self, subject: str, column: str) -> float | None:
        found = self.samples(subject, column)
        return statistics.median(found) if found else None


@dataclass(slots=True)
class Results:
    """One run of the benchmark. `missing` says why a peer was not measured."""

    machine: dict[str, str] = field(default_factory=dict)
    versions: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    """Measurements that broke: a subject that failed to run, named with its reason."""

    def median(self, table: str, subject: str, column: str) -> float | None:
        found = self.tables.get(table)
        return found.median(subject, column) if found else None

    def joined(self, later: Results) -> Results:
        """With the tables of a later run added, those of the same name replaced; both runs are named."""
        machine = self.machine | later.machine
        took = [run.machine.get("the run took", "") for run in (self, later)]
        machine["the run took"] = "; ".join(part for part in took if part)
        return Results(
            machine,
            self.versions | later.versions,
            {name: why for name, why in (self.missing | later.missing).items() if name not in later.versions},
            self.tables | later.tables,
            [*self.failures, *later.failures],
        )

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> Results:
        told = json.loads(path.read_text("utf-8"))
        tables = {name: Table(**table) for name, table in told.pop("tables").items()}
        return cls(**told, tables=tables)
