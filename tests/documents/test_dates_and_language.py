"""The publication date from the head of a page, and the language of a text."""

import pytest

from summariser.documents import dates, read_text
from summariser.documents.language import detect
from tests.documents import pages


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        ("RABAT, March 4, 2025 (MAP) — ", "2025-03-04"),
        ("LONDON (Reuters) - ", None),
        ("BRUSSELS — ", None),
        ("Bruxelles, le 12 juin 2025 – ", "2025-06-12"),
        ("HAVN, March 4 (NNA) -- ", None),
        ("Madrid, 3 de mayo de 2025 (EFE) - ", "2025-05-03"),
        ("الرباط، 4 مارس 2025 (و م ع) - ", "2025-03-04"),
    ],
)
def test_the_dateline_is_no_part_of_the_first_sentence(opening: str, date: str | None) -> None:
    document = read_text(opening + "\n\n".join(pages.BODY), language="en")
    assert document.sentences[0].text.startswith("The Ministry of Transport")
    assert (document.published, document.published_basis) == (date, "dateline" if date else "none")
    assert [piece.kind for piece in document.furniture] == ["dateline"]


def test_a_line_of_place_and_date_is_a_dateline() -> None:
    document = read_text("Rules for Buses Are Out at Last\n\nBrussels, 12 June 2025\n\n" + "\n\n".join(pages.BODY))
    assert document.published == "2025-06-12"


@pytest.mark.parametrize(
    "sentence",
    [
        "Norland - which has no railway - will buy four hundred buses in March 2025.",
        "On 4 March 2025 the ministry published its rules, and nobody read them.",
        "In Havn, on 4 March 2025, the council met (again) — and voted.",
        "The Havn Declaration — adopted on 12 June 2025 — binds nobody.",
    ],
)
def test_dates_of_the_body_are_never_the_publication_date(sentence: str) -> None:
    document = read_text(sentence + " " + " ".join(pages.BODY))
    assert document.published is None
    assert document.sentences[0].text == sentence


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published 4 March 2025 · Updated 6 March 2025", "2025-03-04"),
        ("Updated 6 March 2025 | Published: March 4th, 2025 at 9:30 am", "2025-03-04"),
        ("Updated 6 March 2025", "2025-03-06"),
        ("Publié le 1er mars 2025 à 9h30", "2025-03-01"),
        ("Publicado el 4 de marzo de 2025", "2025-03-04"),
        ("04.03.2025", "2025-03-04"),
        ("Tuesday, 4 March 2025, 10:30 GMT", "2025-03-04"),
        ("١٥ نيسان/أبريل ٢٠٢٦", "2026-04-15"),
        ("March 2025", "2025-03"),
    ],
)
def test_lines_that_are_only_a_date(line: str, date: str) -> None:
    assert dates.date_line(line) == (True, date)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("x " * 150 + "on the 23rd.   septiembre/Setembro,   de 2025", "2025-09-23"),
        ("x " * 150 + "Published 4 de septiembre de 2025", "2025-09-04"),
        (
            "Order 1234 of the office, 5678 words, was published on March 4, 2025 and again on 6 March 2025",
            "2025-03-04",
        ),
        ("In 2024 there was none; 4.12.2025 or 2025-12-05 it is", "2025-12-04"),
        ("٤ مارس ٢٠٢٥", "2025-03-04"),
        ("x " * 200 + "4 March 2025", None),
        ("published in March of the year", None),
    ],
)
def test_the_first_date_of_a_line_is_found_wherever_its_year_stands(line: str, date: str | None) -> None:
    found = dates.find(line)
    assert (found and found[0]) == date
    assert found is None or str(found[0].year) in line[found[1] : found[2]].translate(dates.DIGITS)


def test_a_numeric_date_is_read_only_where_it_means_one_day() -> None:
    assert dates.find("12/01/2024") is None
    assert dates.find("25/01/2024")[0] == "2024-01-25"
    assert dates.find("31 February 2025") is None


@pytest.mark.parametrize("line", ["Updated rules for 2025", "The law of 4 March 2025", "Since March 2025 nobody came"])
def test_other_lines_with_a_date_are_not(line: str) -> None:
    assert dates.date_line(line) == (False, None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (" ".join(pages.BODY), "en"),
        (pages.FRENCH, "fr"),
        (pages.ARABIC, "ar"),
        ("El ministerio publicó el lunes el proyecto de ley y pidió comentarios a los ciudadanos.", "es"),
        ("Το υπουργείο δημοσίευσε το νομοσχέδιο τη Δευτέρα και ζήτησε σχόλια.", "el"),
        ("政府は月曜日に新しい規則の案を公表し、国民の意見を募集すると発表した。" * 2, "ja"),
        ("Министерство опубликовало проект закона в понедельник и попросило прислать замечания.", "ru"),
        ("AI Act 2024", None),
        ("12 345 — 67 %", None),
    ],
)
def test_the_language_is_told_or_left_open(text: str, language: str | None) -> None:
    assert detect(text) == language
