"""One article in every format: the same sentences, the same facts. And files that are not what they should be."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from summariser.documents import plain, read, read_bytes
from summariser.errors import RefusedSourceError, SourceError
from tests.documents import article
from tests.documents.make_fixtures import FOLDER

FORMATS = ("txt", "md", "html", "pdf", "docx", "eml", "json", "jsonl", "epub")
WITHOUT_CATEGORY = {"pdf", "eml", "epub"}
WITH_URL = {"html", "json", "jsonl"}


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_same_sentences_and_facts(kind: str) -> None:
    document = read(FOLDER / f"article.{kind}")
    assert tuple(plain(sentence.text) for sentence in document.sentences) == article.SENTENCES
    assert all(document.text[s.start : s.end] == s.text for s in document.sentences)
    assert document.title == article.TITLE
    assert document.byline == article.BYLINE
    assert document.published == article.PUBLISHED
    assert document.language == article.LANGUAGE
    assert document.category == (None if kind in WITHOUT_CATEGORY else article.CATEGORY)
    assert document.url == (article.URL if kind in WITH_URL else None)
    assert [section.title for section in document.sections] == [article.HEADING]
    assert document.name == f"article.{kind}"
    assert document.notes == ()


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "json"])
def test_a_wrong_extension_does_not_matter_where_the_content_tells(kind: str, tmp_path: Path) -> None:
    file = tmp_path / ("article.json" if kind == "json" else "article.txt")
    file.write_bytes((FOLDER / f"article.{kind}").read_bytes())
    document = read(file)
    assert plain(document.sentences[0].text) == article.LEAD


@pytest.mark.parametrize("kind", ["pdf", "docx", "epub", "json"])
def test_text_under_the_name_of_another_format_is_read_as_text(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"article.{kind}"
    file.write_bytes((FOLDER / "article.txt").read_bytes())
    assert plain(read(file).sentences[0].text) == article.LEAD


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_cut_anywhere_is_read_or_refused_in_one_line(kind: str) -> None:
    whole = (FOLDER / f"article.{kind}").read_bytes()
    for size in range(1, len(whole), max(1, len(whole) // 23)):
        try:
            said = f"article: {len(read_bytes(whole[:size], suffix=f'.{kind}', name=f'article.{kind}').text)}"
        except SourceError as error:
            said = str(error)
        assert "article" in said
        assert "\n" not in said


@pytest.mark.parametrize("kind", FORMATS)
def test_damaged_bytes_are_read_or_refused_in_one_line(kind: str) -> None:
    whole = (FOLDER / f"article.{kind}").read_bytes()
    dice = random.Random(kind)
    for count in (1, 3, 10, 30) * 8:
        damaged = bytearray(whole)
        for _ in range(count):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        try:
            said = f"article: {len(read_bytes(bytes(damaged), suffix=f'.{kind}', name=f'article.{kind}').text)}"
        except SourceError as error:
            said = str(error)
        assert "article" in said
        assert "\n" not in said


def test_a_file_of_two_gigabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    file = tmp_path / "big.html"
    with file.open("wb") as handle:
        handle.truncate(2_000_000_000)
    with pytest.raises(SourceError, match=r"big\.html is too large: 2,000 MB, at most 50 MB"):
        read(file)


def test_the_callers_facts_go_before_the_sources() -> None:
    for kind in FORMATS:
        document = read(FOLDER / f"article.{kind}", published="2024-01-02", language="fr", name="mine")
        assert (document.published, document.published_basis) == ("2024-01-02", "given")
        assert (document.language, document.name) == ("fr", "mine")


@pytest.mark.parametrize("kind", FORMATS)
def test_the_gate_holds_for_every_format(kind: str) -> None:
    import json

    from tests.documents.pdf_writer import Line, pdf

    short = "Too short."
    data = {
        "html": b"<html><body><p>Too short.</p></body></html>",
        "pdf": pdf([[Line(72, 700, short)]]),
        "json": json.dumps({"text": short}).encode(),
        "jsonl": json.dumps({"text": short}).encode(),
        "eml": b"Subject: x\nFrom: a@b.example\n\nToo short.\n",
    }.get(kind, short.encode())
    with pytest.raises(RefusedSourceError) as caught:
        read_bytes(data, suffix=f".{kind}")
    assert caught.value.code == "near_empty"
