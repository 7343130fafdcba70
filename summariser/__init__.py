"""Grounded, structured summaries of articles and policy documents.

    from summariser import summarise
    summary = summarise(Path("article.txt"))

Every statement leads to the sentences that support it; what the text does not support never passes as supported.
Names are imported when they are first used, so that ``import summariser`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summariser.api import asummarise as asummarise
    from summariser.api import asummarise_many as asummarise_many
    from summariser.api import summarise as summarise
    from summariser.api import summarise_many as summarise_many
    from summariser.documents import read as read
    from summariser.errors import SummariserError as SummariserError
    from summariser.options import Options as Options
    from summariser.schema import Document as Document
    from summariser.schema import PartialDate as PartialDate
    from summariser.schema import Summary as Summary
    from summariser.settings import Settings as Settings

    __version__: str

_HOMES = {
    "Document": "schema",
    "Options": "options",
    "PartialDate": "schema",
    "Settings": "settings",
    "SummariserError": "errors",
    "Summary": "schema",
    "asummarise": "api",
    "asummarise_many": "api",
    "read": "documents",
    "summarise": "api",
    "summarise_many": "api",
}

__all__ = [
    "Document",
    "Options",
    "PartialDate",
    "Settings",
    "SummariserError",
    "Summary",
    "__version__",
    "asummarise",
    "asummarise_many",
    "read",
    "summarise",
    "summarise_many",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        value: object = _version()
    elif name in _HOMES:
        value = getattr(import_module(f"summariser.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module 'summariser' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # 30 ms, and few ask

    try:
        return version("summariser")
    except PackageNotFoundError:  # a bare checkout on the path, not installed
        return "0+checkout"
