"""The README shows what really comes out: its output blocks, its commands, its configuration table."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from summariser.cli import _parser
from summariser.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def _tool() -> object:
    spec = importlib.util.spec_from_file_location("readme", ROOT / "docs" / "readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_output_block_is_what_its_command_prints() -> None:
    assert README.count("<!-- output of:") >= 2
    assert _tool().refreshed(README) == README  # type: ignore[attr-defined]


def test_every_option_that_the_readme_names_exists() -> None:
    known = {option for action in _parser()._actions for option in action.option_strings}
    commands = [line for line in README.splitlines() if line.strip().startswith("summarise ")]
    assert commands
    named = {option for line in commands for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", line)}
    assert named <= known


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_configuration_table(name: str) -> None:
    assert f"`SUMMARISER_{name.upper()}`" in README


def test_every_make_target_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"`?make ([a-z-]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
