"""Which of two requests is nearer to a third, and where two first differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from pydantic import JsonValue

_SHOWN = 60
_BEFORE = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where two requests differ: a path such as ``messages[1].content`` and both values, shortened."""

    path: str
    recorded: str
    asked: str


def likeness(recorded: JsonValue, asked: JsonValue) -> float:
    """How much two requests share, in characters of equal values (a common beginning of two texts counts)."""
    ours = dict(_leaves(asked))
    total = 0.0
    for path, value in _leaves(recorded):
        other = ours.get(path)
        if other == value:
            total += 1 + (len(value) if isinstance(value, str) else 1)
        elif isinstance(value, str) and isinstance(other, str):
            total += _common(value, other)
    return total


def difference(recorded: JsonValue, asked: JsonValue) -> Difference | None:
    """The first difference in the order of the keys, None where there is none."""
    left, right = dict(_leaves(recorded)), dict(_leaves(asked))
    for path in sorted(left.keys() | right.keys()):
        one, other = left.get(path), right.get(path)
        if path in left and path in right and one == other and type(one) is type(other):
            continue
        start = max(_common(one, other) - _BEFORE, 0) if isinstance(one, str) and isinstance(other, str) else 0
        return Difference(path, _shown(one, start, path in left), _shown(other, start, path in right))
    return None


def _leaves(node: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    """Path and value of everything that is no container, and of empty containers. Not recursive."""
    stack: list[tuple[str, JsonValue]] = [("", node)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict) and value:
            stack += [(f"{path}.{key}" if path else key, part) for key, part in value.items()]
        elif isinstance(value, list) and value:
            stack += [(f"{path}[{index}]", part) for index, part in enumerate(value)]
        else:
            yield path, value


def _common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _shown(value: JsonValue, start: int, present: bool) -> str:
    if not present:
        return "nothing"
    if isinstance(value, str):
        part = value[start : start + _SHOWN]
        text = json.dumps(part, ensure_ascii=False)
        return f"{'…' if start else ''}{text}{'…' if start + _SHOWN < len(value) else ''}"
    return json.dumps(value, ensure_ascii=False)[:_SHOWN]
