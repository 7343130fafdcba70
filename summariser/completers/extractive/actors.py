"""Who acts in the text: names merged with their aliases, their kind, and the role that the text states."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from summariser.completers.extractive.clauses import finite
from summariser.completers.extractive.known import known_names
from summariser.completers.extractive.lexicon import Lexicon
from summariser.completers.extractive.lines import Page
from summariser.completers.extractive.names import Mention, capitals, mentions
from summariser.completers.extractive.when import named_places
from summariser.schema import ActorKind, DraftActor

MOST = 20
_EVIDENCE = 3
_NO_CAPITALS = frozenset({"ar", "fa", "he", "hi", "ur", "ja", "zh", "ko", "th"})
_ARABIC_AND = re.compile(r"^[وف](?=ال)")
_UNIONS = frozenset({"EU", "UN", "AU", "G7", "G20", "OECD", "ASEAN", "COE", "NATO", "BRICS", "GCC", "AL", "WTO", "WHO"})
_ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z&]{1,9})\)")
_AFTER = re.compile(r",\s(?P<role>[^,;:—–“”\"]{3,120}?)(?=,|;|:|\s—|\s–|[.!?]$|\.\s|$)")
_LEADING_ARTICLE = re.compile(r"^(?:the|a|an|le|la|el|l’)\s", re.IGNORECASE)
_BEFORE = re.compile(r"(?P<role>[^,;:.—–“”\"]{3,120}),\s$")


@dataclass
class Group:
    """All mentions of one actor."""

    key: str
    mentions: list[Mention] = field(default_factory=list)
    forms: dict[str, int] = field(default_factory=dict)
    kind: ActorKind | None = None
    roles: list[tuple[str, int]] = field(default_factory=list)
    acts: int = 0


def actors(page: Page) -> list[DraftActor]:
    """The actors of a page, the most mentioned first; at most `MOST`."""
    if page.lexicon.language in _NO_CAPITALS:
        return _places_only(page)
    caps = capitals(page)
    found = [mention for line in page.lines for mention in mentions(page, line, caps)]
    groups = _grouped(page, found)
    for group in groups:
        _describe(page, group)
    kept = [group for group in groups if group.kind is not None]
    kept.sort(key=lambda group: (-_weight(group), group.mentions[0].line.place, group.mentions[0].start))
    return [_draft(group) for group in kept[:MOST]]


def _places_only(page: Page) -> list[DraftActor]:
    """Countries and their unions, for scripts where nothing else tells a name from a word."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    kinds: dict[str, ActorKind] = {}
    for line in page.lines:
        for code, kind, words in named_places(line.text):
            if (kind == "name" and len(code) == 2) or code in _UNIONS:
                found[code][_ARABIC_AND.sub("", words)].append(line.number)
                kinds[code] = "intergovernmental" if code in _UNIONS else "country"
    drafts = []
    for code, forms in sorted(found.items(), key=lambda item: -sum(map(len, item[1].values()))):
        name, *aliases = sorted(forms, key=lambda form: (len(form), -len(forms[form]), form))
        drafts.append(DraftActor(name=name, aliases=aliases, kind=kinds[code], ev=sorted(set(forms[name]))[:_EVIDENCE]))
    return drafts[:MOST]


def _weight(group: Group) -> int:
    """Mentions; who does something or holds an office counts more than a name in a list."""
    return len(group.mentions) + min(2, group.acts) + bool(group.roles)


def _grouped(page: Page, found: list[Mention]) -> list[Group]:
    known = known_names(page.language)
    groups: dict[str, Group] = {}
    acronyms = _acronyms(found)
    for mention in sorted(found, key=lambda mention: -len(mention.name.split())):
        name = mention.name.replace("'", "’")
        if name in known:
            key = known[name].key
        elif name in acronyms:
            key = known[acronyms[name]].key if acronyms[name] in known else acronyms[name]
        else:
            key = _same(name, groups, page) or name
        group = groups.setdefault(key, Group(key))
        group.mentions.append(mention)
        group.forms[mention.name] = group.forms.get(mention.name, 0) + 1
        if key in {entry.key for entry in (known.get(name),) if entry}:
            group.kind = known[name].kind
    for group in groups.values():
        group.mentions.sort(key=lambda mention: (mention.line.place, mention.start))
    return list(groups.values())


def _acronyms(found: Iterable[Mention]) -> dict[str, str]:
    """Short forms that the text introduces in brackets: "Digital Development Agency (ADD)"."""
    introduced = {}
    for mention in found:
        after = _ACRONYM.match(mention.line.text, mention.end)
        if after and len(mention.name.split()) > 1:
            introduced[after.group(1)] = mention.name.replace("'", "’")
    return introduced


def _same(name: str, groups: dict[str, Group], page: Page) -> str | None:
    """The one longer name that a shorter form stands for: its last words, or the words of a person's name."""
    words = name.split()
    fits = []
    for key in groups:
        longer = key.split()
        if len(longer) <= len(words):
            continue
        tail = longer[-len(words) :] == words
        subset = len(words) > 1 and longer[0] == words[0] and set(words) <= set(longer)
        inner = len(words) > 1 and any(longer[i : i + len(words)] == words for i in range(len(longer)))
        # "the Department" for the Department of Technology, "Lumen" for Lumen Labs
        follows = longer[1].lower() in {"of", "for", "on", "de"} | page.lexicon.words("names.company")
        head = len(words) == 1 and longer[0] == words[0] and follows
        if tail or head or ((subset or inner) and not {"of", "for"} & set(longer)):
            fits.append(key)
    return fits[0] if len(fits) == 1 else None


def _describe(page: Page, group: Group) -> None:
    lexicon = page.lexicon
    for mention in group.mentions:
        group.acts += _acts(mention, lexicon)
        if mention.title:
            group.roles.append((mention.title, mention.line.number))
        beside = _role_beside(mention, lexicon)
        if beside:
            group.roles.append((beside, mention.line.number))
    if group.kind is None:
        group.kind = _kind(group, lexicon)
    if (group.kind == "country" and group.key.isupper() and len(group.key) == 2) or group.kind != "person":
        group.roles.clear()


def _acts(mention: Mention, lexicon: Lexicon) -> int:
    """1 where a verb of saying or doing follows the name, or a verb of saying stands before it."""
    before = mention.line.text[: mention.start].split()[-1:]
    if before and before[0].lower() in lexicon.words("speech"):
        return 1
    after = mention.line.text[mention.end :]
    if not after.startswith((" ", ", ")):
        return 0
    verb = finite("x" + after[:40], lexicon)
    return int(verb is not None and verb <= 3)


def _role_beside(mention: Mention, lexicon: Lexicon) -> str | None:
    """The office in an apposition after the name, or before it and a comma."""
    if len(mention.name.split()) < 2:
        return None
    text, roles = mention.line.text, lexicon.words("names.role_nouns")
    after = _AFTER.match(text, mention.end)
    if after:
        role = _LEADING_ARTICLE.sub("", re.split(r" (?:who|which|that) ", after["role"], maxsplit=1)[0])
        first = [word.lower().strip(",.") for word in role.split()[:6]]
        if roles & set(first) and finite("x " + role, lexicon) is None and _one_office(role, lexicon):
            return role
    before = _BEFORE.search(text[: mention.start])
    if before:
        words = before["role"].split()
        places = [place for place, word in enumerate(words) if word.lower() in roles]
        if places:
            start = _office_start(words, places[0], lexicon)
            role = _LEADING_ARTICLE.sub("", " ".join(words[start:]))
            if finite("x " + role, lexicon) is None:
                return role
    return None


def _one_office(role: str, lexicon: Lexicon) -> bool:
    first = role.split(maxsplit=1)[0].lower()
    return first not in {"who", "which", "and", "or", "but", "as", "while", "said", "says"} | lexicon.words("speech")


def _office_start(words: list[str], place: int, lexicon: Lexicon) -> int:
    """Where an office begins: capitals, possessives and modifiers before its noun belong to it."""
    owners = [at for at in range(max(0, place - 4), place) if words[at].endswith(("’s", "'s"))]
    if owners:
        return owners[0]  # "Estonia's data protection chief"
    start = place
    while start and (
        words[start - 1].lower() in lexicon.words("names.title_modifiers")
        or (words[start - 1][:1].isupper() and start - 1 > 0)
        or words[start - 1].endswith(("’s", "'s"))
    ):
        start -= 1
    return start


def _kind(group: Group, lexicon: Lexicon) -> ActorKind | None:
    """What kind of actor a name is, or None where nothing says that it acts at all."""
    name = max(group.forms, key=len)
    words = [word.lower().replace("’", "'") for word in name.split()]
    heads = _heads(words)
    if words[-1] in lexicon.words("names.role_nouns") | lexicon.words("names.titles"):
        return None
    field_of_office = set(words) & (lexicon.words("names.portfolio") - {"of", "and", "the", "for"})
    if (group.roles or any(mention.person for mention in group.mentions)) and not field_of_office:
        return "person"
    if set(words) <= _no_names(lexicon) | {"of", "the"} or heads & lexicon.words("names.not_actors"):
        return None
    if set(words) <= lexicon.words("names.portfolio"):
        return None
    if heads & {"institute", "centre", "center"} and set(words) & {"safety", "security", "testing", "standards"}:
        return "government_body"
    tables: tuple[tuple[ActorKind, str], ...] = (
        ("academia", "names.academia"),
        ("government_body", "names.government"),
        ("civil_society", "names.civil"),
        ("intergovernmental", "names.intergovernmental_words"),
        ("company", "names.company"),
    )
    for kind, table in tables:
        if heads & lexicon.words(table) and (len(words) > 1 or kind == "government_body"):
            return kind
    if any(word.isdigit() for word in words):
        return None
    if any(_called_company(mention, lexicon) for mention in group.mentions):
        return "company"
    articled = all(mention.line.text[: mention.start].lower().endswith("the ") for mention in group.mentions)
    if (
        group.acts
        and 2 <= len(words) <= 4
        and not articled
        and not field_of_office
        and not set(words) & _no_names(lexicon)
    ):
        return "person"
    return "other" if group.acts > 1 and len(group.mentions) > 2 else None


def _no_names(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.words("names.not_names") | lexicon.words("names.calendar")


def _called_company(mention: Mention, lexicon: Lexicon) -> bool:
    """ "Safaricom, the largest operator," or "chipmaker Norvia": the text says that it is a firm."""
    nouns = lexicon.words("names.company_nouns")
    before = mention.line.text[: mention.start].split()[-1:]
    after = re.match(r",\s([^,;:.]{3,80}),", mention.line.text[mention.end :])
    beside = after.group(1).lower().split() if after and after.group(1).startswith(("the ", "a ", "an ")) else []
    return bool(nouns & {word.lower() for word in (*before, *beside)})


def _heads(words: list[str]) -> set[str]:
    """The words that say what a name is: the last one, or the one before "of" and "for"."""
    for joiner in ("of", "for", "on", "de", "pour", "para"):
        if joiner in words[1:]:
            return {words[words.index(joiner, 1) - 1], words[0]}
    return {words[-1], words[0]} if len(words) > 2 else {words[-1]}


def _draft(group: Group) -> DraftActor:
    name = _best_form(group)
    role = max(group.roles, key=lambda role: len(role[0]), default=None)
    named = defaultdict(list)
    for mention in group.mentions:
        named[mention.line.number].append(mention)
    first = next(mention.line.number for mention in group.mentions if mention.name == name)
    evidence = [first] + ([role[1]] if role else []) + list(named)
    return DraftActor(
        name=name,
        aliases=[form for form in sorted(group.forms, key=lambda form: (-group.forms[form], form)) if form != name],
        kind=group.kind or "other",
        role=role[0] if role else None,
        ev=sorted(list(dict.fromkeys(evidence))[:_EVIDENCE]),
    )


def _best_form(group: Group) -> str:
    """The fullest form in the text."""
    return max(group.forms, key=lambda form: (len(form.split()), len(form), group.forms[form]))
