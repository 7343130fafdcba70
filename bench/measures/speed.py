"""How fast the package's own parts are: the reader, the sentence splitter, the verifier. In this process, CPU time."""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.articles import article, articles
from bench.results import Table
from bench.scope import Scope

CALIBRATION = "pure Python, the yardstick"
VERIFY, VERIFY_LONG = "verify a claim, 700 words", "verify a claim, 70,000 words"
SPLIT, READ = "split 1,000,000 characters into sentences", "read an article of 700 words"
MS, RELATIVE = "ms CPU", "of the yardstick"


def measure(scope: Scope) -> None:
    table = Table(
        "The package's parts",
        "",
        "One at a time in one process. The yardstick is a fixed piece of pure Python that is run beside each: the "
        "second column holds on another machine, the first does not.",
    )
    scope.results.tables["speed"] = table
    parts: dict[str, Callable[[int], float]] = {
        VERIFY: lambda turn: _verify(turn, words=700),
        VERIFY_LONG: lambda turn: _verify(turn, words=70_000 // scope.scale),
        SPLIT: lambda turn: _split(turn, 1_000_000 // scope.scale) * scope.scale,
        READ: _read,
    }
    for turn in range(scope.runs + 1):
        scope.say(f"parts, run {turn + 1} of {scope.runs + 1}")
        for name, part in parts.items():
            yardstick = calibrate()
            seconds = part(turn)
            if turn:  # the first one loads tables and fills caches
                table.add(name, MS, 1000 * seconds)
                table.add(name, RELATIVE, seconds / yardstick)
                table.add(CALIBRATION, MS, 1000 * yardstick)


def calibrate() -> float:
    """CPU seconds of a fixed piece of work: dictionaries, strings and integers, as the package's own code."""
    start = time.process_time()
    counts: dict[str, int] = {}
    for number in range(60_000):
        key = str(number % 977)
        counts[key] = counts.get(key, 0) + len(key.upper())
    assert len(counts) == 977
    return time.process_time() - start


def _verify(turn: int, *, words: int) -> float:
    """CPU seconds a claim: claims of invented articles against their sentences, one document of about `words` words."""
    from summariser.evidence import Context, verify

    made = list(articles(-(-words // 700), first=1 + 1000 * turn))
    sentences = [sentence for one in made for paragraph in one.paragraphs for sentence in paragraph]
    claims = [
        (str(claim.fields["text"]), " ".join(claim.sentences))
        for one in made
        for kind in ("highlights", "key_points")
        for claim in one.claims[kind]
    ]
    start = time.process_time()
    context = Context.of(sentences, title=made[0].title, language="en")
    for text, support in claims:
        verify(text, support, language="en", context=context)
    return (time.process_time() - start) / len(claims)


def _split(turn: int, characters: int) -> float:
    from summariser.documents.sentences import split

    text = "\n\n".join(one.text for one in articles(-(-characters // 4000), first=1 + 1000 * turn))[:characters]
    start = time.process_time()
    found = split(text, "en")
    seconds = time.process_time() - start
    assert len(found) > characters // 400
    return seconds * characters / len(text)


def _read(turn: int) -> float:
    from summariser.documents import read

    texts = [article(number).text for number in range(1 + 20 * turn, 21 + 20 * turn)]
    start = time.process_time()
    for text in texts:
        read(text)
    return (time.process_time() - start) / len(texts)
