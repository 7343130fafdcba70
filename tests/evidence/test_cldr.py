"""The names of places, months and days that `_data/cldr.json` holds are those of CLDR.

They are held ready because to read them out of babel costs more than all else that a first check needs. After an update
of babel: `python -m tests.evidence.test_cldr` writes the file anew.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from babel import Locale

import summariser.evidence
from summariser.evidence import text as tx
from summariser.evidence.dates_find import search

_FILE = Path(summariser.evidence.__file__).parent / "_data" / "cldr.json"
_ROOT = Path(__file__).parent.parent.parent
_CALENDARS = ("en", "fr", "es", "ar", "ar_SY", "ar_MA", "ar_TN")
_NO_PLACES = {"EU", "UN", "EZ", "ZZ", "XA", "XB", "QO"}


def _territories(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories.items()
    return {code: str(name) for code, name in names if len(code) == 2 and code not in _NO_PLACES}


def _calendar(name: str) -> dict[str, dict[str, dict[str, list[str]]]]:
    """For "format" and "stand-alone": months and days (from Monday), wide and abbreviated."""
    locale = Locale.parse(name)
    return {
        form: {
            kind: {width: [name for _, name in sorted(table[form][width].items())] for width in ("wide", "abbreviated")}
            for kind, table in (("months", locale.months), ("days", locale.days))
        }
        for form in ("format", "stand-alone")
    }


def _built() -> dict[str, object]:
    return {
        "source": f"Unicode CLDR (Unicode License v3) by babel {version('babel')}",
        "territories": {language: _territories(language) for language in ("en", "fr", "es", "ar")},
        "calendars": {name: _calendar(name) for name in _CALENDARS},
    }


def _names(table: object) -> set[str]:
    """Every name in a table, with the way to it."""
    if isinstance(table, dict):
        return {f"{key}/{name}" for key, inner in table.items() for name in _names(inner)}
    if isinstance(table, list):
        return {f"{place}/{name}" for place, name in enumerate(table)}
    return {str(table)}


def test_the_names_are_those_of_cldr() -> None:
    # In a process of its own: babel answers otherwise for some locales once it has read certain others.
    script = "import json; from tests.evidence.test_cldr import _built; print(json.dumps(_built()))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=_ROOT).stdout
    held, built = dict(tx.table("cldr.json")), json.loads(told)
    same_version = held.pop("source") == built.pop("source")
    ours, theirs = _names(held), _names(built)
    assert len(ours) > 1000
    # A later CLDR may rename a country or two; what it holds for most names is what it held before.
    assert ours == theirs if same_version else len(ours & theirs) > 0.95 * len(theirs), sorted(ours ^ theirs)[:20]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_months_and_days_are_read_with_their_numbers(language: str) -> None:
    locale = Locale.parse(language)
    for number, name in locale.months["format"]["wide"].items():
        assert [found.month for found in search(f"12 {name}", language, None)] == [number]
    for number, name in locale.days["format"]["wide"].items():
        assert [found.weekday for found in search(name, language, None)] == [number + 1]


if __name__ == "__main__":
    _FILE.write_text(json.dumps(_built(), ensure_ascii=False, indent=0) + "\n", "utf-8")
