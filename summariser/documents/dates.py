"""The publication date: as the caller gives it, as the page's own line states it, or from the dateline.

Never from the body: a date in a sentence is the date of what it tells.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from summariser.errors import UsageError
from summariser.schema import PartialDate

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_FOUR_DIGITS = re.compile(r"\d\d\d\d")
_BEFORE_YEAR = 60
"""No date begins further before the first four digits of a line."""
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("summariser.documents").joinpath("_data/months.toml").read_text("utf-8"))


@cache
def _months() -> dict[str, int]:
    """Every month name of every language, and its number."""
    return {
        name: number
        for language, months in _table().items()
        if language != "words"
        for number, names in enumerate(months, 1)
        for name in names
    }


@cache
def _written() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Day before month ("4 March 2025", "4 de marzo de 2025"), and month before day ("March 4, 2025", "March 2025")."""
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month = rf"(?P<month>{names})\b\.?"
    year = r"(?P<year>(?:19|20)\d{2})(?!\d)"
    day = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?"
    return (
        re.compile(rf"{day}\.?\s{{1,3}}(?:de\s|d')?{month}(?:/[^\W\d]{{2,12}})?,?\s{{1,3}}(?:de\s|del\s)?{year}", re.I),
        re.compile(rf"(?<!\w)(?<!\d\s){month}\s{{1,3}}(?:{day},?\s{{1,3}}|de\s)?{year}", re.I),
    )


def given(value: str | dt.date | None) -> PartialDate | None:
    """The caller's date as a `PartialDate`; text is read as ISO 8601 or as a written date.

    Raises `UsageError` where the text is no date.
    """
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, dt.date):
        return PartialDate.of(value.year, value.month, value.day)
    try:
        return PartialDate(value.strip())
    except ValueError:
        found = find(value)
    if found is None:
        raise UsageError(f"published is no date: {value[:40]!r}; give it as 2025-03-04, 2025-03 or 2025")
    return found[0]


def find(text: str) -> tuple[PartialDate, int, int] | None:
    """The first date with a year in a short stretch of text, and where it stands.

    An all-number date is read only where day and month cannot be taken for one another.
    """
    year = _FOUR_DIGITS.search(text, 0, 400)
    return _find(text[:400], max(0, year.start() - _BEFORE_YEAR)) if year else None  # nearly every line has none


@lru_cache(maxsize=256)  # the rules ask for the date of one and the same line several times
def _find(line: str, begin: int) -> tuple[PartialDate, int, int] | None:
    line = line.translate(DIGITS)
    found: list[tuple[int, int, PartialDate]] = []
    for pattern in _written():
        if match := pattern.search(line, begin):
            day = int(match["day"]) if match["day"] else None
            _add(found, match, int(match["year"]), _months()[match["month"].lower()], day)
    if match := _ISO.search(line, begin):
        _add(found, match, int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    if match := _NUMERIC.search(line, begin):
        first, second = int(match[1]), int(match[3])
        if first > 12 or match[2] == ".":
            _add(found, match, int(match[4]), second, first)
        elif second > 12 or first == second:
            _add(found, match, int(match[4]), first, second)
    if not found:
        return None
    start, end, date = min(found, key=lambda item: (item[0], -item[1]))
    return date, start, end


def _add(
    found: list[tuple[int, int, PartialDate]], match: re.Match[str], year: int, month: int, day: int | None
) -> None:
    try:
        found.append((match.start(), match.end(), PartialDate.of(year, month, day)))
    except ValueError:  # 31 February is no date
        return


_SEPARATORS = re.compile(r"[\s,;:|·•()/–—-]+")
_CLOCK = re.compile(r"\d{1,2}(?:[:.h]\d{0,2}){0,2}(?:am|pm)?|\d{1,2}(?:am|pm)", re.I)


def date_line(text: str) -> tuple[bool, PartialDate | None]:
    """Whether a short line holds nothing but the page's dates, and the one of publication if given.

    "Published 4 March 2025 · Updated 6 March 2025" gives 4 March; "Updated 6 March 2025" alone gives 6 March, the day
    of the text as it stands.
    """
    if len(text) > 160:
        return False, None
    words = _table()["words"]
    text = text.strip("*_ ")
    rest, published, updated, seen = text, None, None, False
    for _ in range(3):
        found = find(rest)
        if found is None:
            break
        date, start, end = found
        label = " ".join(_SEPARATORS.sub(" ", rest[:start]).lower().split())
        kind = _label(label, words)
        if kind is None:
            return False, None
        if kind == "updated":
            updated = updated or date
        else:
            published = published or date
        rest, seen = rest[end:], True
    if not seen:
        return False, None
    clock_left = [part for part in _SEPARATORS.split(rest.lower()) if part]
    if not all(_CLOCK.fullmatch(part) or part.strip(".") in words["company"] for part in clock_left):
        return False, None
    return True, published or updated


def is_label(line: str) -> bool:
    """Whether a line is only what stands before a date ("Published"), which then has a line of its own."""
    words = _table()["words"]
    return line in words["published"] or line in words["updated"]


def _label(label: str, words: dict[str, list[str]]) -> str | None:
    """What the words before a date say: "published", "updated", "" for nothing; None for anything else."""
    parts = [part for part in label.split() if not _CLOCK.fullmatch(part)]
    while parts and parts[0].strip(".") in words["company"]:
        parts.pop(0)
    for first in (0, 1):  # "Explainer, last updated": one word of its own may come first
        for cut in range(len(parts), first, -1):
            for kind in ("published", "updated"):
                if " ".join(parts[first:cut]) in words[kind]:
                    left = [part for part in parts[cut:] if part.strip(".") not in words["company"]]
                    return None if left else kind
    return None if parts else ""


_PLACE = r"[^\W\d_][^\n,;.!?()\d—–]{1,40}"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:\.C\.)?(?:[,،/] ?{_PLACE}(?:\.[A-Z]\.)?)?)"
    r"(?P<date>[,،]? ?[^\n—–()]{3,40}?)??"
    r"\s?(?P<agency>\([^\n()]{2,40}\)|/[^\n/]{2,30}/)?\s?[,.،]?\s?(?P<dash>[—–]|--|-(?=\s)|:(?=\s))\s?"
)
_DASH = re.compile(r"[—–:-]")


def dateline(paragraph: str) -> tuple[int, PartialDate | None]:
    """The length of the dateline that opens a paragraph (0 for none), and its date where it gives a year.

    "RABAT, March 4, 2025 (MAP) —", "LONDON (Reuters) -", "Bruxelles, le 12 juin 2025 –". A place alone counts only in
    capitals or before an agency, so that "Morocco - which …" stays a sentence.
    """
    head = paragraph[:120]
    match = _DATELINE.match(head) if _DASH.search(head) else None
    if match is None:
        return 0, None
    place, dash = match["place"].strip(), match["dash"]
    found = find(match[0])
    capitals = place.isupper() and len(place) > 2
    middle = match["date"] or ""
    if middle and not _only_date(middle):
        return 0, None
    dated = found is not None or _day_and_month(middle)
    if not (match["agency"] or dated or (capitals and dash in "—–--" and not match["date"])):
        return 0, None
    if dash == ":" and not (found and match["agency"]):
        return 0, None
    if len(place.split()) > 5 or not (place[0].isupper() or not place[0].islower()):
        return 0, None
    return match.end(), found[0] if found else None


def place_and_date(line: str) -> PartialDate | None:
    """The date of a line that is only a place and a date: "Brussels, 12 June 2025", "Rabat, le 3 mai 2025"."""
    found = find(line) if len(line) <= 80 else None
    if found is None:
        return None
    date, start, end = found
    before = re.sub(r"(?<!\d)\d{1,2}\s?[-–/]\s?$", "", line[:start])  # "14-15 May": the last day counts
    before = re.sub(r"[\s,،]+(?:le|el|den|on|em|il|في)?\s*$", "", before, flags=re.I).strip(" ,،(")
    alone = 0 < len(before) <= 40 and len(before.split()) <= 4 and not re.search(r"[.!?:;\d]", before)
    names = all(not word[0].islower() or len(word) <= 3 for word in before.split())
    return date if alone and names and line[end:].strip(" .،,)") == "" and not before[0].islower() else None


def _only_date(text: str) -> bool:
    """Whether the words between a place and its dash are a date and what goes with one ("le", "Tuesday")."""
    words = _table()["words"]["company"]
    parts = [part.strip(".").lower() for part in _SEPARATORS.split(text.translate(DIGITS)) if part.strip(".")]
    months = {word for name in _months() for word in name.split()}
    return all(part in words or part in months or re.fullmatch(r"\d{1,4}(?:st|nd|rd|th|er|º)?", part) for part in parts)


def _day_and_month(text: str) -> bool:
    """Whether the text is a day and a month without a year, in either order."""
    parts = [part.strip(".").lower() for part in _SEPARATORS.split(text.translate(DIGITS)) if part]
    return any(part in _months() for part in parts) and any(part.isdigit() and int(part) <= 31 for part in parts)
