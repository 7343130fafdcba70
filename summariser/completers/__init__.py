"""What answers calls: a language model, or the embedded extractive engine where none is configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summariser.calls import Completer
    from summariser.completers.gate import Gate
    from summariser.settings import Settings

__all__ = ["completer_for"]


def completer_for(settings: Settings, gate: Gate | None = None) -> Completer:
    """The completer that `settings` ask for: the embedded engine unless a model or recordings are named.

    Async requests of a language model go through `gate`, where there is one.

    Raises `SettingsError` where the settings do not add up (a model without a provider, a key that is missing).
    """
    recordings_alone = settings.model is None and settings.replay is not None
    if settings.model in (None, "extractive") and not recordings_alone:
        from summariser.completers.extractive import ExtractiveCompleter

        return ExtractiveCompleter()
    from summariser.completers.llm import LLMCompleter

    return LLMCompleter(settings, gate)
