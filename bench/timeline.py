"""The ledger of 100,000 milestones: CPU seconds, and how many pairs are right, on a generated world of known truth.

`python -m bench.timeline [MILESTONES]`. It measures cost, and that matching holds at size; how well the ledger does on
real wording is measured in `evals`.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from bench.timeline_world import SIZE, World, world
from summariser.timeline import Ledger, build


def pair_score(found: Iterable[Iterable[str]], truth: dict[str, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of mentions that are put together."""
    right = together = 0
    for group in found:
        counts = Counter(truth[key] for key in group)
        size = sum(counts.values())
        together += size * (size - 1) // 2
        right += sum(n * (n - 1) // 2 for n in counts.values())
    wanted = sum(n * (n - 1) // 2 for n in Counter(truth.values()).values())
    precision, recall = right / max(1, together), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def conflict_score(ledger: Ledger, made: World) -> tuple[float, float]:
    """Precision and recall of the seeded conflicts, by event and kind."""
    found = set(_found(ledger, made))
    right = len(found & made.conflicts)
    return right / max(1, len(found)), right / max(1, len(made.conflicts))


def _found(ledger: Ledger, made: World) -> Iterator[tuple[int, str]]:
    for conflict in ledger.conflicts:
        events = Counter(made.event[mention.key] for mention in ledger.entry(conflict.entry).mentions)
        yield events.most_common(1)[0][0], conflict.kind


def run(size: int = SIZE) -> str:
    """Build the ledger of a generated world and say what it took."""
    made = world(size)
    start, clock = time.process_time(), time.perf_counter()
    ledger = build(made.summaries, made.ids)
    cpu, wall = time.process_time() - start, time.perf_counter() - clock
    entries = ([mention.key for mention in entry.mentions] for entry in ledger.entries)
    actors = ([mention.key for mention in actor.mentions] for actor in ledger.actors)
    milestones = pair_score(entries, dict(made.event))
    people = pair_score(actors, dict(made.person))
    precision, recall = conflict_score(ledger, made)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return "\n".join(
        (
            f"{len(made.event):,} milestones of {len(made.ids):,} articles: cpu {cpu:.1f} s, wall {wall:.1f} s",
            f"peak {peak} MB, the articles included",
            f"{len(ledger.entries):,} entries of {len(set(made.event.values())):,}; {len(ledger.threads):,} threads",
            f"pairs of milestones: precision {milestones[0]:.4f}, recall {milestones[1]:.4f}, F1 {milestones[2]:.4f}",
            f"pairs of actors:     precision {people[0]:.4f}, recall {people[1]:.4f}, F1 {people[2]:.4f}",
            f"conflicts (n={len(made.conflicts)}):   precision {precision:.3f}, recall {recall:.3f}",
        )
    )


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else SIZE))
