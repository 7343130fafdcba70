"""What the store keeps of an article: what the ledger is built from and its sentences are shown with, no document.

A record holds the milestones and actors as they stand in the summary, the facts of the document, and of its text the
sentences that they cite with the ones before and after. Restored, it is a `Summary` whose text is as long as the
article's and blank elsewhere, so that every offset still holds.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from summariser.schema import Actor, Document, Milestone, Provenance, Sentence, Span, Summary

_FACTS = ("title", "byline", "category", "published", "published_basis", "language", "url", "name")
_CONTEXT = 1
"""Sentences kept on either side of a cited one."""


@dataclass(frozen=True, slots=True)
class Record:
    """An article as a row of the store.

    `identity` (SHA-256, hexadecimal) is of all that the ledger can show of it: two records with the same one are the
    same to the ledger, whenever and wherever they were made.
    """

    id: str
    content_hash: str
    identity: str
    published: str | None
    data: bytes


def pack(identifier: str, summary: Summary) -> Record:
    """The record of a summary under the id that the caller gives it."""
    document = summary.document
    claims = [*summary.milestones, *summary.actors]
    cited = {(span.start, span.end): span for claim in claims for span in claim.evidence}
    kept = {
        "length": len(document.text),
        "content_hash": document.content_hash,
        "facts": {name: getattr(document, name) for name in _FACTS},
        "sentences": [_row(sentence) for sentence in _kept_sentences(document, cited.values())],
        "planted": sorted(document.planted),
        "milestones": [milestone.model_dump(mode="json") for milestone in summary.milestones],
        "actors": [actor.model_dump(mode="json") for actor in summary.actors],
        "language": summary.language,
        "provenance": summary.provenance.model_dump(mode="json"),
    }
    # When it was made is no part of what it says: the same article summarised alike twice is one.
    timeless = {**kept, "provenance": {**summary.provenance.model_dump(mode="json"), "created": None}}
    return Record(
        id=identifier,
        content_hash=document.content_hash,
        identity=hashlib.sha256(_encoded(timeless)).hexdigest(),
        published=document.published,
        data=zlib.compress(_encoded(kept)),
    )


def restore(data: bytes) -> Summary:
    """The summary of a record: its milestones and actors, nothing else of it."""
    kept = json.loads(zlib.decompress(data))
    milestones = tuple(Milestone.model_validate(item) for item in kept["milestones"])
    actors = tuple(Actor.model_validate(item) for item in kept["actors"])
    places = {(row[1], row[2]): row[5] for row in kept["sentences"]}
    places |= {(span.start, span.end): span.quote for claim in (*milestones, *actors) for span in claim.evidence}
    document = Document(
        text=_blanked(kept["length"], places),
        sentences=tuple(
            Sentence(number=number, start=start, end=end, paragraph=paragraph, page=page)
            for number, start, end, paragraph, page, _ in kept["sentences"]
        ),
        **kept["facts"],
    )
    # The text is not the article's any more, its fingerprint is. `content_hash` is a cached property: what stands
    # in the instance's dictionary is its value.
    document.__dict__["content_hash"] = kept["content_hash"]
    document.__dict__["planted"] = frozenset(kept["planted"])
    return Summary(
        document=document,
        language=kept["language"],
        milestones=milestones,
        actors=actors,
        provenance=Provenance.model_validate(kept["provenance"]),
    )


def _kept_sentences(document: Document, cited: Iterable[Span]) -> list[Sentence]:
    numbers = {span.sentence for span in cited}
    wanted = {number + step for number in numbers for step in range(-_CONTEXT, _CONTEXT + 1)}
    return [sentence for sentence in document.sentences if sentence.number in wanted]


def _row(sentence: Sentence) -> tuple[int, int, int, int, int | None, str]:
    return sentence.number, sentence.start, sentence.end, sentence.paragraph, sentence.page, sentence.text


def _blanked(length: int, places: dict[tuple[int, int], str]) -> str:
    """A text of this length with the words at these places and blanks between them."""
    text, at = [], 0
    for (start, end), words in sorted(places.items()):
        if start < at:  # a span within a sentence that stands already, or one that goes further
            words, start = words[at - start :], at  # noqa: PLW2901
        if end > at:
            text.append(" " * (start - at) + words)
            at = end
    return "".join(text).ljust(length)


def _encoded(value: object) -> bytes:
    # ASCII, so that a lone surrogate in a text is kept as it is.
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")
