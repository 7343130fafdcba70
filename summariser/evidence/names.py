"""Names of people, bodies and places: whether those of a claim stand in its support, in whichever form.

A name is a run of capitalised words. A word that begins a sentence is a name only when something else says so: the
document writes it with a capital elsewhere, it is a known place or an acronym, or it is no common word. A name is
found when its words stand side by side in the support, without its titles, or as an alias: an acronym that the text
introduces or that is widely known, a demonym for its country, a surname for a full name of the same document.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from summariser.evidence import text as tx
from summariser.evidence.context import Context, Keys
from summariser.evidence.jurisdiction import places
from summariser.evidence.reasons import Findings
from summariser.evidence.support import WIDE, Support, support_of
from summariser.schema import Match, Reason

_COMMON_ENDINGS = ("ly", "ing", "tion", "sion", "ment", "ity", "ness", "ism", "ance", "ence", "ers", "ors", "ed", "ies")
_NAMED = frozenset({"en", "fr", "es"})
_MOSTLY = 0.9
_TERRITORY = ("country", "nation", "kingdom", "province", "republic")
_ARTICLES = frozenset({"the", "a", "an"})


Said = frozenset[str]
"""The folded words of a claim."""


def _set(name: str) -> frozenset[str]:
    return tx.word_set("names.json", name)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    table = tx.table("words.en.json")
    found = set(str(table["openers"]).split()) | set(str(table["light"]).split())
    for name in ("synonyms", "opposites", "exclusive", "scales"):
        rows = table[name]
        for row in rows if isinstance(rows, list) else []:
            found.update(str(row).replace("|", " ").split())
    return frozenset(found) | tx.stopwords("en")


@lru_cache(maxsize=65536)
def is_common(key: str) -> bool:
    """Whether an English word is one of our tables' words or has the ending of a common noun, verb or adverb."""
    return key.endswith(_COMMON_ENDINGS) or any(base in _common_words() for base in tx.bases(key))


def _is_acronym(word: str) -> bool:
    bare = word.replace(".", "").removesuffix("'s").removesuffix("’s")
    return len(bare) > 1 and sum(mark.isupper() for mark in bare) >= 2


def runs(
    words: tuple[tx.Token, ...], language: str, support: Support | None = None, context: Context | None = None
) -> list[tuple[tx.Token, ...]]:
    """The names of a sentence, each as its capitalised words; `support` and `context` help where sentences begin."""
    bare = [token for token in words if token.is_word and len(token.key) > 3]
    capitals = [token for token in bare if tx.is_capitalised(token.word)]
    listed = sum(token.key == "," for token in words) > 2
    headline = len(bare) >= 7 and len(capitals) >= _MOSTLY * len(bare) and not listed
    german = language not in _NAMED
    found: list[tuple[tx.Token, ...]] = []
    run: list[tx.Token] = []
    initial = True
    for place, token in enumerate(words):
        if token.is_word and tx.is_capitalised(token.word) and token.key != "i":
            following = words[place + 1] if place + 1 < len(words) else None
            if german or headline:
                is_name = _is_acronym(token.word) or _known(token, support, context)
            else:
                is_name = not initial or _opens_as_name(token, following, language, support, context)
            if is_name:
                run.append(token)
                initial = False
                if token.word.endswith(("'s", "’s")):
                    found.append(tuple(run))
                    run = []
                continue
        if run:
            found.append(tuple(run))
            run = []
        initial = not token.is_word and (initial or tx.ends_sentence(token) or token.key in '"“«:(')
    if run:
        found.append(tuple(run))
    return found


def _known(token: tx.Token, support: Support | None, context: Context | None) -> bool:
    if places(token.word):
        return True
    if is_common(token.key):
        return False
    return bool((context and token.key in context.proper) or (support and token.key in support.proper))


def _opens_as_name(
    token: tx.Token, following: tx.Token | None, language: str, support: Support | None, context: Context | None
) -> bool:
    """Whether the first word of a sentence is a name."""
    key = token.key
    if key in tx.stopwords(language) or len(key) < 2:
        return False
    if _is_acronym(token.word) or places(token.word):
        return True
    if key in _set("bodies"):
        return context is None or key in context.proper
    if (support and key in support.small) or (context and key in context.common):
        return False
    if (context and key in context.proper) or (support and key in support.proper):
        return True
    if language != "en":
        return bool(following and following.is_word and tx.is_capitalised(following.word))
    if following is not None and following.is_word and tx.is_capitalised(following.word):
        return not (is_common(key) and is_common(following.key))
    if is_common(key) or (following is not None and following.key in _set("prepositions")):
        return False
    if token.word.endswith(("'s", "’s")) or following is None:
        return True
    if key.endswith("s"):
        return following.key in _set("aux")
    return not following.is_word or following.key in _set("aux") or following.key == "and" or _is_finite(following.key)


def _is_finite(key: str) -> bool:
    """Whether an English word can be the verb of a sentence whose subject is one word."""
    return key.endswith(("ed", "s")) or key in tx.irregular_pasts() or key in {"must", "may", "can", "could", "should"}


class _Seeker:
    """Looks the names of one claim up in a support."""

    def __init__(self, support: Support, context: Context | None) -> None:
        self.support = support
        self.context = context

    def missing(self, run: tuple[tx.Token, ...]) -> tuple[tx.Token, ...] | None:
        """The part of a name that the support does not have, or None where it has all of it."""
        if self._stands(tuple(token.key for token in run)):
            return None
        kept = list(run)
        if len(run) > 1 and all(token.key in _set("titles") and not self.support.forms(token.key) for token in run):
            return run
        while kept and kept[0].key in _set("titles"):
            kept.pop(0)
        while kept and kept[-1].key in _set("titles") and kept[-1].key not in self.support.positions:
            kept.pop()
        if not kept:
            return None
        keys = tuple(token.key for token in kept)
        if self._stands(keys) or self._by_full_name(keys) or self._by_head(keys):
            return None
        return self._by_parts(kept)

    def has(self, words: tuple[tx.Token, ...]) -> bool:
        """Whether a whole name, its small words included, stands in the support in one form or another."""
        keys = tuple(token.key for token in words if token.key not in _ARTICLES)
        if not keys or self._stands(keys):
            return True
        if any(tx.is_capitalised(token.word) for token in words):
            parts: list[list[tx.Token]] = [[]]
            for token in words:
                if tx.is_capitalised(token.word):
                    parts[-1].append(token)
                elif parts[-1]:
                    parts.append([])
                if token.word.endswith(("'s", "’s")):
                    parts.append([])
            small = [token for token in words if not tx.is_capitalised(token.word)]
            return all(self.missing(tuple(part)) is None for part in parts if part) and all(
                token.key in tx.stopwords(self.support.language) or self.support.forms(token.key) for token in small
            )
        return all(self.support.forms(key) or key in tx.stopwords(self.support.language) for key in keys)

    def _stands(self, keys: Keys) -> bool:
        return self.support.adjacent(keys) or self._by_alias(keys)

    def _by_alias(self, keys: Keys) -> bool:
        aliases: set[Keys] = set(self.context.aliases.get(keys, ())) if self.context else set()
        aliases |= _acronyms().get(keys, frozenset())
        if any(self.support.adjacent(alias) for alias in aliases):
            return True
        if len(keys) == 1:
            return keys[0].rstrip(".") in self.support.initials
        letters = "".join(key[0] for key in keys if key not in tx.stopwords("en"))
        return len(letters) > 2 and letters in self.support.capitals

    def _by_head(self, keys: Keys) -> bool:
        """ "European Commission" where the support has "the Commission" and the document no other commission."""
        if self.context is None or len(keys) < 2 or keys[-1] not in self.support.heads:
            return False
        full = {name for name in self.context.full_names.get(keys[-1], ()) if name[-1] == keys[-1]}
        return keys in full and all(set(name) <= set(keys) or set(keys) <= set(name) for name in full)

    def _by_full_name(self, keys: Keys) -> bool:
        """ "Amal Karim" where the support has "Ms. Karim" and the document "Amal Karim"."""
        if self.context is None or len(keys) < 2:
            return False
        for full in self.context.full_names.get(keys[-1], ()):
            if set(keys) <= set(full) and (full[-1] in self.support.positions or keys[-1] in self.support.positions):
                others = {name for name in self.context.full_names[full[-1]] if not set(name) <= set(full)}
                return not any(name[0] != full[0] and set(name[:-1]).isdisjoint(full) for name in others)
        return False

    def _by_parts(self, run: list[tx.Token]) -> tuple[tx.Token, ...] | None:
        """Known places, acronyms, titles and generic heads each on their own; what is left side by side."""
        rest: list[tx.Token] = []
        at = 0
        while at < len(run):
            size = self._place_at(run, at)
            if size > 0:
                at += size
                continue
            if size < 0:
                return tuple(run[at : at - size])
            token = run[at]
            if self._separable(token):
                if not self._token_stands(token):
                    return (token,)
            else:
                rest.append(token)
            at += 1
        if not rest:
            return None
        keys = tuple(token.key for token in rest)
        if self._stands(keys) or (len(rest) > 1 and self._by_full_name(keys)):
            return None
        if len(rest) == 1 and self._token_stands(rest[0]):
            return None
        return tuple(rest)

    def _place_at(self, run: list[tx.Token], at: int) -> int:
        """Words of the place name at `at`: negative where the support does not bear it out, 0 where there is none."""
        text = " ".join(token.word for token in run[at:])
        for place in places(text):
            if place.first > 0:
                break
            if place.kind in {"weak", "body"}:
                if self._goes_without_saying(place.code):
                    return place.last
                continue
            size = place.last
            if self.support.adjacent(tuple(token.key for token in run[at : at + size])):
                return size
            there = self.support.codes
            # A capital bears out its country; a country its capital only where the document itself writes of it so.
            if self._goes_without_saying(place.code):
                return size
            if place.code in there and (place.kind != "capital" or self._written(run[at : at + size])):
                return size
            return -size
        return 0

    def _goes_without_saying(self, code: str) -> bool:
        """A place that the title or dateline names, or the document speaks of most, where the support names none."""
        if self.context is None:
            return False
        if self.support.codes and not any(f" the {noun} " in self.support.squashed for noun in _TERRITORY):
            return False
        return code in self.context.around or code in self.context.main_places

    def _written(self, words: list[tx.Token]) -> bool:
        return self.context is not None and all(token.key in self.context.words for token in words)

    def _separable(self, token: tx.Token) -> bool:
        key = token.key
        return key in _set("titles") or key in _set("generic") or _is_acronym(token.word)

    def _token_stands(self, token: tx.Token) -> bool:
        key = token.key
        if key in self.support.positions or self._by_alias((key,)):
            return True
        if key.rstrip("s") in self.support.positions or key + "s" in self.support.positions:
            return True
        if key in _set("bodies"):
            return bool(self.support.forms(key))
        if key in _set("titles") or key in _set("dated") or key == "ai":
            return True
        if key in _set("generic"):
            return bool(self.support.forms(key)) or self.context is None or key in self.context.words
        return _is_acronym(token.word) is False and is_common(key) and bool(self.support.forms(key))


@lru_cache(maxsize=1)
def _acronyms() -> dict[Keys, frozenset[Keys]]:
    found: dict[Keys, set[Keys]] = {}
    table = tx.table("names.json")["acronyms"]
    for short, longs in table.items() if isinstance(table, dict) else ():
        one = (tx.fold(short.upper()),)
        for long in longs:
            many = tuple(token.key for token in tx.tokens(long) if token.is_word)
            found.setdefault(one, set()).add(many)
            found.setdefault(many, set()).add(one)
    return {keys: frozenset(others) for keys, others in found.items()}


def check_names(
    claim: str,
    words: tuple[tx.Token, ...],
    support: Support,
    whole: Support,
    context: Context | None,
    *,
    heading: bool = False,
) -> Findings:
    """`name_swapped` or `name_not_found` for each name of the claim that the support does not have; else matches.

    `whole` is the support before alignment (the same object where it was short). A `heading` may name what the document
    as a whole is about.
    """
    reasons: list[Reason] = []
    matches: list[Match] = []
    seeker = _Seeker(support, context)
    language = support.language
    if language == "ar":
        return Findings(tuple(_arabic_names(claim, words, support, context)))
    for run in runs(words, language, support, context):
        missing = seeker.missing(run)
        if missing is None:
            spoken = claim[run[0].start : run[-1].end]
            source = support.words_of(tuple(token.key for token in run))
            matches.append(Match(kind="name", claim=spoken, source=source or spoken))
            continue
        said = frozenset(token.key for token in words)
        if heading and context is not None and all(token.key in context.subject for token in missing):
            continue
        if _is_writer(missing, support, context) or _meant_by_pronoun(missing, said, support, context):
            continue
        elsewhere = _elsewhere(missing, support, whole, context)
        if elsewhere and support is not whole and context is None:
            wide = whole.focus(tuple(token.key for token in words if token.is_word), WIDE)
            if _Seeker(wide, None).missing(missing) is None:
                continue
        spoken = claim[missing[0].start : missing[-1].end]
        code = "name_swapped" if elsewhere else "name_not_found"
        reasons.append(Reason(code=code, claim=spoken, source=_instead(words, support) if elsewhere else None))
    if not reasons and language == "en" and context is not None and not heading:
        reasons += _small_names(claim, words, support, context)
    return Findings(tuple(reasons), tuple(matches))


def _small_names(claim: str, words: tuple[tx.Token, ...], support: Support, context: Context) -> list[Reason]:
    """ "the welfare administration": two nouns that the document has side by side and the support not at all."""
    for one, two in pairwise(words):
        if (
            claim[one.end : two.start] == "-"
            or (one.key, two.key) not in context.pairs
            or not (one.word.islower() and two.word.islower())
        ):
            continue
        if support.forms(one.key) or support.forms(two.key) or not {one.key, two.key} & _set("actor_heads"):
            continue
        return [Reason(code="name_swapped", claim=claim[one.start : two.end])]
    return []


def _elsewhere(missing: tuple[tx.Token, ...], support: Support, whole: Support, context: Context | None) -> bool:
    keys = tuple(token.key for token in missing)
    if context is not None:
        return keys in context.names or all(key in context.words for key in keys)
    return support is not whole and _Seeker(whole, None).missing(missing) is None


def _meant_by_pronoun(missing: tuple[tx.Token, ...], words: Said, support: Support, context: Context | None) -> bool:
    """Whether a pronoun of the support can stand for a name that the sentences right before it have.

    Not where the sentence of the pronoun names somebody whom the claim leaves out: then that one was meant.
    """
    if context is None or (support.codes and places(" ".join(token.word for token in missing))):
        return False
    for number, sentence in enumerate(support.sentences):
        row = support.tokens[number]
        refers = any(token.key in _set("pronouns") for token in row[:8]) or any(
            first.key in {"the", "both", "its", "his", "her", "their"} and second.key in _set("anaphors")
            for first, second in pairwise(row)
        )
        if not refers or any(_unsaid(run, words, support.language) for run in runs(row, support.language)):
            continue
        before = context.before(sentence)
        if before and _Seeker(support_of(before, support.language), context).missing(missing) is None:
            return True
    return False


def _unsaid(run: tuple[tx.Token, ...], words: Said, language: str) -> bool:
    """Whether a name of the support is one that the claim leaves out; places and titles do not count."""
    keys = {token.key for token in run} - _set("dated") - tx.stopwords(language)
    return bool(keys) and keys.isdisjoint(words) and not places(" ".join(token.word for token in run))


def _is_writer(missing: tuple[tx.Token, ...], support: Support, context: Context | None) -> bool:
    """Whether the support speaks in the first person and the name is the one that the document speaks of most."""
    if context is None or _set("first_person").isdisjoint(support.positions):
        return False
    keys = {token.key for token in missing}
    if context.main_names & keys:
        return True
    return bool(keys & _set("bodies")) and keys <= context.opening


def _instead(words: tuple[tx.Token, ...], support: Support) -> str | None:
    """The first name of the support that the claim does not have: what probably stood in its place."""
    said = {token.key for token in words}
    for number, row in enumerate(support.tokens):
        for run in runs(row, support.language):
            if said.isdisjoint(token.key for token in run):
                return support.sentences[number][run[0].start : run[-1].end]
    return None


def name_verdict(
    name: str, aliases: list[str], support: Support, context: Context | None
) -> tuple[list[Reason], list[Match]]:
    """Whether an actor's name, or another of its forms, stands in the support, and each alias in the document."""
    seeker = _Seeker(support, context)
    matches: list[Match] = []
    absent: list[str] = []
    for form in dict.fromkeys([name, *aliases]):
        words = tuple(token for token in tx.tokens(form) if token.is_word)
        if not words or not seeker.has(words):
            absent.append(form)
        else:
            source = support.words_of(tuple(token.key for token in words))
            matches.append(Match(kind="name", claim=form, source=source or form))
    reasons: list[Reason] = []
    for form in absent:
        words = tuple(token for token in tx.tokens(form) if token.is_word)
        known = context is not None and all(token.key in context.words for token in words)
        pronoun = _meant_by_pronoun(words, frozenset(token.key for token in words), support, context)
        if known and (matches or pronoun):
            continue
        reasons.append(Reason(code="name_swapped" if known else "name_not_found", claim=form))
    return reasons, matches


def check_speaker(name: str, support: Support, context: Context | None) -> Findings:
    """Whether a statement can be this speaker's: named in the support, or known and speaking there in the first person
    or under a pronoun."""
    words = tuple(token for token in tx.tokens(name) if token.is_word)
    if not words or _Seeker(support, context).has(words):
        return Findings(matches=(Match(kind="name", claim=name, source=name),) if words else ())
    known = context is not None and all(token.key in context.words for token in words)
    speaking = not _set("first_person").isdisjoint(support.positions)
    said = frozenset(token.key for token in words)
    if known and (speaking or _meant_by_pronoun(words, said, support, context)):
        return Findings()
    return Findings((Reason(code="name_swapped" if known else "name_not_found", claim=name),))


_ATTRIBUTING = frozenset({"بحسب", "وفق", "وفقا", "حسب"})


def _arabic_names(claim: str, words: tuple[tx.Token, ...], support: Support, context: Context | None) -> list[Reason]:
    """Arabic has no capitals: two words side by side that the support lacks are a name where the document has them side
    by side elsewhere, where it has neither, or where one stands behind "according to" or a title."""
    absent = [token.is_word and not token.key[0].isdigit() and not support.forms(token.key) for token in words]
    stop = tx.stopwords("ar")
    for place in range(len(words) - 1):
        one, two = words[place], words[place + 1]
        if not absent[place + 1] or two.key in stop or not two.is_word:
            continue
        introduced = one.key in _ATTRIBUTING or one.key in _set("arabic_triggers")
        if not introduced and (not absent[place] or one.key in stop):
            continue
        said = claim[(two if introduced else one).start : two.end]
        if context is None:
            if introduced:
                return [Reason(code="name_not_found", claim=said)]
            continue
        pair = (one.key, two.key)
        if pair in context.pairs:
            return [Reason(code="name_swapped", claim=said)]
        joined = one.key[0] in "وفلب" or two.key[0] in "بفلكو"  # a conjunction or preposition: no name begins so
        if two.key not in context.words and not joined and (introduced or one.key not in context.words):
            return [Reason(code="name_not_found", claim=said)]
    return []
