"""Cases: ours hold, broken ones are named, and a skeleton is a case to start from."""

from __future__ import annotations

import pytest

from evals.__main__ import OK, UNUSABLE, WORSE, main
from evals.cases import CASES, NoSuchCaseError, load_cases
from evals.check import faults
from tests.evals.made import ARTICLE, LABELS, write_case


def test_our_own_cases_hold():
    found, count = faults(CASES)
    assert found == []
    assert count >= 24


def test_a_label_that_misquotes_its_article_is_named(tmp_path, capsys):
    folder = write_case(tmp_path, "register", ARTICLE.replace("118", "119"), LABELS)
    assert main(["check", "--cases", str(folder)]) == WORSE
    assert "not in the article word for word" in capsys.readouterr().err


def test_all_faults_are_named_at_once(tmp_path):
    write_case(tmp_path, "one", ARTICLE.replace("118", "119"), LABELS)
    write_case(tmp_path, "two", ARTICLE.replace("September", "October"), LABELS)
    with pytest.raises(ValueError, match=r"(?s)one: .*two: "):
        load_cases(tmp_path)


def test_sizes_are_counted(tmp_path, capsys):
    folder = write_case(tmp_path)
    assert main(["check", "--cases", str(folder), "--sizes"]) == OK
    out = capsys.readouterr().out
    assert "key points: 3: must 2, may 1" in out
    assert "milestones: 2 must" in out


def test_unknown_slug(tmp_path):
    write_case(tmp_path)
    with pytest.raises(NoSuchCaseError, match="nowhere"):
        load_cases(tmp_path, ["nowhere"])


def test_sentences_are_found_across_white_space(case):
    found = case.locator.sentences(["Portuguese ministries\n must  list every automated system by 30 September 2026."])
    assert [case.document.sentence(number).text for number in found] == [
        "Portuguese ministries must list every automated system by 30 September 2026."
    ]
    assert case.locator.sentences(["no such words"]) == frozenset()
    assert case.locator.span("") is None


def test_a_skeleton_is_a_case_once_its_todos_are_done(tmp_path, capsys):
    article = tmp_path / "my-article.txt"
    article.write_text(ARTICLE, "utf-8")
    out = tmp_path / "mine"
    assert main(["label", str(article), "-o", str(out)]) == OK
    path = out / "my-article" / "labels.yaml"
    text = path.read_text("utf-8")
    assert "# [1] " in text
    assert main(["check", "--cases", str(out)]) != OK
    path.write_text(text.replace("TODO ", ""), "utf-8")
    assert main(["check", "--cases", str(out)]) == OK
    assert main(["--cases", str(out), "--system", "lead"]) == OK
    # It never overwrites what somebody has corrected.
    assert main(["label", str(article), "-o", str(out)]) == UNUSABLE


def test_a_skeleton_of_nothing_is_refused_in_one_line(tmp_path, capsys):
    assert main(["label", str(tmp_path / "missing.txt"), "-o", str(tmp_path)]) == UNUSABLE
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_folder_without_cases_is_no_success(tmp_path, capsys):
    assert main(["--cases", str(tmp_path), "--system", "lead"]) == UNUSABLE
    assert main(["--cases", str(tmp_path / "missing"), "--system", "lead"]) == UNUSABLE
    assert capsys.readouterr().err.count("no cases in") == 2
