"""Which text of a PDF page a reader sees: text that the page draws unseen is not read.

Unseen are rendering mode 3 (no ink), a size of a point or less, white on the white page, full transparency, a place
outside the page, and layers that are switched off. A page whose text is *all* drawn without ink is a scan with its
text layer: there the layer is what was recognised, and it is read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from pypdf.generic import ArrayObject, TextStringObject

Matrix = list[float]
Box = tuple[float, float, float, float]
Operand = object

_SHOWS = (b"Tj", b"TJ", b"'", b'"')
_PATHS = frozenset((b"re", b"m", b"l", b"c", b"Do", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"S", b"s"))
_MOST_POINTS = 10_000
_MOST_GROUNDS = 400


@dataclass(frozen=True, slots=True)
class _Ink:
    """The graphics state that decides whether text is seen."""

    mode: int = 0
    white: bool = False
    clear: bool = False
    size: float = 12.0


@dataclass(slots=True)
class Visibility:
    """Watches the operators of one page and empties those that show unseen text.

    `watch` goes to pypdf as `visitor_operand_before`: it is called before each operator, with operands that it may
    change. `inkless` counts the characters that were drawn in mode 3, `unseen` those that were held back.
    """

    box: Box
    clear_states: frozenset[str] = frozenset()
    hidden_layers: frozenset[str] = frozenset()
    read_inkless: bool = False
    inkless: int = 0
    unseen: int = 0
    _ink: _Ink = field(default_factory=_Ink)
    _stack: list[_Ink] = field(default_factory=list)
    _marks: list[bool] = field(default_factory=list)
    _path: list[tuple[float, float]] = field(default_factory=list)
    _grounds: list[Box] = field(default_factory=list)

    def watch(self, operator: bytes, operands: list[Operand], cm: Matrix, tm: Matrix) -> None:
        if operator in _SHOWS:
            if self._is_unseen(operands, cm, tm):
                _empty(operator, operands)
        elif operator in _PATHS:
            self._draw(operator, operands, cm)
        else:
            self._change(operator, operands)

    def _is_unseen(self, operands: list[Operand], cm: Matrix, tm: Matrix) -> bool:
        length = sum(len(part) for part in _strings(operands))
        x, y = _place(tm[4], tm[5], cm)
        scale = math.sqrt(abs((tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2])))
        unseen = (
            any(self._marks)
            or self._ink.clear
            or abs(self._ink.size) * scale <= 1.0
            or not _inside(x, y, self.box, 2.0)
            or (self._ink.white and not any(_inside(x, y, ground, 2.0) for ground in self._grounds))
        )
        if not unseen and self._ink.mode == 3:
            self.inkless += length
            unseen = not self.read_inkless
        self.unseen += length if unseen else 0
        return unseen

    def _change(self, operator: bytes, operands: list[Operand]) -> None:
        """Follow the graphics state and the marked content."""
        match operator:
            case b"q" if len(self._stack) < 1000:
                self._stack.append(self._ink)
            case b"Q" if self._stack:
                self._ink = self._stack.pop()
            case b"Tr":
                self._ink = replace(self._ink, mode=int(_number(operands, 0)))
            case b"Tf":
                self._ink = replace(self._ink, size=_number(operands, 1))
            case b"gs":
                self._ink = replace(self._ink, clear=bool(operands) and str(operands[0]) in self.clear_states)
            case b"g" | b"rg" | b"k" | b"sc" | b"scn":
                self._ink = replace(self._ink, white=_is_white(operands))
            case b"cs":
                self._ink = replace(self._ink, white=False)
            case b"BDC" | b"BMC":
                is_layer = len(operands) > 1 and str(operands[0]) == "/OC"
                self._marks.append(is_layer and str(operands[1]) in self.hidden_layers)
            case b"EMC" if self._marks:
                self._marks.pop()

    def _draw(self, operator: bytes, operands: list[Operand], cm: Matrix) -> None:
        """Follow paths and images: white text can be read on what they cover."""
        match operator:
            case b"re":
                x, y, width, height = (_number(operands, at) for at in range(4))
                self._path += [_place(x, y, cm), _place(x + width, y + height, cm)]
            case b"m" | b"l" | b"c" if len(self._path) < _MOST_POINTS:
                self._path.append(_place(_number(operands, -2), _number(operands, -1), cm))
            case b"Do":
                self._cover([_place(0, 0, cm), _place(1, 1, cm)])
            case b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*":
                if not self._ink.white:
                    self._cover(self._path)
                self._path.clear()
            case b"n" | b"S" | b"s":
                self._path.clear()

    def _cover(self, path: list[tuple[float, float]]) -> None:
        if path and len(self._grounds) < _MOST_GROUNDS:
            xs, ys = [x for x, _ in path], [y for _, y in path]
            self._grounds.append((min(xs), min(ys), max(xs), max(ys)))


def _is_white(operands: list[Operand]) -> bool:
    """Whether the components of a grey, RGB or CMYK colour make white; a pattern's name does not."""
    numbers = [float(o) for o in operands if isinstance(o, (int, float))]
    if len(numbers) != len(operands):
        return False
    if len(numbers) == 4:  # CMYK: no ink is white
        return max(numbers) <= 0.04
    return len(numbers) in (1, 3) and min(numbers) >= 0.96


def _number(operands: list[Operand], at: int) -> float:
    try:
        value = operands[at]
    except IndexError:
        return 0.0
    return float(value) if isinstance(value, (int, float)) else 0.0


def _place(x: float, y: float, cm: Matrix) -> tuple[float, float]:
    return x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]


def _inside(x: float, y: float, box: Box, margin: float) -> bool:
    return box[0] - margin <= x <= box[2] + margin and box[1] - margin <= y <= box[3] + margin


def _strings(operands: list[Operand]) -> list[str | bytes]:
    flat = [part for operand in operands for part in (operand if isinstance(operand, list) else [operand])]
    return [part for part in flat if isinstance(part, (str, bytes))]


def _empty(operator: bytes, operands: list[Operand]) -> None:
    """The operands of a show operator without their text; what they move stays."""
    if operator == b"TJ":
        operands[:] = [ArrayObject()]
    else:
        operands[-1:] = [TextStringObject("")]
