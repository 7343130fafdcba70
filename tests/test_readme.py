"""The README shows what really comes out: its output blocks, its commands, its configuration table."""

from __future__ import annotations

import argparse
import importlib.util
import re
from pathlib import Path

import pytest

from summariser.command_line import command_parser
from summariser.corpus.batch.command import add_arguments as batch_arguments
from summariser.settings import Settings
from summariser.timeline.command_options import parser as timeline_parser

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


def _options(parser: argparse.ArgumentParser) -> set[str]:
    """Every option of a parser and of its subcommands."""
    found: set[str] = set()
    for action in parser._actions:
        found |= set(action.option_strings)
        if isinstance(action, argparse._SubParsersAction):
            found |= {option for sub in action.choices.values() for option in _options(sub)}
    return found


def test_every_option_that_the_readme_names_exists() -> None:
    batch = argparse.ArgumentParser()
    batch_arguments(batch)
    known = {"timeline": _options(timeline_parser()), "batch": _options(batch)}
    commands = [line.strip() for line in README.splitlines() if line.strip().startswith("summarise ")]
    commands += re.findall(r"`(summarise [^`]+)`", README)
    assert {word for line in commands for word in line.split()[1:2]} > {"timeline", "batch"}
    for line in commands:
        words = line.split("#")[0].split()
        named = {word for word in words if re.fullmatch(r"--?[a-z][a-z-]*", word)}
        assert named <= known.get(words[1], _options(command_parser())), line


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_configuration_table(name: str) -> None:
    assert f"`SUMMARISER_{name.upper()}`" in README


def test_every_make_target_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"`?make ([a-z-]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
