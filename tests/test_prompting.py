"""Templates: what ships, what a user may override, and that every fault is named before anything is sent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from summariser.errors import PromptError
from summariser.prompting import VARIABLES, builtin_folder, load

GIVEN: dict[str, str | int] = {"highlights": 5, "language": "English", "published": "2025-03-04", "part": 1, "parts": 1}


def _folder(tmp_path: Path, **templates: str) -> Path:
    for name, source in templates.items():
        (tmp_path / f"{name}.jinja").write_text(source, "utf-8")
    return tmp_path


def test_every_call_kind_has_a_template_that_says_what_to_do() -> None:
    prompts = load()
    for kind in VARIABLES:
        assert "data" in prompts.system(kind)
        assert "instruction" in prompts.system(kind)


def test_the_task_carries_what_the_caller_wished_for() -> None:
    task = load().task("extract", GIVEN | {"highlights": 3, "language": "French"})
    assert "3 highlights" in task
    assert "French" in task
    assert "2025-03-04" in task


def test_a_part_of_a_long_document_is_told_so() -> None:
    assert "part 2 of 7" in load().task("extract", GIVEN | {"part": 2, "parts": 7})


def test_own_templates_replace_those_of_the_same_name_only(tmp_path: Path) -> None:
    own = _folder(
        tmp_path,
        compose="{% block system %}Mine.{% endblock %}{% block task %}{{ highlights }} {{ language }}{% endblock %}",
    )
    prompts = load(own)
    assert prompts.system("compose") == "Mine."
    assert prompts.system("extract") == load().system("extract")


def test_the_version_changes_with_the_templates_and_only_then(tmp_path: Path) -> None:
    same = tmp_path / "same"
    shutil.copytree(builtin_folder(), same)
    assert load(same).version == load().version
    with (same / "repair.jinja").open("a") as file:
        file.write("\n")
    changed = tmp_path / "changed"
    shutil.copytree(same, changed)
    assert load(changed).version != load().version


def test_all_faults_of_all_templates_are_named_at_once(tmp_path: Path) -> None:
    own = _folder(
        tmp_path,
        extract="{% block system %}{{ part }}{% endblock %}{% block task %}{{ langauge }} {{ colour }}{% endblock %}",
        repair="{% block task %}{{ language }} {{ published }}{% endblock %}",
        summarize="",
    )
    with pytest.raises(PromptError) as caught:
        load(own)
    message = str(caught.value)
    assert "extract.jinja: block system must be the same for every document" in message
    assert "unknown variables: colour, langauge" in message
    assert "missing variables: highlights, language, part, parts, published" in message
    assert "repair.jinja: block system is missing" in message
    assert "summarize.jinja: no such prompt" in message


def test_a_template_that_does_not_parse_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"compose.jinja: line 2"):
        load(_folder(tmp_path, compose="{% block system %}\n{% if %}\n{% endblock %}"))


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="prompts folder not found"):
        load(tmp_path / "none")


def test_wrong_variables_never_reach_a_template() -> None:
    with pytest.raises(PromptError, match="wrong variables: colour, language"):
        load().task("compose", {"highlights": 5, "colour": "red"})


def test_a_value_with_template_syntax_is_shown_as_it_is() -> None:
    assert "{{ 7*7 }}" in load().task("compose", {"highlights": 5, "language": "{{ 7*7 }}"})
