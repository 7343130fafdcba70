"""Whether a support has a name: its words side by side, without titles, or under an alias.

An alias is an acronym that the text introduces or that is widely known, a demonym for its country, a surname for a
full name of the same document.
"""

from __future__ import annotations

from functools import lru_cache

from summariser.evidence import text as tx
from summariser.evidence.context import Context, Keys
from summariser.evidence.jurisdiction import places
from summariser.evidence.names_runs import is_acronym, is_common, listed
from summariser.evidence.support import Support

_TERRITORY = ("country", "nation", "kingdom", "province", "republic")
_ARTICLES = frozenset({"the", "a", "an"})


class Seeker:
    """Looks the names of one claim up in a support."""

    def __init__(self, support: Support, context: Context | None) -> None:
        self.support = support
        self.context = context

    def missing(self, run: tuple[tx.Token, ...]) -> tuple[tx.Token, ...] | None:
        """The part of a name that the support does not have, or None where it has all of it."""
        if self._stands(tuple(token.key for token in run)):
            return None
        kept = list(run)
        if len(run) > 1 and all(token.key in listed("titles") and not self.support.forms(token.key) for token in run):
            return run
        while kept and kept[0].key in listed("titles"):
            kept.pop(0)
        while kept and kept[-1].key in listed("titles") and kept[-1].key not in self.support.positions:
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
        if any(token.capital for token in words):
            parts: list[list[tx.Token]] = [[]]
            for token in words:
                if token.capital:
                    parts[-1].append(token)
                elif parts[-1]:
                    parts.append([])
                if token.word.endswith(("'s", "’s")):
                    parts.append([])
            small = [token for token in words if not token.capital]
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
        return key in listed("titles") or key in listed("generic") or is_acronym(token.word)

    def _token_stands(self, token: tx.Token) -> bool:
        key = token.key
        if key in self.support.positions or self._by_alias((key,)):
            return True
        if key.rstrip("s") in self.support.positions or key + "s" in self.support.positions:
            return True
        if key in listed("bodies"):
            return bool(self.support.forms(key))
        if key in listed("titles") or key in listed("dated") or key == "ai":
            return True
        if key in listed("generic"):
            return bool(self.support.forms(key)) or self.context is None or key in self.context.words
        return is_acronym(token.word) is False and is_common(key) and bool(self.support.forms(key))


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
