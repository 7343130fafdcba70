"""The ledger as text: links to sentences, Markdown that stays Markdown, the places of marks."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from summariser.render.timeline.chart import FIRST_LANES, chart
from summariser.render.timeline.links import at_sentence
from summariser.render.timeline.markdown import markdown
from summariser.render.timeline.terminal import terminal
from summariser.render.timeline.wording import Wording, progress
from summariser.render.words import Words
from summariser.schema import PartialDate
from summariser.timeline.exports.selecting import View
from summariser.timeline.model import Entry, Ledger
from tests.browser.test_hostile import ATTACKS
from tests.timeline.ledgers import attacked, entry, mention, norland


def dated(date: str, *places: str, **facts: object) -> Entry:
    told = mention("a", 0, "S.", f"On {date}", date=PartialDate(date), jurisdictions=places, **facts)
    return entry(f"{date}{places}", told)


@pytest.mark.parametrize(
    ("url", "sentence", "expected"),
    [
        ("https://x.example/a", "A short one.", "https://x.example/a#:~:text=A%20short%20one."),
        ("https://x.example/a#part", "Short.", "https://x.example/a#part:~:text=Short."),
        ("https://x.example/a", "well-known, and & so", "https://x.example/a#:~:text=well%2Dknown%2C%20and%20%26%20so"),
        ("https://x.example/a", "one two three four five six seven eight nine", "https://x.example/a#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"),
        ("https://x.example/a", " \n ", "https://x.example/a"),
        ("javascript:alert(1)", "A sentence.", None),
        (None, "A sentence.", None),
    ],
)  # fmt: skip
def test_a_link_to_a_sentence(url: str | None, sentence: str, expected: str | None) -> None:
    assert at_sentence(url, sentence) == expected


def test_a_link_to_an_arabic_sentence_reads_back() -> None:
    sentence = "أقرّ المجلس القانون في 2024."

    assert unquote((at_sentence("https://x.example/", sentence) or "").split("text=")[1]) == sentence


def test_markdown_has_both_sides_of_a_conflict_and_numbers_the_articles() -> None:
    text = markdown(View(norland()))

    assert "## 2024" in text
    assert "adopted; Articles: 3) \\[1, 2, 3\\]" in text
    assert "    - 2024-03-13: wire (published 2024-03-14)\n      > \\[2\\] The council adopted" in text
    assert "1. [wire (published 2024-03-14)](<https://news.example/norland-act>)" in text
    assert "The bill was tabled" not in text
    assert "> [\\[1\\]](<https://news.example/norland-act#:~:text=" in markdown(View(norland()), evidence=True)


def test_a_date_that_articles_disagree_about_is_not_called_worked_out() -> None:
    view = View(norland())
    adopted = view.ledger.entry("e2").model_copy(update={"date_basis": "resolved"})
    undisputed = adopted.model_copy(update={"conflicts": ()})

    assert Wording(view, Words("en")).when(adopted) == "2024-03 (articles disagree)"
    assert Wording(view, Words("en")).when(undisputed) == "2024-03 (worked out)"


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if "\ud800" not in attack])
def test_text_from_articles_is_no_markup(attack: str) -> None:
    view = View(attacked(attack))

    text = markdown(view, evidence=True)
    lines = terminal(view, evidence=True).splitlines()

    for character in "<>`*":
        assert text.count(character) - text.count(f"\\{character}") == markdown(
            View(attacked("harmless")), evidence=True
        ).count(character)
    assert not any(line.isspace() for line in lines)
    assert "\x1b" not in "".join(lines)


def test_an_empty_ledger_says_so() -> None:
    assert "There is no milestone in these articles." in terminal(View(Ledger()))
    assert "There is no milestone in these articles." in markdown(View(Ledger()))
    assert chart((), Words("en")) is None


def test_marks_stand_at_their_days_and_bars_span_what_is_not_a_day() -> None:
    drawing = chart([dated("2024-01-01", "NO"), dated("2024-07", "NO"), dated("2025", "NO", "EU")], Words("en"))

    assert drawing
    assert (drawing.first, drawing.last) == (2024, 2025)
    assert {lane.code: len(lane.marks) for lane in drawing.lanes} == {"NO": 3, "EU": 1}
    first, month, year = drawing.lanes[0].marks
    assert (first.start, first.width) == (0, 0)
    assert month.start == pytest.approx(100 * 197 / 731, abs=0.1), "the middle of July"
    assert (year.start, year.width) == (pytest.approx(100 * 366 / 731, abs=0.01), pytest.approx(49.79, abs=0.1))


def test_a_long_time_has_few_ticks_and_many_places_are_folded() -> None:
    places = [f"{a}{b}" for a in "BCD" for b in "EFGHI"]
    drawing = chart([dated(str(1960 + 5 * n), place) for n, place in enumerate(places)], Words("en"))

    assert drawing
    assert len(drawing.ticks) <= 8
    assert drawing.ticks[0] == (0, 1960)
    assert (len(drawing.lanes), len(drawing.more)) == (FIRST_LANES, len(places) - FIRST_LANES)


@pytest.mark.parametrize(
    ("status", "role", "looks"),
    [
        ("adopted", "event", "done"),
        ("adopted", "deadline", "ahead"),
        ("signed", "expected", "ahead"),
        ("in_force", "effective", "done"),
        ("repealed", "expected", "over"),
        ("planned", "event", "ahead"),
    ],
)
def test_what_is_due_is_not_done(status: str, role: str, looks: str) -> None:
    assert progress(dated("2026", "NO", status=status, date_role=role)) == looks
