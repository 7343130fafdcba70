"""What can be told of a sentence's grammar without a parser: its finite verb, its subject, what it leans on.

English in full; for other languages only the words that a sentence leans on at its start (lists in `_data`). Every
rule errs towards "cannot stand alone": the engine has other sentences to choose from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summariser.completers.extractive.lexicon import Lexicon
from summariser.completers.extractive.lines import Line, Page

TOKEN = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*|[^\w\s]|_")
_NAME = r"(?:the )?[A-Z][\w’'\-]*(?: (?:of (?:the )?)?[A-Z][\w’'\-]*){0,5}"
_TWO_NAMES = re.compile(rf"{_NAME}(?:, {_NAME}){{0,3}},? and {_NAME}(?= [a-z])")
_ONE_NAME = re.compile(rf"{_NAME}(?= [a-z]|, )")
_FULL_NAME = re.compile(r"[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+)+")
_DATELINE = re.compile(
    r"^[A-Z][A-Z .’'\-]{2,40}(?:, [\w .]{2,25}){0,4}(?: ?\([\w .]{2,25}\)| /[\w ]{2,20}/)? ?(?:—|–|--| -) ?(?=[A-Z])"
)
_TIME = re.compile(r"^\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})? ?[-–—:|] ")
_APPOSITION = re.compile(r",[^,]{1,120},")


@dataclass(frozen=True)
class Token:
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower().replace("’", "'")


def tokens(text: str) -> list[Token]:
    """Words and punctuation marks with their offsets."""
    return [Token(found.group(), found.start(), found.end()) for found in TOKEN.finditer(text)]


def finite(text: str, lexicon: Lexicon) -> int | None:
    """Offset of the first finite verb of a main clause, or None where none can be told (English only)."""
    parts = tokens(text)
    skip = 0
    group = -2
    for place, token in enumerate(parts):
        if place - group == 1 and _is_finite(parts, place, lexicon):
            group = place  # "would have been": one verb
        elif token.lower in lexicon.words("subordinators") and place:
            skip += 1
        elif _is_finite(parts, place, lexicon):
            if not skip:
                return token.start
            skip -= 1
            group = place
    return None


def _is_finite(parts: list[Token], place: int, lexicon: Lexicon) -> bool:
    if place == 0:
        return False
    token, before = parts[place], parts[place - 1].lower
    if token.lower in lexicon.words("auxiliaries") or token.lower in lexicon.words("modals"):
        return True
    if before in lexicon.words("determiners") or before in {"to", "not", "be", "been", "being", "of", "for", "by"}:
        return False
    after = parts[place + 1] if place + 1 < len(parts) else None
    if token.lower.endswith("ed") and token.text.islower():
        # A passive participle takes no object: "launched the …" is a verb, "launched by …" may be none.
        return after is not None and (
            after.lower in lexicon.words("determiners")
            or after.lower == "that"
            or after.text[0].isdigit()
            or after.text[:1].isupper()
            or (
                token.lower in lexicon.words("finite_verbs")
                and after.lower not in {"by", "to", "at", "in", "for", "as"}
            )
        )
    return token.lower in lexicon.words("finite_verbs") and token.text.islower()


def leading_adverbial(text: str, lexicon: Lexicon) -> int:
    """Offset where the main clause begins after phrases such as "In March 2024, "; 0 where there is none."""
    start = 0
    for _ in range(2):
        comma = text.find(", ", start)
        first = text[start:].split(" ", 1)[0].lower()
        if comma < 0 or comma - start > 60 or first not in lexicon.words("leading_prepositions"):
            break
        if finite(text[start:comma], lexicon) is not None:
            break
        start = comma + 2
    return start


_BOILERPLATE = re.compile(r"(?:about|contact|notes?) [^:.]{1,60}:")
"""What a press release says of its sender at the end: "About Helvion: Helvion was founded in 2017 …"."""


def standing(page: Page, line: Line) -> float:
    """How well a sentence can be read without its neighbours: 1 alone, 0 not at all."""
    return stands_alone(strip_lead(line.text, page.lexicon), page.lexicon)


def stands_alone(text: str, lexicon: Lexicon) -> float:
    """The same for a bare text: 1 alone, 0 not at all."""
    parts = tokens(text)
    if not parts:
        return 0.0
    low = text.lower().replace("’", "'")
    first = next((token for token in parts if token.text[0].isalnum()), parts[0]).lower
    if first in lexicon.words("hanging_start") or first.split("'")[0] in lexicon.words("hanging_start"):
        return 0.05
    if any(low.startswith(phrase + end) for phrase in lexicon.phrases("hanging_phrases") for end in (" ", ",")):
        return 0.05
    if _orphan_pronoun(text, parts, lexicon):
        return 0.05
    if any(f" {phrase}" in low for phrase in lexicon.phrases("hanging_inside")) or _BOILERPLATE.match(low):
        return 0.3
    if _said_by_pronoun(parts, lexicon):
        return 0.5
    value = 0.8 if first in {"if", "when", "once"} else 1.0
    if first in {"the", "both"} and len(parts) > 2:
        value *= _back_reference(parts, lexicon)
    opening = {token.lower for token in parts[1 : max(4, len(parts) // 2)]}
    if opening & {"this", "these", "those", "such"}:
        value *= 0.75
    if {token.lower for token in parts} & lexicon.words("deictic"):
        value *= 0.7
    return value


def _said_by_pronoun(parts: list[Token], lexicon: Lexicon) -> bool:
    """Whether it ends on "…, he said": who he is stands elsewhere."""
    speech = lexicon.words("speech")
    return any(
        token.lower in {"he", "she", "they"} and following.lower in speech and before.text in {",", '"', "”"}
        for before, token, following in zip(parts, parts[1:], parts[2:], strict=False)
    )


def _back_reference(parts: list[Token], lexicon: Lexicon) -> float:
    """A sentence that begins "The talks aimed …" points back; "The talks between Rabat and Washington" less so."""
    noun, after = parts[1].lower, parts[2].lower
    if noun in lexicon.words("back_nouns"):
        return 0.85 if after in {"of", "between", "on", "for", "to"} else 0.4
    if noun in {"two", "three", "four", "new", "same", "proposed"} and after in lexicon.words("back_nouns"):
        return 0.4
    return 0.75 if _is_finite(parts, 2, lexicon) and noun.islower() and parts[1].text.islower() else 1.0


def _orphan_pronoun(text: str, parts: list[Token], lexicon: Lexicon) -> bool:
    """Whether a pronoun stands before anything that it could mean."""
    main = leading_adverbial(text, lexicon)
    pronouns = lexicon.words("personal")
    for place, token in enumerate(parts):
        if token.lower not in pronouns:
            continue
        before = parts[:place]
        if main and token.start == main:
            return True
        return not any(
            (other.text[0].isupper() and position) or other.lower in lexicon.words("determiners")
            for position, other in enumerate(before)
        )
    return False


def strip_lead(text: str, lexicon: Lexicon) -> str:
    """The sentence without its dateline and opening words that only tie it to the one before ("Moreover, …")."""
    text = _TIME.sub("", _DATELINE.sub("", text, count=1), count=1)
    for _ in range(3):
        low = text.lower().replace("’", "'")
        cut = next((phrase for phrase in lexicon.phrases("connectives") if low.startswith(phrase + ", ")), None)
        if cut is None:
            cut = next((phrase for phrase in lexicon.phrases("relative_time") if low.startswith(phrase + ", ")), None)
            rest = text[len(cut) + 2 :] if cut else ""
            # "Later, Kenya signed" would lose its only date: the phrase goes where another date phrase follows.
            if not cut or not leading_adverbial(_capital(rest), lexicon):
                return text
        text = _capital(text[len(cut) + 2 :])
    return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def resolved(page: Page, line: Line) -> tuple[str, int] | None:
    """The sentence with its leading pronoun spelt out, and the number of the sentence that tells who it is.

    Only where that is certain: the sentence before, in the same paragraph, has the one subject that fits ("they" two
    names joined, "he" or "she" the only full name).
    """
    previous = page.before(line)
    if previous is None or page.lexicon.language != "en":
        return None
    text = strip_lead(line.text, page.lexicon)
    start = leading_adverbial(text, page.lexicon)
    pronoun = re.match(r"(?:he|she|they)\b(?!['’])", text[start:], re.IGNORECASE)
    if pronoun is None:
        return None
    subject = _subject(previous.text, pronoun.group().lower(), page.lexicon)
    rest = text[start + pronoun.end() :]
    if subject is None or re.search(r"\b(?:this|these|those|such)\b", rest, re.IGNORECASE):
        return None
    if start == 0:
        subject = _capital(subject)
    return text[:start] + subject + rest, previous.number


def _subject(text: str, pronoun: str, lexicon: Lexicon) -> str | None:
    text = strip_lead(text, lexicon)
    start = leading_adverbial(text, lexicon)
    main = text[start:]
    found = (_TWO_NAMES if pronoun == "they" else _ONE_NAME).match(main)
    if found is None:
        return None
    name = found.group()
    after = _APPOSITION.match(main, found.end())
    rest = main[after.end() if after else found.end() :].strip()
    if not rest or finite("x " + rest[:60], lexicon) != 2:
        return None
    if pronoun == "they":
        return name if name[:3] != "The" else "the" + name[3:]
    if name.lower().startswith("the ") or " " not in name:
        return None
    others = [other for other in _FULL_NAME.findall(text) if other not in name and name not in other]
    return None if others else name
