"""Every error that `summariser` raises on purpose.

::

    SummariserError
    ├── UsageError              the call or the command is wrong (exit code 2)
    │   ├── SettingsError       a setting has a value that cannot be
    │   └── PromptError         a prompt template is missing, broken or asks for what does not exist
    ├── SourceError             the source cannot be read
    │   ├── FetchError          a URL cannot be fetched, or must not be
    │   └── RefusedSourceError  the source was read and is not worth summarising (`.code`)
    ├── CompletionError         the model gave no usable answer (`.attempts` says what was spent)
    │   ├── AuthenticationError wrong or missing key
    │   ├── ServerError         unreachable, overloaded or failing after every retry
    │   ├── ContextLimitError   the request is longer than the model reads
    │   ├── TruncatedError      the answer was cut off by the output limit
    │   ├── RefusedError        the model declined
    │   ├── InvalidAnswerError  empty, or not what the schema asks for, after every re-ask
    │   └── BudgetError         not asked: the run's budget is spent
    ├── OutputError             a run's output cannot be written, or belongs to another run
    ├── StoreError              a ledger file cannot be used: not one, too new, in use, read-only
    ├── ReplayError             a recording is missing, broken or half played
    └── UnsupportedError        `on_unsupported="raise"` and a claim is not supported (`.rejected`)

Messages are one line, say what to do, and hold no key and no whole completion.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summariser.schema import Attempt, Rejected

__all__ = [
    "AuthenticationError",
    "BudgetError",
    "CompletionError",
    "ContextLimitError",
    "FetchError",
    "InvalidAnswerError",
    "OutputError",
    "PromptError",
    "RefusedError",
    "RefusedSourceError",
    "ReplayError",
    "ServerError",
    "SettingsError",
    "SourceError",
    "StoreError",
    "SummariserError",
    "TruncatedError",
    "UnsupportedError",
    "UsageError",
]


class SummariserError(Exception):
    """The root: catch this to catch everything that the package raises on purpose."""


class UsageError(SummariserError):
    """The call or the command is wrong."""


class SettingsError(UsageError):
    """A setting has a value that cannot be."""


class PromptError(UsageError):
    """A prompt template is missing, broken, or uses variables that do not exist."""


class SourceError(SummariserError):
    """The source cannot be read."""


class FetchError(SourceError):
    """A URL cannot be fetched, or must not be."""


class RefusedSourceError(SourceError):
    """The source was read and is not worth summarising.

    `code` is the gate's code, such as ``near_empty`` or ``cookie_wall``.
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (str(self), self.code)


class CompletionError(SummariserError):
    """The model gave no usable answer; `attempts` lists every request that was made for it."""

    def __init__(self, message: str, attempts: Sequence[Attempt] = ()) -> None:
        super().__init__(message)
        self.attempts = tuple(attempts)

    def __reduce__(self) -> tuple[type, tuple[str, tuple[Attempt, ...]]]:
        return type(self), (str(self), self.attempts)


class AuthenticationError(CompletionError):
    """The server does not accept the key, or wants one."""


class ServerError(CompletionError):
    """The server cannot be reached, is overloaded, or fails after every retry."""


class ContextLimitError(CompletionError):
    """The request is longer than the model reads."""


class TruncatedError(CompletionError):
    """The answer was cut off by the output limit."""


class RefusedError(CompletionError):
    """The model declined to answer."""


class InvalidAnswerError(CompletionError):
    """The answer is empty or is not what the schema asks for, after every re-ask."""


class BudgetError(CompletionError):
    """The question was not asked: what the run may spend does not cover it."""


class OutputError(SummariserError):
    """The output of a run cannot be written, is in use by another run, or was made with other options."""


class StoreError(SummariserError):
    """A ledger file cannot be used: it is none, was written by a newer version, is in use or cannot be written."""


class ReplayError(SummariserError):
    """A recording is missing, broken or half played."""


class UnsupportedError(SummariserError):
    """A claim is not supported and the caller asked to be told; `rejected` lists all of them."""

    def __init__(self, message: str, rejected: Sequence[Rejected] = ()) -> None:
        super().__init__(message)
        self.rejected = tuple(rejected)

    def __reduce__(self) -> tuple[type, tuple[str, tuple[Rejected, ...]]]:
        return type(self), (str(self), self.rejected)
