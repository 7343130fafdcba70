"""The keywords of `summarise()` and its kin, and what they come to: settings and a wish."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Literal, TypedDict

from summariser.calls import Completer
from summariser.errors import UsageError
from summariser.plan import Wish
from summariser.schema import PartialDate
from summariser.settings import Settings

MOST_HIGHLIGHTS = 20


class Options(TypedDict, total=False):
    """Keywords of `summarise`, `asummarise` and `summarise_many`. What is left out comes from `settings`, then the
    environment (`SUMMARISER_*`, then `OPENAI_API_KEY` and `OPENAI_BASE_URL`), then the defaults."""

    model: str | None
    """Any instructor provider string ("openai/…", "ollama/…"), a model's name with `base_url`, or "extractive"."""
    base_url: str | None
    """Address of an OpenAI-compatible server."""
    api_key: str | None
    highlights: int
    """How many (0 to 20, default 5)."""
    language: str | None
    """ISO 639 code of the output; by default the document's own."""
    published: str | dt.date | PartialDate | None
    """When the source appeared, where it does not say so itself; relative dates are worked out from it."""
    on_unsupported: Literal["reject", "keep", "raise"]
    """What to do with a statement that its sentences do not support."""
    replay: str | Path | None
    """Folder of recordings to answer from, offline."""
    record: str | Path | None
    """Folder to record answers in."""
    cache: str | Path | None
    """Folder of answers to reuse; what is not there is asked for."""
    prompts: str | Path | None
    """Folder with templates to use instead of the shipped ones of the same name."""
    gate: Literal["default", "off"]
    """"off" summarises sources that the gate would refuse."""
    settings: Settings | None
    completer: Completer | None
    """An answerer of your own; it is not closed."""


def settings_of(options: Options) -> Settings:
    """Who answers: the options that are settings, over the given settings or the environment's."""
    names = ("model", "base_url", "api_key", "replay", "record", "cache", "prompts")
    given = {name: value for name, value in options.items() if name in names and value is not None}
    settings = options.get("settings")
    return settings.replace(**given) if settings else Settings.load(**given)


def checked(options: Options) -> Options:
    """The options, where all of them exist; a misspelt one would otherwise do nothing, in silence."""
    strangers = options.keys() - Options.__annotations__.keys()
    if strangers:
        known = ", ".join(sorted(Options.__annotations__))
        raise UsageError(f"no such option: {', '.join(sorted(strangers))} (there are {known})")
    return options


def wish_of(options: Options) -> Wish:
    """What is wanted, without the prompts; raises `UsageError` for a value that cannot be."""
    highlights = options.get("highlights", 5)
    if type(highlights) is not int or not 0 <= highlights <= MOST_HIGHLIGHTS:
        raise UsageError(f"highlights must be a whole number from 0 to {MOST_HIGHLIGHTS}, not {highlights!r}")
    language: object = options.get("language")
    if language is None:
        language = ""
    elif not isinstance(language, str) or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{2,4})?", language):
        raise UsageError(f"language must be an ISO 639 code such as en, fr or ar, not {language!r}")
    chosen = options.get("on_unsupported", "reject")
    if chosen not in ("reject", "keep", "raise"):
        raise UsageError(f"on_unsupported must be reject, keep or raise, not {chosen!r}")
    return Wish(highlights, language.lower() or None)
