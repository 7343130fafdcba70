"""What commands write, and what they do not write over."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from summariser.cli import main
from summariser.output import spoils, write
from tests.articles import NEWS


def test_links_are_followed(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    link.symlink_to(real)
    write(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write(pipe, "words")
    reader.join(10)
    assert read == ["words"]
    assert pipe.is_fifo()


def test_what_cost_money_or_work_is_not_written_over(tmp_path: Path) -> None:
    article, ledger, lines = tmp_path / "a.txt", tmp_path / "l.db", tmp_path / "o.jsonl"
    article.write_text(NEWS)
    sqlite3.connect(ledger).execute("CREATE TABLE t (x)").connection.close()
    lines.write_bytes(b'{"id":"x","source_hash":')
    assert "is one of the sources" in (spoils(article, [str(article)]) or "")
    assert "holds a ledger" in (spoils(ledger, [article]) or "")
    assert "holds the lines of a run" in (spoils(lines, [article]) or "")
    assert spoils(tmp_path / "new.txt", [article]) is None
    other = tmp_path / "other.txt"
    other.write_text("an earlier summary")
    assert spoils(other, [article]) is None


def test_an_article_is_not_replaced_by_its_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.txt"
    article.write_text(NEWS)
    assert main([str(article), "-o", str(article), "--model", "extractive"]) == 2
    assert "is one of the sources" in capsys.readouterr().err
    assert article.read_text() == NEWS


@pytest.mark.parametrize(
    ("name", "begins"), [("a.json", "{"), ("a.html", "<!doctype"), ("a.md", "#"), ("a.txt", "Val")]
)
def test_the_outputs_name_says_its_format(tmp_path: Path, name: str, begins: str) -> None:
    article = tmp_path / "article"
    article.write_text(NEWS)
    assert main([str(article), "-o", str(tmp_path / name), "--model", "extractive"]) == 0
    assert (tmp_path / name).read_text("utf-8").lower().startswith(begins.lower())
