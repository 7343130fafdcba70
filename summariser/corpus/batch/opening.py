"""From options and a folder to a run that can be worked on, and the other way round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from summariser.completers.batches import BatchServer
from summariser.completers.llm import LLMCompleter
from summariser.corpus.batch.run import BatchRun
from summariser.corpus.batch.sink import Sink
from summariser.corpus.batch.state import Asked, Folder, State
from summariser.corpus.batch.traffic import Say
from summariser.errors import SettingsError, UsageError
from summariser.options import Options, checked, settings_of
from summariser.running import Setup
from summariser.settings import Settings

_KEPT = frozenset(Asked.model_fields) | {"settings", "api_key"}


@contextmanager
def running(folder: Folder, asked_hash: str, setup: Setup, say: Say, fresh: State | None = None) -> Iterator[BatchRun]:
    """The run, with the output locked; the state is read under the lock."""
    with Sink(folder.output, asked_hash) as sink:
        state = state_of(folder) if fresh is None else folder.load() or fresh
        check(folder, state, asked_hash)
        run = BatchRun(folder, state, setup, sink, say)
        try:
            yield run
        finally:
            run.close()


def setup_of(options: Options) -> Setup:
    """Who answers, and how. Raises `UsageError` for what a batch cannot have."""
    strangers = {name for name, value in checked(options).items() if value is not None} - _KEPT
    if strangers:
        raise UsageError(f"a batch does not take {', '.join(sorted(strangers))}")
    settings = settings_of(options)
    if settings.model in (None, "extractive"):
        raise SettingsError("a batch needs a model: set SUMMARISER_MODEL, or give --model (in Python model=)")
    return Setup.of(options)


def server_of(setup: Setup) -> BatchServer:
    assert isinstance(setup.completer, LLMCompleter)
    return BatchServer(setup.completer)


def kept(options: Options, settings: Settings) -> Asked:
    """What later commands must know: also what came from the environment of this one."""
    if settings.base_url and urlsplit(settings.base_url).username is not None:
        raise SettingsError("the address (base_url) would be kept with the password in it: give the key by itself")
    published = options.get("published")
    if isinstance(published, dt.date):
        published = published.isoformat()
    return Asked(
        model=settings.model or "",
        base_url=settings.base_url,
        prompts=str(settings.prompts.absolute()) if settings.prompts else None,
        highlights=options.get("highlights", 5),
        language=options.get("language"),
        published=published,
        on_unsupported=options.get("on_unsupported", "reject"),
        gate=options.get("gate", "default"),
    )


def options_of(state: State, settings: Settings | None) -> Options:
    options = state.asked.options()
    if settings is not None:
        options["settings"] = settings
    return options


def state_of(folder: Folder) -> State:
    state = folder.load()
    if state is None:
        raise UsageError(f"there is no batch run beside {folder.output} ({folder.path} is missing)")
    return state


def check(folder: Folder, state: State, asked_hash: str) -> None:
    if state.asked_hash != asked_hash:
        raise UsageError(
            f"{folder.path} holds a run with other options (model {state.asked.model}, its prompts or what was wished "
            "for): give the same ones, or another -o"
        )
