"""What verification costs: an article's claims, and how the cost grows with the document."""

from __future__ import annotations

import time

from summariser.evidence import Context, verify

SENTENCES = (
    "The Harbour Council adopted rule {n} on 4 March 2025 after 31 members voted for it.",
    "Minister Ada Brandt said that the Data Office (DO) would inspect at least {n} firms in Port Elan.",
    "Companies must not deploy systems of class {n} unless the office has approved them by June 2026.",
    "About 2.{n} million crowns were set aside for the programme, which the parliament of Valdoria proposed.",
)


def document(words: int) -> list[str]:
    """Sentences of an invented report with about this many words."""
    return [SENTENCES[i % 4].format(n=i + 3) for i in range(max(4, words // 15))]


def run() -> str:
    """CPU of 25 claims on a 700-word article, then of claims in proportion on longer ones (medians of 5 runs)."""
    rows = []
    for words, claims in ((700, 25), (7_000, 250), (25_000, 900), (100_000, 3_600)):
        times = sorted(_once(words, claims) for _ in range(5))
        rows.append(
            f"{words:>7} words {claims:>5} claims: {1000 * times[2]:9.1f} ms CPU ({1000 * times[0]:.1f}–"
            f"{1000 * times[-1]:.1f}), {1000 * times[2] / claims:.3f} ms a claim, n=5"
        )
    return "\n".join(rows)


def _once(words: int, claims: int) -> float:
    sentences = document(words)
    start = time.process_time()
    context = Context.of(sentences, title="Report of the Harbour Council", language="en")
    for number in range(claims):
        place = number * 7 % len(sentences)
        support = " ".join(sentences[place : place + 2])
        verify(sentences[place], support, language="en", context=context)
    return time.process_time() - start
