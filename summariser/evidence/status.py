"""How far along a measure is: status cues, their order, and whether a claim runs ahead of its support.

Cues and stages are in `_data/status.json`. A cue that a modal or a plan governs ("proposed to adopt", "will be
signed") is a plan, and one that is denied ("did not adopt") bears out nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from summariser.evidence import text as tx
from summariser.evidence.content import content_words
from summariser.evidence.reading import Reading, read
from summariser.evidence.reasons import NOTHING, Findings
from summariser.evidence.support import Support, support_of
from summariser.schema import SUPPORTED, Match, Reason, Status, Verdict

_TABLE = "status.json"
_NEAR: dict[str, frozenset[str]] = {
    "adopted": frozenset({"signed", "in_force", "partly_applicable"}),
    "signed": frozenset({"adopted", "in_force"}),
    "agreed": frozenset({"signed", "adopted"}),
    "announced": frozenset({"published", "established", "planned"}),
    "planned": frozenset({"announced", "called_for"}),
    "in_force": frozenset({"partly_applicable"}),
    "passed_chamber": frozenset({"adopted"}),
}
"""Statuses whose cues also bear out another: what is in force was adopted."""


_PASSING = frozenset(
    {"passed", "passes", "passage", "approved", "approves", "approval", "adopted", "cleared", "aprobo"}
)
_DONE = frozenset(
    {
        "held",
        "established",
        "in_force",
        "partly_applicable",
        "published",
        "passed_chamber",
        "rejected",
        "withdrawn",
        "repealed",
        "suspended",
        "signed",
        "adopted",
        "agreed",
    }
)


_BEFORE_EFFECT = frozenset({"signed", "adopted", "passed_chamber", "agreed", "published"})
"""What is behind a measure of which an effect is still to come."""


class Cue(NamedTuple):
    """A status that words of a sentence speak for; `force` and `denied` as the sentence's reading has them."""

    status: str
    words: str
    planned: bool
    denied: bool
    weak: bool


@lru_cache(maxsize=1)
def _cues() -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
    """The words of every cue with its status, and whether it is a weak one, by the first word."""
    found: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    rows = tx.table(_TABLE)["cues"]
    for status, phrases in rows if isinstance(rows, list) else []:
        for phrase in str(phrases).split(","):
            parts = tuple(tx.fold(part) for part in phrase.split())
            if parts:
                found.setdefault(parts[0], []).append((parts, status, " ".join(parts) in _weak()))
    return found


@lru_cache(maxsize=1)
def _weak() -> frozenset[str]:
    return frozenset(str(tx.table(_TABLE)["weak"]).split(","))


@lru_cache(maxsize=1)
def stages() -> dict[str, int]:
    """How far along each status is; those that stand beside the scale are left out."""
    found = tx.table(_TABLE)["stage"]
    return {str(name): int(stage) for name, stage in found.items()} if isinstance(found, dict) else {}


@lru_cache(maxsize=tx.SENTENCES)
def cues(sentence: str, language: str = "en") -> tuple[Cue, ...]:
    """Every status cue of a sentence, with whether it is planned or denied."""
    words = tx.tokens(sentence)
    table = _cues()
    keys = [token.key if token.key.isascii() else _arabic(token.key) for token in words]
    if table.keys().isdisjoint(keys):
        return ()
    reading = read(sentence, language)
    found: list[Cue] = []
    for place in [at for at, key in enumerate(keys) if key in table]:
        for parts, status, weak in table[keys[place]]:
            if len(parts) > 1 and tuple(keys[place : place + len(parts)]) != parts:
                continue
            row = words[place : place + len(parts)]
            if status == "adopted" and parts[0] in _PASSING and _one_chamber(words, place):
                continue
            said = sentence[row[0].start : row[-1].end]
            planned, denied = _state(place, len(parts), words, reading)
            found.append(Cue(status, said, planned, denied, weak))
            if status == "agreed" and parts == ("agreed",) and _voters(words):
                found.append(Cue("adopted", said, planned, denied, weak=False))  # what deputies agree to is carried
    return tuple(found)


def _arabic(key: str) -> str:
    return key[1:] if len(key) > 3 and key[0] in "وف" and "\u0600" <= key[0] <= "\u06ff" else key


def _state(place: int, size: int, words: tuple[tx.Token, ...], reading: Reading) -> tuple[bool, bool]:
    """Whether the words of a cue are only planned, and whether they are denied."""
    spots = range(place, place + size)
    unsure = not reading.unsure.isdisjoint(spots)
    denied = not unsure and any(reading.denied.get(at, 0) % 2 for at in spots) if reading.denied else False
    start = next((at for at in range(place - 1, max(0, place - 6) - 1, -1) if not words[at].is_word), place - 7)
    planned = unsure or not reading.forces.keys().isdisjoint(spots)
    planned = planned or any(start < modal < place for _, modal in reading.forces.values())
    before = [word.key for word in words[max(0, start + 1) : place]]
    if before[-2:-1] == ["to"] and words[place].key in {"into", "in"}:
        before.append("to")  # "meant to enter into force"
    # "to adopt", "would take effect", "hopes will take place", "recommend that no agency adopt"
    bare = size == 1 and words[place].key in _listed("bare")
    return planned or bare or "if" in before or before[-1:] == ["to"] or "would" in before or "will" in before, denied


@lru_cache(maxsize=4)
def _listed(name: str) -> frozenset[str]:
    return frozenset(tx.fold(word) for word in str(tx.table(_TABLE)[name]).split(","))


def _one_chamber(words: tuple[tx.Token, ...], place: int) -> bool:
    """ "cleared the Assembly", "the House of Representatives passed": one chamber of two has agreed."""
    near = words[max(0, place - 5) : place + 5]
    keys = {word.key for word in near}
    chambers = _listed("chambers") & keys
    if not chambers or "both" in keys or "national" in keys:
        return False
    return any(word.key in chambers and word.capital for word in near)


def _voters(words: tuple[tx.Token, ...]) -> bool:
    return any(word.key in _listed("voters") for word in words)


def check_status(
    status: Status,
    support: str,
    *,
    title: str = "",
    borne: bool = False,
    language: str = "en",
    ahead: bool = False,
    expected: bool = False,
    opening: str = "",
) -> Verdict:
    """Whether the support says that things have come this far.

    `status_raised`: it has them at an earlier stage only. `status_mismatch`: it says something else of them.
    `status_not_found`: it says nothing of the kind; of an early stage (called for to proposed), which claims little,
    that is `status_unchecked`. `title` says which sentences to read first, and counts as support where it was itself
    `borne` out; `ahead`: the milestone's date lies after the day of publication, so that nothing is done yet,
    unless the date is only that of a consequence (`expected`: a law that was signed takes effect next year) and the
    support says so. `opening`: title and first sentence of the document, for a support that has no word of any stage.
    `unknown` claims nothing and is supported.
    """
    if status == "unknown":
        return SUPPORTED
    best, rest = _by_title(title or "", support, language)
    found = [cue for sentence in best for cue in cues(sentence, language)]
    others = [cue for sentence in rest for cue in cues(sentence, language)]
    if ahead and status in _DONE and not (expected and status in _BEFORE_EFFECT and _says(status, found + others)):
        return _refused("status_raised", status, None)
    bearing = _bearing(status, found)
    if bearing is None and not any(not cue.weak or cue.planned for cue in found):
        bearing = _bearing(status, others)
    if bearing is not None:
        return Verdict(status="supported", matches=(Match(kind="status", claim=status, source=bearing.words),))
    order = stages()
    early = 0 < order.get(status, 0) <= 3
    if early and (ahead or any(read(sentence, language).forces for sentence in tx.sentences(support))):
        return SUPPORTED
    if borne and _bearing(status, list(cues(title, language))) is not None:
        return SUPPORTED
    if early:
        return Verdict(status="unchecked", reasons=(Reason(code="status_unchecked", claim=status),))
    firm = [cue for cue in found + others if not cue.weak and not cue.denied]
    lower = [cue for cue in firm if cue.planned or order.get(cue.status, 99) < order.get(status, 0)]
    if lower and order.get(status, 0) > 2:
        return _refused("status_raised", status, lower[0].words)
    if firm:
        return _refused("status_mismatch", status, firm[0].words)
    if opening and not found and not others and _says(status, list(cues(opening, language))):
        return SUPPORTED
    return Verdict(status="not_found", reasons=(Reason(code="status_not_found", claim=status),))


def _by_title(title: str, support: str, language: str) -> tuple[list[str], list[str]]:
    """The sentences of the support that share most with the title, and the others."""
    held = support_of(support, language)
    if len(held.sentences) < 2:
        return list(held.sentences), []
    scores = [0] * len(held.sentences)
    words = content_words(tx.tokens(title), language)
    for token in words:
        for number in {number for form in held.forms(token.key) for number, _ in held.positions[form]}:
            scores[number] += 1
    most = max(scores)
    if language in {"fr", "es"} and words:  # the noun that a title begins with is what it is about
        for number in {n for form in held.forms(words[0].key) for n, _ in held.positions[form]}:
            scores[number] = most
    pairs = list(zip(held.sentences, scores, strict=True))
    return [text for text, score in pairs if score >= 0.7 * most], [text for text, score in pairs if score < 0.7 * most]


def _bearing(status: str, found: list[Cue]) -> Cue | None:
    """The cue that bears the status out, if any."""
    accepted = {status, *_NEAR.get(status, ())}
    early = stages().get(status, 9) <= 2
    for cue in sorted(found, key=lambda cue: (cue.weak, cue.status != status)):
        if cue.status not in accepted or cue.denied:
            continue
        if cue.planned and not early and status != "proposed":
            continue
        return cue
    if status == "planned":
        return next((cue for cue in found if cue.planned and not cue.denied), None)
    if status in {"rejected", "withdrawn"}:
        return next((cue for cue in found if cue.denied and cue.status in {"adopted", "passed_chamber"}), None)
    return None


def _says(status: str, found: list[Cue]) -> bool:
    """Whether a cue of this very status stands in the support, as done."""
    return any(cue.status == status and not cue.planned and not cue.denied and not cue.weak for cue in found)


def _refused(code: str, status: str, source: str | None) -> Verdict:
    return Verdict(status="contradicted", reasons=(Reason(code=code, claim=status, source=source),))


def check_stage(claim: str, words: tuple[tx.Token, ...], support: Support) -> Findings:
    """`status_raised` where a statement has a law adopted, signed or in force that its support only proposes."""
    del words
    order = stages()
    high = {"signed", "adopted", "in_force", "repealed"}
    ours = [cue for cue in cues(claim, support.language) if not cue.planned and not cue.denied and not cue.weak]
    raised = [cue for cue in ours if cue.status in high and order[cue.status] >= 6]
    if not raised:
        return NOTHING
    theirs = [cue for sentence in support.sentences for cue in cues(sentence, support.language) if not cue.denied]
    if not theirs:
        return NOTHING
    for cue in raised:
        accepted = {other.status for other in ours if other.words == cue.words}
        accepted |= {near for status in accepted for near in _NEAR.get(status, ())}
        if any(other.status in accepted and not other.planned for other in theirs):
            return NOTHING
    firm = [other for other in theirs if not other.weak and 3 <= order.get(other.status, 0) < 6]
    if not firm or any(order.get(other.status, 0) >= 6 and not other.planned for other in theirs):
        return NOTHING
    return Findings((Reason(code="status_raised", claim=raised[0].words, source=firm[0].words),))
