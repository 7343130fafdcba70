"""Names that are known without being told: countries (CLDR, through babel) and a short list of organisations."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import cast

from summariser.completers.extractive.lexicon import LANGUAGES
from summariser.schema import ActorKind

_CONTINENTS_AND_GROUPS = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"})


@dataclass(frozen=True)
class Known:
    """One country or organisation: `key` is the same for all its forms."""

    key: str
    kind: ActorKind


@lru_cache(maxsize=8)
def known_names(language: str | None) -> dict[str, Known]:
    """Every known form (typographic apostrophes, as written) for a text in this language."""
    tables = tomllib.loads(resources.files(__package__).joinpath("_data", "known.toml").read_text(encoding="utf-8"))
    found = _countries(language)
    for code, forms in tables.pop("countries").items():
        found.update({form.strip(): Known(code, "country") for form in forms.split("|")})
    kinds = {"government": "government_body"}
    for table, lines in tables.items():
        kind = cast("ActorKind", kinds.get(table, table))
        for line in str(lines).strip().splitlines():
            forms = [form.strip() for form in line.split("|")]
            found.update({form: Known(forms[0], kind) for form in forms})
    return found


def _countries(language: str | None) -> dict[str, Known]:
    from babel import Locale

    code = (language or "en").split("-")[0]
    territories = Locale.parse(code if code in LANGUAGES else "en").territories
    return {
        str(name).replace("'", "’"): Known(territory, "country")
        for territory, name in territories.items()
        if territory.isalpha() and territory not in _CONTINENTS_AND_GROUPS
    }
