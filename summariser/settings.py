"""Settings: argument, then `SUMMARISER_*` in the environment, then `OPENAI_API_KEY` and `OPENAI_BASE_URL`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from summariser.errors import SettingsError

__all__ = ["COMPATIBLE", "PROVIDERS", "Settings", "provider_of"]

Mode = Literal["auto", "json_schema", "tools", "json"]

COMPATIBLE = frozenset(
    {"openai", "ollama", "openrouter", "together", "anyscale", "deepseek", "databricks", "azure_openai", "perplexity"}
)
"""Providers that speak OpenAI's protocol."""

PROVIDERS = COMPATIBLE | {
    "anthropic", "bedrock", "cerebras", "cohere", "fireworks", "gemini", "generative-ai", "google", "groq", "litellm",
    "mistral", "vertexai", "writer", "xai",
}  # fmt: skip
"""Every prefix that instructor knows; listed here because asking instructor costs half a second of imports."""

_PREFIX = "SUMMARISER_"
_FOLDERS = ("replay", "record", "cache")
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class Settings(BaseModel):
    """How to reach a model, and where recordings and prompts are.

    What makes a model configured is `model`: a key or an address in the environment chooses none, because a key that
    lies around for another tool must not spend money by itself. Times are in seconds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    model: str | None = None
    """``provider/name`` as instructor knows it, the name alone with `base_url`, ``extractive``, or None."""
    base_url: str | None = None
    """Address of an OpenAI-compatible server, up to and with ``/v1``."""
    api_key: SecretStr | None = None
    timeout: float = Field(default=120.0, gt=0, allow_inf_nan=False)
    """For one request."""
    deadline: float = Field(default=600.0, gt=0, allow_inf_nan=False)
    """For one call with all its retries and re-asks: none is begun after it."""
    max_retries: int = Field(default=4, ge=0, le=100)
    """Further requests after one that failed (server error, overload, timeout, dropped connection)."""
    max_reasks: int = Field(default=2, ge=0, le=20)
    """Further requests after an answer that is not what the schema asks for."""
    retry_wait: float = Field(default=0.5, ge=0, le=60)
    """First pause before a retry; it doubles each time, with jitter, unless the server names one."""
    replay: Path | None = None
    record: Path | None = None
    cache: Path | None = None
    record_note: str | None = None
    """What gives the answers that are recorded; by default the model and the server's host."""
    prompts: Path | None = None
    mode: Mode = "auto"
    """How the answer's shape is asked for; `auto` starts with a strict JSON schema and steps down where refused."""
    temperature: float | None = Field(default=None, ge=0, le=2)
    """Not sent when None: reasoning models refuse it."""
    max_output_tokens: int | None = Field(default=None, ge=1)
    allow_private_addresses: bool = False

    @classmethod
    def load(cls, **arguments: object) -> Self:
        """The settings that result from `arguments` (None counts as not given) and the environment.

        `OPENAI_API_KEY` and `OPENAI_BASE_URL` serve ``openai/…`` models and names without a provider only: the key of
        one provider is not shown to another. Raises `SettingsError`, which names the variable at fault.
        """
        known = {f"{_PREFIX}{name.upper()}" for name in cls.model_fields}
        strangers = sorted(name for name in os.environ if name.startswith(_PREFIX) and name not in known)
        if strangers:
            raise SettingsError(f"there is no setting {', '.join(strangers)}: see the README for those that there are")
        given = {name: value for name, value in arguments.items() if value is not None}
        values: dict[str, object] = {}
        sources: dict[str, str] = {}
        folder_given = any(name in given for name in _FOLDERS)
        for name in cls.model_fields:
            variable = f"{_PREFIX}{name.upper()}"
            text = os.environ.get(variable, "").strip()
            if text and name not in given and not (folder_given and name in _FOLDERS):
                values[name], sources[name] = text, variable
        values |= given
        provider = provider_of(str(values.get("model") or ""))
        # Under an address of one's own "google/gemma" is a name and no provider; "ollama/…" is still Ollama.
        key_fits = provider in (None, "openai") or ("base_url" in values and provider not in COMPATIBLE)
        for name, variable, fits in (
            ("api_key", "OPENAI_API_KEY", key_fits),
            ("base_url", "OPENAI_BASE_URL", provider in (None, "openai")),
        ):
            text = os.environ.get(variable, "").strip()
            if text and fits and name not in values:
                values[name], sources[name] = text, variable
        return cls._checked(values, sources)

    def replace(self, **arguments: object) -> Self:
        """A copy with these values instead; checked like new ones."""
        if unfit := set(_FOLDERS) & set(arguments):
            arguments = {name: None for name in _FOLDERS if name not in unfit} | arguments
        return self._checked({name: getattr(self, name) for name in self.model_fields_set} | arguments, {})

    @classmethod
    def _checked(cls, values: Mapping[str, object], sources: Mapping[str, str]) -> Self:
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            message = first["msg"].removeprefix("Value error, ")
        name = str(first["loc"][0]) if first["loc"] else ""
        if first["type"] == "extra_forbidden":
            raise SettingsError(f"there is no setting {name!r} (there are {', '.join(cls.model_fields)})")
        raise SettingsError(f"{sources.get(name, name)}: {message}" if name else message)

    @field_validator("model", "base_url", "record_note")
    @classmethod
    def _not_blank(cls, value: str | None) -> str | None:
        return value.strip() or None if value else None

    @field_validator("base_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            parts = urlsplit(value)
            fit = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            fit = False
        if not fit or not value.isprintable() or " " in value:
            raise ValueError("must be an address such as http://localhost:8000/v1")
        return value.rstrip("/").removesuffix("/chat/completions")

    @field_validator("api_key")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value().strip() if value else ""
        if any(not "!" <= character <= "~" for character in text):
            raise ValueError("must be plain printable characters without spaces")
        return SecretStr(text) if text else None

    @field_validator(*_FOLDERS, "prompts")
    @classmethod
    def _home_is_known(cls, value: Path | None) -> Path | None:
        try:
            return value.expanduser() if value else None
        except RuntimeError:
            raise ValueError("names a home directory that cannot be found") from None

    @field_validator("allow_private_addresses", mode="before")
    @classmethod
    def _yes_or_no(cls, value: object) -> object:
        if isinstance(value, str) and value.lower() not in _TRUE + _FALSE:
            raise ValueError("must be yes or no")
        return value

    @model_validator(mode="after")
    def _one_folder(self) -> Self:
        chosen = [name for name in _FOLDERS if getattr(self, name) is not None]
        if len(chosen) > 1:
            raise ValueError(f"{' and '.join(chosen)} exclude each other: choose one")
        return self


def provider_of(model: str) -> str | None:
    """The provider that a model string names ("ollama/llama3" → "ollama"), None where its prefix is no provider."""
    prefix, slash, rest = model.partition("/")
    return prefix if slash and rest and prefix in PROVIDERS else None
