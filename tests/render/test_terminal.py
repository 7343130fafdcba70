"""The summary on a terminal and in a pipe."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from summariser.render.terminal import terminal
from summariser.schema import Summary
from tests.render.samples import arabic, council

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> object:
    """Renders as for a terminal of so many columns."""

    def show(summary: Summary, columns: int, **options: object) -> str:
        monkeypatch.setattr(sys, "stdout", Screen())
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TERM", "xterm-256color")
        return terminal(summary, **options)  # type: ignore[arg-type]

    monkeypatch.delenv("NO_COLOR", raising=False)
    return show


def test_a_pipe_gets_plain_lines() -> None:
    text = terminal(council())

    assert "\x1b" not in text
    assert not set(text) & set("╭│╰─")
    assert "– The act is “a floor, not a ceiling”. — Ada Brandt [3]\n" in text
    assert "– An oversight board will be set up in 2025. (contradicted) [6]\n" in text
    assert "Rejected (2)\n" in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_evidence_on_demand() -> None:
    quote = "[2] A total of 37 members voted for it, and 12 against."

    assert quote not in terminal(council())
    assert terminal(council(), evidence=True).count(quote) == 3


def test_a_recording_is_called_a_recording() -> None:
    assert "This is a recording" in terminal(council())


@pytest.mark.parametrize("columns", [40, 59, 60, 80, 96, 200])
def test_no_line_is_wider_than_the_terminal(on_terminal, columns: int) -> None:  # type: ignore[no-untyped-def]
    text = ESCAPES.sub("", on_terminal(council(), columns, evidence=True))

    assert max(len(line) for line in text.splitlines()) <= columns
    assert ("╭" in text) is (columns >= 60)
    assert bool(re.search("^date +milestone +jurisdiction", text, re.MULTILINE)) is (columns >= 96)
    for words in ("37 members", "Registration of", "Ada Brandt", "47 members", "2026-06-30"):
        assert words in text


def test_colours_on_a_terminal_and_none_with_no_color(on_terminal, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    colour = re.compile(r"\x1b\[[0-9;]*3[0-9][0-9;]*m")
    assert colour.search(on_terminal(council(), 100))

    monkeypatch.setenv("NO_COLOR", "1")

    assert not colour.search(on_terminal(council(), 100))


def test_a_file_gets_no_colours_even_from_a_terminal(on_terminal) -> None:  # type: ignore[no-untyped-def]
    assert "\x1b" not in on_terminal(council(), 100, to_file=True)


def test_the_title_links_to_the_source(on_terminal) -> None:  # type: ignore[no-untyped-def]
    linked = on_terminal(council(), 100, path=Path("/tmp/a b.txt"))
    assert ";file:///tmp/a%20b.txt\x1b\\" in linked
    assert ";https://news.example/norland-ai-act\x1b\\" in on_terminal(council(), 100)
    assert "\x1b]8" not in on_terminal(arabic(), 100)


@pytest.mark.parametrize("columns", [40, 120])
def test_control_sequences_of_a_document_never_arrive(on_terminal, columns: int) -> None:  # type: ignore[no-untyped-def]
    evil = "x\x1b]0;owned\x07\x1b[2J\x9b5n\u202edoc.exe\u2066 [bold]b[/bold] :smile: \r\b"
    summary = council()
    first = summary.highlights[0].model_copy(update={"text": evil})
    document = summary.document.model_copy(
        update={"title": evil, "byline": evil, "category": evil, "url": f"https://a.example/{evil}"}
    )
    hostile = summary.model_copy(
        update={
            "document": document,
            "highlights": (first,),
            "key_points": tuple(p.model_copy(update={"text": evil, "speaker": evil}) for p in summary.key_points),
            "actors": tuple(a.model_copy(update={"name": evil, "role": evil}) for a in summary.actors),
            "milestones": tuple(m.model_copy(update={"title": evil}) for m in summary.milestones),
            "rejected": tuple(r.model_copy(update={"claim": evil}) for r in summary.rejected),
            "provenance": summary.provenance.model_copy(update={"model": evil, "recorded_by": evil}),
        }
    )

    text = ESCAPES.sub("", on_terminal(hostile, columns))

    assert not set(text) & set("\x1b\x07\x9b\u202e\u2066\r\b")
    assert "[bold]" in text
    assert ":smile:" in text
