"""What no reader of an HTML page sees, taken out of its tree.

It is no evidence, and the usual place for orders to a model: scripts, templates, struck-out text, and whatever a
style or an attribute hides. Stylesheets outside the page are not fetched; rules of the page's own `<style>` elements
count where they name a class, an id or an element alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from summariser.documents import page_tree

_WHOLE = frozenset({"head", "html", "body"})  # never hidden by a stylesheet: pages fade themselves in


def prune(root: etree._Element) -> None:
    """Take out of the tree what no reader sees; nothing of the page's metadata is left afterwards."""
    unseen = page_tree.table("elements", "unseen")
    rules = _Rules.of(" ".join(node.text or "" for node in root.iter("style")))
    hidden = [node for node in root.iter(etree.Element) if node.tag in unseen or _is_hidden(node, rules)]
    for node in reversed(hidden):
        parent = node.getparent()
        if parent is not None and node.tag not in _WHOLE:
            node.drop_tree()


def _is_hidden(node: etree._Element, rules: _Rules) -> bool:
    if node.tag == "dialog" and "open" not in node.attrib:
        return True
    hidden = node.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    if (node.get("aria-hidden") or "").lower() == "true":
        return True
    style = node.get("style")
    if style and hides(style):
        return True
    if (style or node.tag == "font") and _white(node) and not _on_dark(node):
        return True
    return rules.hide(node)


_NUMBER = r"(-?\d{0,9}\.?\d{0,9})"
_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|content-visibility:hidden|color:(?:transparent|rgba\([^)]{0,30},0?\.?0*\))"
    r"|-webkit-text-fill-color:transparent|clip:rect\((?:0|1px)[^)]{0,40}\)|clip-path:inset\((?:50|100)%\)"
    r"|transform:[^;]{0,60}scale[xy]?\(0?\.?0*\))(?:;|$)"
)
_FONT = re.compile(rf"(?:^|;)font(?:-size)?:(?:[^;]{{0,40}}\s)?{_NUMBER}(px|pt|em|rem|%|vw|vh)?(?:/|;|\s|$)")
_OPACITY = re.compile(rf"(?:^|;)opacity:{_NUMBER}(%)?(?:;|$)")
_AWAY = re.compile(
    r"(?:^|;)(?:left|right|top|bottom|text-indent|margin(?:-left|-top)?):-(\d{1,9})(?:\.\d{1,9})?(px|em|rem|vw|vh|%)"
)
_MOVED = re.compile(r"translate[xy3d]{0,2}\([^)]{0,30}-(\d{3,9})(?:px|vw|vh|%)")
_BOX = re.compile(r"(?:^|;)(?:max-)?(?:height|width):[01](?:px)?(?:;|$)")
_COLOUR = re.compile(r"(?:^|;)color:([^;]{1,40})")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;]{1,200})")


def hides(style: str) -> bool:
    """Whether CSS declarations leave nothing to be seen of an element's text."""
    flat = _flat(style)
    if _HIDING.search(flat) or _MOVED.search(flat):
        return True
    font, opacity, away = _FONT.search(flat), _OPACITY.search(flat), _AWAY.search(flat)
    if font and _small(font[1], font[2]):
        return True
    if opacity and (value := _value(opacity[1])) is not None and value <= (5 if opacity[2] else 0.05):
        return True
    if away and int(away[1]) >= (500 if away[2] == "px" else 50):
        return True
    if _BOX.search(flat) and "overflow:hidden" in flat:
        return True
    colour, background = _COLOUR.search(flat), _BACKGROUND.search(flat)
    return bool(colour and background and _shade(colour[1]) is not None and _shade(colour[1]) == _shade(background[1]))


def _flat(style: str) -> str:
    """Declarations in lower case, without comments, `!important` and spaces around the signs."""
    bare = re.sub(r"/\*[^*]{0,500}\*/", "", style[:4000].lower()).replace("!important", "")
    return re.sub(r"\s{0,20}([:;,()])\s{0,20}", r"\1", re.sub(r"\s+", " ", bare)).strip()


def _value(number: str) -> float | None:
    try:
        return float(number)
    except ValueError:
        return None


def _small(number: str, unit: str | None) -> bool:
    value = _value(number)
    least = {"em": 0.1, "rem": 0.1, "%": 10.0, "vw": 0.1, "vh": 0.1}.get(unit or "px", 1.0)
    return value is not None and value <= least and (unit is not None or value == 0)


def _shade(colour: str) -> str | None:
    """One name for the ways to write white and black, the colour itself for the rest; None for what is no colour."""
    found = re.match(r"#[0-9a-f]{3,8}|rgba?\([^)]{1,40}\)|[a-z]{3,20}", colour.strip())
    if found is None or found[0] in ("inherit", "initial", "none", "url", "var", "currentcolor", "unset"):
        return None
    bare = found[0]
    if len(bare) == 4 and bare[0] == "#":
        bare = "#" + "".join(2 * digit for digit in bare[1:])
    channels = re.findall(r"\d{1,3}", bare) if bare.startswith("rgb") else []
    if bare.startswith("#") and len(bare) >= 7:
        channels = [str(int(bare[at : at + 2], 16)) for at in (1, 3, 5)]
    if len(channels) >= 3 and all(int(channel) >= 245 for channel in channels[:3]):
        return "white"
    return {"ivory": "white", "snow": "white", "ghostwhite": "white", "floralwhite": "white"}.get(bare, bare)


def _white(node: etree._Element) -> bool:
    """Whether the element itself sets its text to white."""
    if node.tag == "font" and node.get("color"):
        return _shade(node.get("color").lower()) == "white"
    found = _COLOUR.search(_flat(node.get("style") or ""))
    return found is not None and _shade(found[1]) == "white"


def _on_dark(node: etree._Element) -> bool:
    """Whether the element or one that it stands in sets another background than white in the page itself."""
    at: etree._Element | None = node
    for _ in range(40):
        if at is None:
            break
        found = _BACKGROUND.search(_flat(at.get("style") or ""))
        ground = found[1] if found else (at.get("bgcolor") or "").lower()
        if ground:
            return "url(" in ground or "gradient" in ground or _shade(ground) not in ("white", None, "transparent")
        at = at.getparent()
    return False


_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]{0,20})?(?P<mark>[.#])?(?P<name>[\w-]{1,100})?")


@dataclass(slots=True)
class _Rules:
    """Classes, ids and elements that the page's own stylesheet hides."""

    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, sheet: str) -> _Rules:
        rules = cls()
        for selectors, declarations in _RULE.findall(_outer(sheet[:500_000])):
            # Pages that fade in hide themselves first: what is animated becomes visible.
            if "animation" in declarations or not hides(declarations):
                continue
            for selector in selectors.split(","):
                rules._add(selector.strip())
        return rules

    def _add(self, selector: str) -> None:
        found = _SIMPLE.fullmatch(selector)
        if found is None or found["tag"] in _WHOLE:
            return
        if found["mark"] == "." and found["name"]:
            self.classes.add(found["name"])
        elif found["mark"] == "#" and found["name"]:
            self.ids.add(found["name"])
        elif found["tag"] and not found["mark"] and not found["name"]:
            self.tags.add(found["tag"])

    def hide(self, node: etree._Element) -> bool:
        return (
            node.tag in self.tags
            or (bool(self.ids) and node.get("id") in self.ids)
            or (bool(self.classes) and any(name in self.classes for name in (node.get("class") or "").split()))
        )


def _outer(sheet: str) -> str:
    """The rules that hold on every screen: `@media` and other nested blocks are left out."""
    kept: list[str] = []
    depth, skipping, last = 0, False, 0
    for sign in re.finditer(r"[{}]", _without_comments(sheet)):
        if sign[0] == "{":
            head = sheet[last : sign.start()] if depth == 0 else ""
            depth += 1
            if depth == 1:
                skipping, begin = head.lstrip().startswith("@"), last
        elif depth:
            depth -= 1
            if depth == 0:
                if not skipping:
                    kept.append(sheet[begin : sign.end()])
                last = sign.end()
    return "".join(kept)


def _without_comments(sheet: str) -> str:
    """The sheet with comments blanked out, at the same length."""
    pieces: list[str] = []
    at = 0
    while (start := sheet.find("/*", at)) >= 0:
        end = sheet.find("*/", start + 2)
        end = len(sheet) if end < 0 else end + 2
        pieces += [sheet[at:start], " " * (end - start)]
        at = end
    return "".join(pieces) + sheet[at:]
