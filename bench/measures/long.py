"""A document of 120,000 words against a context of 128,000 tokens."""

from __future__ import annotations

import json

from bench.articles import long_document
from bench.peers import DRAFT, WORKERS
from bench.results import Table
from bench.scope import BrokenRunError, Scope, run
from bench.server import Behaviour

WORDS, CONTEXT = 120_000, 128_000
ANSWERED, REQUESTS, SENT, CPU = "answered", "requests", "characters sent over the document's", "client CPU, s"


def measure(scope: Scope) -> None:
    words = max(WORDS // scope.scale, 7_000)
    text = long_document(words)
    tasks = scope.folder / "long.jsonl"
    tasks.write_text(json.dumps({"number": 0, "text": text}) + "\n", "utf-8")
    table = Table(
        f"One document of {words:,} words",
        "",
        f"The server reads at most {CONTEXT:,} tokens of 4 characters, as models do, and refuses what is longer. "
        "Answered: 1 where a result came out. Characters sent: request bodies over the document's own.",
    )
    scope.results.tables["long"] = table
    for _, peer, python in scope.rounds("long document", 1, skip=(DRAFT, WORKERS)):
        scope.server.reset(Behaviour(context=CONTEXT))
        try:
            found = run(scope, peer, python, tasks, 1)
        except BrokenRunError as error:
            scope.broke("long document", peer, str(error))
            continue
        stats = scope.server.stats()
        table.add(peer.name, ANSWERED, found.documents - found.failed)
        table.add(peer.name, REQUESTS, stats["requests"])
        table.add(peer.name, SENT, stats["bytes_in"] / len(text.encode()))
        table.add(peer.name, CPU, found.cpu)
