from __future__ import annotations

import json

import pytest

from evals.__main__ import OK, UNUSABLE, WORSE, main
from evals.bench import _lines, run
from tests.evals.made import ARTICLE


def gum(tmp_path, *entities: dict) -> None:
    folder = tmp_path / "gum_news"
    folder.mkdir()
    (folder / "news.jsonl").write_text(json.dumps({"text": ARTICLE, "entities": list(entities)}), "utf-8")


def entity(etype: str, identity: str | None, *mentions: str) -> dict:
    return {"etype": etype, "identity": identity, "mentions": [{"text": text} for text in mentions]}


def test_only_named_entities_that_act_are_counted(tmp_path):
    gum(
        tmp_path,
        entity("person", "Rui_Salgado", "Rui Salgado", "Rui Salgado"),
        entity("person", "Nobody", "Tobias Lindqvarn", "Lindqvarn"),
        entity("person", None, "he", "him"),
        entity("abstract", "Register", "Algorithm Register Act", "Algorithm Register Act"),
    )
    found = run(tmp_path)
    assert found["entities"] == 2
    assert found["found"] == 0.5


def test_the_command_prints_figures_and_names_what_is_missing(tmp_path, capsys):
    gum(tmp_path, entity("person", "Rui_Salgado", "Rui Salgado", "Salgado"))
    assert main(["bench", "gum_news", "--data", str(tmp_path)]) == OK
    assert "entities: 1" in capsys.readouterr().out
    assert main(["bench", "dates", "--data", str(tmp_path)]) == WORSE
    assert "no folder dates" in capsys.readouterr().out


def test_a_bench_that_does_not_exist_is_a_wrong_command(tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["bench", "nothing", "--data", str(tmp_path)])
    assert stop.value.code == UNUSABLE
    assert "there are dates" in capsys.readouterr().err


def test_figures_of_any_form_are_printed():
    assert _lines({"auc": 0.8471, "n": 3, "missed": ("a", "b")}) == ["auc: 0.847", "n: 3", "missed: 2"]
    assert _lines([{"n": 1}, {"n": 2}]) == ["n: 1", "n: 2"]
