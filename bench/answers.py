"""What the mock model says: an answer of the shape that the request asks for, about the text that it holds.

Three shapes: the package's (evidence as sentence numbers; extract, repair and compose), a schema that quotes its
evidence (every peer with structured output), and langextract's own. A text that is not one of `bench.articles` is
answered with its own sentences, so that whatever is sent gets an answer that it bears out.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from typing import Any

from bench.articles import Article, Claim, article, found
from bench.faults import share

# The names of the package's fields on the wire: when they change there, they change here and nowhere else.
TEXT, EVIDENCE, POINTS, ID = "text", "ev", "points", "id"
KINDS = ("highlights", "key_points", "actors", "milestones")

_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?\n]{20,}[.!?]")
_MILLIONS = re.compile(r"\b(\d+)(?= million crowns)")
_SHIFT = 1000
WRONG_SHAPE = json.dumps({"highlights": "none", "result": [1, 2, 3]})


@dataclass(frozen=True, slots=True)
class Question:
    """A request, as far as the mock model has to understand it."""

    document: str
    """What the fault plan and the counters know it by: the docket number, or a hash of the text."""
    shape: str
    """extract, repair, compose, quotes or langextract."""
    tool: str | None
    """The name of the tool that carries the answer; None: the answer is the message's content."""
    text: str
    """The first message of the user, which holds the document."""
    characters: int
    """Of all messages."""

    @property
    def key(self) -> str:
        """What attempts are counted by: one document may be asked about in several ways."""
        if self.shape == "langextract":
            return f"{self.document}/{zlib.crc32(self.text.encode()):08x}"
        return self.document if self.shape in ("extract", "quotes") else f"{self.document}/{self.shape}"


def question(body: dict[str, Any]) -> Question:
    """Read a chat completion request."""
    messages = [(m["role"], _content(m.get("content"))) for m in body["messages"]]
    text = next((content for role, content in messages if role == "user"), "")
    tool, schema = _schema(body)
    told = json.dumps(schema) if schema else " ".join(content for role, content in messages if role == "system")
    if f'"{EVIDENCE}"' in told or f'"{POINTS}"' in told:
        shape = "compose" if f'"{POINTS}"' in told else "repair" if f'"{ID}"' in told else "extract"
    else:
        shape = "langextract" if "\nQ: " in text and "\nA:" in text else "quotes"
    numbers = found(text)
    # langextract's chunks after the first hold no docket: its runner gives it as context for every chunk.
    document = f"{numbers[0]:06d}" if numbers else f"{zlib.crc32(text.encode()):08x}"
    return Question(document, shape, tool, text, sum(len(content) for _, content in messages))


def answer(asked: Question, *, misquotes: float = 0.0, seed: int = 1, other: bool = False) -> str:
    """The JSON that the mock model gives.

    `misquotes` is the share of documents whose sums of money come out wrong (what a verifier must catch; a repair
    puts them right). `other`: the answer that belongs to the next article.
    """
    if asked.shape == "compose":
        return _composed(asked.text)
    if asked.shape == "repair":
        return _repaired(asked.text)
    numbers = sorted(set(found(asked.text)))
    known = article(numbers[0]) if len(numbers) == 1 else None
    if other:
        known = article((int(numbers[0]) + 1) if numbers else 1)
    wrong = share(seed, "misquote", asked.document) < misquotes
    if asked.shape == "langextract":
        return _extractions(asked.text, known, strict=not other)
    lines = {text: int(number) for number, text in _LINE.findall(asked.text)} if asked.shape == "extract" else {}
    claims = known.claims if known else _repeated(lines, asked.text)
    if other and known:
        lines = {s: n for n, s in enumerate((s for p in known.paragraphs for s in p), start=2)}
    return json.dumps({kind: _items(claims[kind], asked.shape, lines, wrong) for kind in KINDS}, ensure_ascii=False)


def _items(claims: tuple[Claim, ...], shape: str, lines: dict[str, int], wrong: bool) -> list[dict[str, object]]:
    items = []
    for claim in claims:
        fields = dict(claim.fields)
        if wrong and isinstance(text := fields.get(TEXT), str):
            fields[TEXT] = _MILLIONS.sub(lambda match: str(int(match[1]) + _SHIFT), text)
        if shape == "extract":
            if all(sentence in lines for sentence in claim.sentences):
                items.append({**fields, EVIDENCE: [lines[sentence] for sentence in claim.sentences]})
        else:
            items.append({**fields, "quotes": list(claim.sentences)})
    return items


def _repeated(lines: dict[str, int], text: str) -> dict[str, tuple[Claim, ...]]:
    """For a text of unknown content: highlights and key points that are sentences of it, evenly spread."""
    sentences = list(lines) or [match.strip() for match in _SENTENCE.findall(text)]
    spread = sentences[:: max(1, len(sentences) // 8)][:8]
    short = [sentence for sentence in spread if len(sentence.split()) <= 20][:5]
    many = "is part" not in text[:400] and "This is part" not in text[:400]
    return {
        "highlights": tuple(Claim({TEXT: s}, (s,)) for s in short) if many else (),
        "key_points": tuple(Claim({TEXT: s, "speaker": None}, (s,)) for s in spread),
        "actors": (),
        "milestones": (),
    }


def _composed(text: str) -> str:
    rows = [(int(number), line) for number, line in _LINE.findall(text)][:5]
    return json.dumps(
        {"key_points": [number for number, _ in rows], "highlights": [{TEXT: s, POINTS: [n]} for n, s in rows]},
        ensure_ascii=False,
    )


def _repaired(text: str) -> str:
    """Sums of money put right again; anything else that failed is given up."""
    lists: dict[str, list[dict[str, object]]] = {kind: [] for kind in KINDS}
    for line in text.splitlines():
        if not line.startswith(f'{{"{ID}"'):
            continue
        item = json.loads(line)
        words = item.get(TEXT, "")
        right = _MILLIONS.sub(lambda match: str(int(match[1]) % _SHIFT), words)
        if right != words:
            kind = "highlights" if "highlight" in item.pop("kind", "") else "key_points"
            kept = {name: item[name] for name in (ID, EVIDENCE) if name in item}
            speaker = {"speaker": item.get("speaker")} if kind == "key_points" else {}
            lists[kind].append({**kept, TEXT: right, **speaker})
    return json.dumps(lists, ensure_ascii=False)


def _extractions(text: str, known: Article | None, *, strict: bool) -> str:
    """langextract's form: one extraction for a claim whose sentence stands in the chunk, the sentence as its text."""
    chunk = text.rpartition("\nQ: ")[2]
    claims = known.claims if known else _repeated({}, chunk)
    rows = [
        {kind[:-1]: claim.sentences[0], f"{kind[:-1]}_attributes": _attributes(claim)}
        for kind in KINDS
        for claim in claims[kind]
        if not strict or claim.sentences[0] in chunk
    ]
    return json.dumps({"extractions": rows}, ensure_ascii=False)


def _attributes(claim: Claim) -> dict[str, object]:
    return {name: value for name, value in claim.fields.items() if isinstance(value, str)}


def _schema(body: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """The name of the tool that takes the answer (None: none does) and the schema that the answer must fit."""
    for tool in body.get("tools") or ():
        function = tool.get("function", {})
        if "highlights" in json.dumps(function.get("parameters", {})):
            return function["name"], function["parameters"]
    form = body.get("response_format") or {}
    return None, (form.get("json_schema") or {}).get("schema") or {}


def _content(content: object) -> str:
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""
