"""Do the labelled ledgers hold against their articles, and how large are they? Counted, never typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from evals.sizes import split
from evals.timeline.sets import load_set, load_sets, unread


def faults(folder: Path) -> tuple[list[str], int]:
    """Every fault of every set, and how many sets there are."""
    folders = sorted(path for path in folder.glob("*") if path.is_dir())
    found = []
    for path in folders:
        if not (path / "ledger.yaml").is_file():
            found.append(f"{path.name}: a folder without ledger.yaml")
            continue
        try:
            found += unread(load_set(path))
        except (ValueError, OSError) as error:
            found.append(str(error) if path.name in str(error) else f"{path.name}: {error}")
    return found, len(folders)


def sizes(folder: Path) -> list[tuple[str, str]]:
    """Lines of the data card: what there is of each kind, and how many pairs of mentions belong together."""
    sets = load_sets(folder)
    labels = [one.labels for one in sets]
    articles = [article for one in sets for article in one.articles]
    words = [article.document.words for article in articles]
    entries = [entry for one in labels for entry in one.entries]
    actors = [actor for one in labels for actor in one.actors]
    conflicts = [conflict for one in labels for conflict in one.conflicts]
    return [
        ("sets", split(Counter(one.basis for one in labels))),
        ("articles of the sets", split(Counter(article.label.language for article in articles))),
        ("forms", split(Counter(article.label.form for article in articles))),
        ("words of the sets", f"{sum(words):,}, from {min(words):,} to {max(words):,} an article"),
        ("entries", f"{len(entries)} with {sum(len(entry.mentions) for entry in entries)} mentions"),
        ("pairs of mentions of one event", str(_pairs(len(entry.mentions) for entry in entries))),
        ("threads", str(sum(len(one.threads) for one in labels))),
        ("actors of the sets", f"{len(actors)} with {sum(len(actor.mentions) for actor in actors)} mentions"),
        ("pairs of mentions of one actor", str(_pairs(len(actor.mentions) for actor in actors))),
        ("conflicts", split(Counter(conflict.kind for conflict in conflicts))),
        ("statements that differ and agree", split(Counter(x.kind for one in labels for x in one.not_conflicts))),
    ]


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
