"""What goes over the wire: characters beyond the article's, how much of that can be cached, the answer's size."""

from __future__ import annotations

import json
from typing import Any

from bench.articles import article
from bench.peers import DRAFT, WORKERS
from bench.results import Table
from bench.scope import BrokenRunError, Scope, run
from bench.server import Behaviour

COUNT = 8
OVERHEAD, SHARE = "characters beyond the article's", "over the article's"
PREFIX, ORDERED = "cacheable, as sent", "cacheable, schema first"
ANSWER, REQUESTS = "characters of the answer", "requests a document"


def measure(scope: Scope) -> None:
    table = Table(
        "On the wire, one article",
        "",
        "Characters of the request body beyond the article's own, and their ratio to the article's (700 words). "
        "Cacheable: the common prefix of the bodies of different articles over those characters; as sent, byte for "
        "byte in the order of the body, and with tools and schema moved to the front, where some providers "
        "render them. The answer: characters of the model's JSON for the same claims. langextract's requests are "
        "added up.",
    )
    scope.results.tables["wire"] = table
    for _, peer, python in scope.rounds("wire", 1, skip=(DRAFT, WORKERS)):
        scope.server.reset(Behaviour(keep_bodies=1000))
        try:
            run(scope, peer, python, scope.tasks(COUNT), 1)
        except BrokenRunError as error:
            scope.broke("wire", peer, str(error))
            continue
        stats, bodies = scope.server.stats(), scope.server.bodies()
        overhead, of_article = overheads(bodies, COUNT)
        sent = overhead * COUNT
        prefixes = len(bodies) * common(bodies), len(bodies) * common([_schema_first(body) for body in bodies])
        table.add(peer.name, OVERHEAD, overhead)
        table.add(peer.name, SHARE, overhead / of_article)
        table.add(peer.name, PREFIX, min(prefixes[0] / sent, 1))
        table.add(peer.name, ORDERED, min(prefixes[1] / sent, 1))
        table.add(peer.name, ANSWER, stats["completion_characters"] / COUNT)
        table.add(peer.name, REQUESTS, stats["requests"] / COUNT)


def overheads(bodies: list[str], documents: int) -> tuple[float, float]:
    """Characters sent beyond the articles' own for each of the first `documents` articles, and an article's."""
    own = sum(len(json.dumps(article(number).text)) - 2 for number in range(1, documents + 1))
    return (sum(map(len, bodies)) - own) / documents, own / documents


def common(bodies: list[str]) -> int:
    """Characters of the longest prefix that all have in common."""
    first, last = min(bodies), max(bodies)  # what the two extremes share, all share
    return next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))


def _schema_first(body: str) -> str:
    told: dict[str, Any] = json.loads(body)
    messages = told.pop("messages")
    return json.dumps({**told, "messages": messages}, ensure_ascii=False)
