from __future__ import annotations

import re
from html import unescape

from evals.__main__ import OK, main
from evals.cases import load_cases
from evals.report import page
from evals.report.plots import dots
from evals.runner import run
from evals.stats import Estimate
from tests.evals.made import ARTICLE, LABELS, write_case

HOSTILE = "<script>alert(1)</script> & {{ 7*7 }} \u202eevil"


def made(tmp_path, article=ARTICLE, labels=LABELS):
    cases = load_cases(write_case(tmp_path / "cases", "register", article, labels))
    return page(run(cases, ["extractive", "lead"]), cases)


def test_the_page_stands_alone(tmp_path):
    html = made(tmp_path)
    assert "default-src 'none'" in unescape(html)
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\bon\w+=|https?://", html)
    assert 'name="viewport"' in html


def test_the_style_is_the_one_that_the_policy_names(tmp_path):
    import base64
    import hashlib

    html = made(tmp_path)
    style = re.search(r"<style>(.*?)</style>", html, re.S).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in unescape(html)


def test_article_labels_output_and_marks_are_there(tmp_path):
    html = made(tmp_path)
    assert "Portugal&#39;s parliament passed the Algorithm Register Act" in html
    assert 'class="matched"' in html
    assert 'class="missed"' in html
    assert "<svg" in html


def test_hostile_text_stays_text(tmp_path):
    html = made(tmp_path, ARTICLE.replace("Small municipalities", f"{HOSTILE} municipalities"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "{{ 7*7 }}" in html


def test_a_plot_says_what_could_not_be_scored():
    drawn = dots([("one", Estimate(0.5, 0.4, 0.6, 10, 3)), ("two", Estimate(None))], "by system")
    assert "not scored" in drawn
    assert drawn.count("<circle") == 1


def test_the_command_writes_the_file(tmp_path, capsys):
    folder = write_case(tmp_path / "cases")
    out = tmp_path / "report.html"
    assert main(["report", "--cases", str(folder), "--system", "lead", "-o", str(out)]) == OK
    assert out.read_text("utf-8").startswith("<!doctype html>")
    assert "1 cases, 1 systems" in capsys.readouterr().out
