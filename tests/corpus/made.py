"""Small things that the tests of many documents are made of."""

from __future__ import annotations

import json
from pathlib import Path

from summariser.completers.governor import Limits
from summariser.corpus.items import Item
from summariser.corpus.journal import Journal
from summariser.corpus.lines import Line, fingerprint
from summariser.corpus.workers import Spec
from summariser.schema import Attempt, Document, Provenance, Summary, Usage
from tests.servers.chat import Asked, Canned, completion

ASKED = "0123456789ab"
ATTEMPT = Attempt(call="extract", input_tokens=1_000, output_tokens=200)


def text(number: int | str) -> str:
    """An article of its own for every number; its second sentence is what `answer` cites."""
    return (
        f"Port Elan opens office number {number}\n\n"
        f"PORT ELAN, 14 May 2025 — The parliament of Valdoria voted for law number {number} on Tuesday. "
        "The office will employ 35 inspectors and can fine companies that keep no register. "
        "Deputy Mara Lindqvist, who chairs the technology committee, said that the law was overdue.\n\n"
        "Opposition leader Teo Brandt called the fines too low, and the chamber of commerce warned of costs. "
        "Companies have a year to write down which systems they use, and who answers for them.\n"
    )


def answer(asked: Asked | None = None) -> Canned:
    """What a model says about any of them: true of all."""
    del asked
    items = {
        "highlights": [{"text": "The office will employ 35 inspectors.", "ev": [2]}],
        "key_points": [],
        "actors": [],
        "milestones": [],
    }
    return completion(json.dumps(items))


def corpus(path: Path, count: int, first: int = 1) -> Path:
    """A corpus of `count` different records, with ids of their own."""
    records = ({"id": f"doc-{n}", "text": text(n)} for n in range(first, first + count))
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def summary(words: str = "one", *, title: str | None = None) -> Summary:
    """A summary that says nothing, of a text of its own."""
    import datetime as dt

    return Summary(
        document=Document(text=f"A text about {words}.", title=title, name=words),
        usage=Usage(attempts=(ATTEMPT,)),
        provenance=Provenance(
            engine="llm",
            model="m",
            source="live",
            prompt_version=None,
            library_version="0",
            created=dt.datetime(2025, 5, 14, tzinfo=dt.UTC),
        ),
    )


def line(item_id: str, words: str | None = None, *, source_hash: str = "aa", asked: str = ASKED) -> Line:
    """A finished document."""
    made = summary(words or item_id)
    return Line(
        id=item_id,
        source_hash=source_hash,
        content_hash=made.document.content_hash,
        fingerprint=fingerprint(made.document),
        asked=asked,
        summary=made,
    )


def write(journal: Journal, made: Line) -> None:
    """Append a line to a journal."""
    journal.append(made.encoded(), made)


def ids(path: Path) -> list[str]:
    """The ids in an output file, in their order."""
    return [json.loads(raw)["id"] for raw in path.read_bytes().splitlines()]


def items(*names: str) -> list[Item]:
    """Items whose text is their name."""
    return [Item(name, name) for name in names]


def spec(base_url: str, concurrency: int = 4, index: Path | None = None) -> Spec:
    """What worker processes are told, for a model at this address."""
    return Spec(
        options={"model": "openai/m", "base_url": base_url, "api_key": "k"},
        concurrency=concurrency,
        limits=Limits(),
        allowance=None,
        price=None,
        index=index,
    )
