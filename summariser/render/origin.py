"""Where a summary and its document come from, in words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from summariser.render.text import one_line
from summariser.render.words import Words
from summariser.schema import Summary


def sentence(summary: Summary, words: Words) -> str:
    """How the answers came about, in one sentence that calls a recording a recording."""
    made = summary.provenance
    model = () if made.source == "embedded" else (one_line(made.model),)  # the embedded engine is no model
    return words("origin", made.source, *model)


def facts(summary: Summary, words: Words) -> Iterator[tuple[str, str]]:
    """What made the summary, of what, when and at what cost: labels and values in words, unknown ones left out."""
    origin, usage, document = summary.provenance, summary.usage, summary.document

    def label(key: str) -> str:
        return words("origin", key)

    yield label("engine"), origin.engine
    yield label("model"), one_line(origin.model)
    if origin.recorded_by:
        yield label("recorded_by"), one_line(origin.recorded_by)
    if origin.prompt_version:
        yield label("prompts"), origin.prompt_version
    if usage.requests:
        yield label("requests"), str(usage.requests)
        split = words("origin", "token_split", usage.total_tokens, usage.input_tokens, usage.output_tokens)
        yield label("tokens"), f"{label('estimated')} {split}" if usage.estimated else split
    yield label("library"), origin.library_version
    yield label("created"), origin.created.strftime("%Y-%m-%d %H:%M UTC")
    if document.name:
        yield label("file"), one_line(document.name)
    yield label("words"), str(document.words)
    yield label("fingerprint"), document.content_hash


def web_address(url: str | None) -> str | None:
    """The address where it is one that a page may link to: http or https, with a host; else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
