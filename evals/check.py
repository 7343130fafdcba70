"""Do the labels hold against their articles, and is the JSON schema for editors up to date?"""

from __future__ import annotations

from pathlib import Path

from evals.cases import HERE, load_cases
from evals.labels import json_schema

SCHEMA = HERE / "labels.schema.json"


def faults(folder: Path) -> tuple[list[str], int]:
    """Every fault, and how many cases there are: labels, labelled sentences that the package does not find, schema."""
    found: list[str] = []
    folders = sorted(path.parent.name for path in folder.glob("*/labels.yaml"))
    bare = sorted(path.name for path in folder.glob("*") if path.is_dir() and path.name not in folders)
    found += [f"{name}: a folder without labels.yaml" for name in bare if not name.startswith((".", "_"))]
    for slug in folders:
        try:
            found += _unlocated(folder, slug)
        except (ValueError, OSError) as error:
            found.append(f"{slug}: {error}" if slug not in str(error) else str(error))
    if not SCHEMA.is_file() or SCHEMA.read_text("utf-8") != json_schema():
        found.append(f"{SCHEMA.name}: not up to date (python -m evals check --write)")
    return found, len(folders)


def _unlocated(folder: Path, slug: str) -> list[str]:
    """Labelled sentences that stand in the article but in no sentence that the package reads (furniture, headings)."""
    from summariser import SummariserError

    case = load_cases(folder, [slug])[0]
    try:
        labels, locate = case.labels, case.locator.sentences
    except SummariserError as error:
        return [f"{slug}: the article cannot be read: {error}"]
    labelled = [
        *((f"key point {point.id}", point.sentences) for point in labels.key_points),
        *((f"actor {actor.name}", actor.sentences) for actor in labels.actors),
        *((f"milestone {one.id}", one.sentences) for one in labels.milestones),
    ]
    return [f"{slug}: {what}: in no sentence that the package reads" for what, where in labelled if not locate(where)]


def write_schema() -> None:
    SCHEMA.write_text(json_schema(), "utf-8")
