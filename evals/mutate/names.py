"""Invented names, names swapped for others of the document, and roles that have changed places."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from evals.labels import ActorLabel
from evals.mutate.claims import Claim, Mutant, World, draft_actor, pick, stands_in, tables
from evals.words import content, fold, overlap_f1
from summariser.schema import DraftActor, DraftKeyPoint


def invented_names(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """A name that stands nowhere in the article: instead of an actor's, or as the one who says so."""
    if isinstance(claim.item, DraftActor):
        now = _invented(claim.item.kind, world, rng)
        if now:
            yield Mutant("invented_name", claim.changed(name=now, aliases=[]), claim.item.name, now)
        return
    if not isinstance(claim.item, DraftKeyPoint):
        return
    text = claim.item.text
    named = [(actor, hit) for actor in world.labels.actors if (hit := world.form_in(actor.name, text))]
    if named:
        actor, hit = rng.choice(named)
        now = _invented(actor.kind, world, rng)
        if now:
            yield Mutant("invented_name", _put(claim, hit.span(), now), hit.group(), now)
    now = _invented("person", world, rng)
    form = tables()["attributed"].get(claim.case.language)
    if now and form and "”" not in text:
        said = form.format(text=text.rstrip("."), name=now)
        yield Mutant("invented_name", claim.reworded(said), "(nobody)", now)


def _invented(kind: str, world: World, rng: random.Random) -> str | None:
    pool = tables()["invented"]
    options = pool["ar"] if world.case.language == "ar" else pool[kind]
    return pick(rng, [name for name in options if fold(name) not in world.text])


def swapped_names(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """An actor's name replaced by another actor of the same kind whom the cited sentences do not name."""
    if isinstance(claim.item, DraftActor):
        own = next(actor for actor in world.labels.actors if actor.name == claim.item.name)
        other = pick(rng, _strangers(own, claim, world))
        if other:
            yield Mutant("name_swap", claim.changed(name=other, aliases=[]), own.name, other)
        return
    if not isinstance(claim.item, DraftKeyPoint):
        return
    named = [(actor, hit) for actor in world.labels.actors if (hit := world.form_in(actor.name, claim.item.text))]
    rng.shuffle(named)
    for actor, hit in named:
        other = pick(rng, _strangers(actor, claim, world))
        if other:
            yield Mutant("name_swap", _put(claim, hit.span(), other), hit.group(), other)
            return


def _strangers(actor: ActorLabel, claim: Claim, world: World) -> list[str]:
    """Actors of the same kind of whom no form, and no telling word of a name, stands in the cited sentences."""
    mine = {word for form in world.actors[actor.name] for word in content(form, claim.case.language)}
    there = set(content(claim.support + " " + claim.text, claim.case.language))
    found = []
    for other in world.labels.actors:
        if other.name == actor.name or other.kind != actor.kind:
            continue
        theirs = set(content(other.name, claim.case.language))
        absent = not any(stands_in(form, claim.support) for form in world.actors[other.name])
        if absent and not theirs & mine and not theirs <= there:
            found.append(other.name)
    return found


def swapped_roles(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """Two actors of a key point change places; an actor is given the role of another of its kind.

    Where one fact holds for both ("A and B agreed", "A met B") a change of places is no error: no such mutant is made.
    """
    if isinstance(claim.item, DraftActor):
        yield from _role_of_another(claim, world, rng)
    elif isinstance(claim.item, DraftKeyPoint):
        yield from _changed_places(claim, world)


def _role_of_another(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    own = next(actor for actor in world.labels.actors if actor.name == claim.name)
    language = claim.case.language
    rivals = [
        other
        for other in world.labels.actors
        if other.name != own.name
        and other.kind == own.kind
        and other.role
        and own.role
        and overlap_f1(other.role, own.role, language) < 0.4
        and not set(content(other.role, language)) <= set(content(own.role, language))
    ]
    if rivals:
        other = rng.choice(rivals)
        # A model that mixes two people up cites the sentences of both.
        where = claim.sentences | claim.case.locator.sentences(other.sentences)
        draft = draft_actor(own, where).model_copy(update={"role": other.role})
        wrong = Claim(claim.case, claim.name, draft, where)
        yield Mutant("role_swap", wrong, own.role or "", other.role or "")


_LISTED = re.compile(r"\b(and|or|et|ou|y|with|avec|con|including|of|de|for|at)\s*(the\s|la\s|l['’])?$")


def _changed_places(claim: Claim, world: World) -> Iterator[Mutant]:
    text = claim.text
    hits = sorted(
        ((hit.start(), hit.end(), actor) for actor in world.labels.actors if (hit := world.form_in(actor.name, text))),
        key=lambda hit: hit[0],
    )
    folded = fold(text)
    if any(stands_in(word, text) or (len(word) > 6 and word in folded) for word in tables()["symmetric"]):
        return
    for (start, end, first), (start2, end2, second) in pairwise(hits):
        between = text[end:start2]
        verb = re.search(r"\w{2,}\W+\w{2,}", between)  # not only "and", a comma or "of"
        nested = end > start2 or set(content(first.name)) & set(content(second.name))
        listed = re.search(
            r"\b(and|or|et|ou|y|with|avec|con|including|of|de|for|at)\s*(the\s|la\s|l['’])?$", between.lower()
        )
        if not verb or nested or listed or "," in between or first.kind != second.kind:
            continue
        swapped = text[:start] + text[start2:end2] + between + text[start:end] + text[end2:]
        yield Mutant("role_swap", claim.reworded(swapped), f"{first.name} … {second.name}", "changed places")
        return


def _put(claim: Claim, span: tuple[int, int], now: str) -> Claim:
    text = claim.text
    return claim.reworded(text[: span[0]] + now + text[span[1] :])
