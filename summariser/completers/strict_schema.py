"""The JSON schema of a draft as strict constrained decoding wants it, and as short as it can be.

Strict mode (OpenAI, and the grammar engines of vLLM, llama.cpp and Ollama) wants every property required and no
others allowed; titles, descriptions and defaults cost tokens and say what the prompt says already.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel, JsonValue

_NOISE = frozenset({"title", "description", "default"})
_SCALARS = ("string", "integer", "number", "boolean")


@cache
def strict_schema(draft: type[BaseModel], *, inline: bool = True) -> dict[str, JsonValue]:
    """The schema of `draft`, built once per type; do not change what is returned.

    `inline` puts every part in its place; without it they stay references to ``$defs``.
    """
    whole = draft.model_json_schema()
    schema = _strict(_inlined(whole, whole.pop("$defs", {})) if inline else whole)
    assert isinstance(schema, dict)
    return schema


@cache
def schema_text(draft: type[BaseModel]) -> str:
    """`strict_schema` as compact JSON, for servers that are told in words."""
    return json.dumps(strict_schema(draft), ensure_ascii=False, separators=(",", ":"))


def _inlined(node: JsonValue, parts: Mapping[str, JsonValue]) -> JsonValue:
    """Every part in its place instead of a reference: each is used once, so its name and the reference only cost."""
    if isinstance(node, list):
        return [_inlined(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str):
        return _inlined(parts[reference.rpartition("/")[2]], parts)
    return {key: _inlined(value, parts) for key, value in node.items()}


def _strict(node: JsonValue) -> JsonValue:
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    short: dict[str, JsonValue] = {}
    for key, value in node.items():
        if key in ("properties", "$defs") and isinstance(value, dict):
            # Their keys are names of ours ("title" is a field of milestones), not keywords of JSON schema.
            short[key] = {name: _strict(part) for name, part in value.items()}
        elif key not in _NOISE:
            short[key] = _strict(value)
    properties = short.get("properties")
    if isinstance(properties, dict):
        short |= {"required": list(properties), "additionalProperties": False}
    return _nullable(short)


def _nullable(node: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """``anyOf`` of a plain scalar and null says the same as a list of two types, in a third of the characters."""
    match node:
        case {"anyOf": [{"type": str(kind), **others}, {"type": "null"}]} if kind in _SCALARS and not others:
            return {"type": [kind, "null"]}
    return node
