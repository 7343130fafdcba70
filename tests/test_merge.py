"""What was read twice becomes one, and what only looks alike stays two."""

from __future__ import annotations

from summariser.merge import merge, merge_actors, merge_milestones
from summariser.schema import DraftActor, DraftKeyPoint, DraftMilestone, DraftSummary


def _bill(**changes: object) -> DraftMilestone:
    facts: dict[str, object] = {
        "title": "Assembly adopts the Automated Decisions Bill",
        "date": "2025-03",
        "date_text": "March 2025",
        "jurisdictions": ["KE"],
        "instrument": "law",
        "status": "adopted",
        "ev": [4],
    }
    return DraftMilestone.model_validate(facts | changes)


def test_an_actor_is_found_again_by_its_acronym() -> None:
    merged = merge_actors(
        [
            DraftActor(name="National Data Office", aliases=["NDO"], kind="government_body", ev=[1]),
            DraftActor(name="NDO", kind="other", ev=[40, 41]),
        ]
    )
    (one,) = merged
    assert (one.name, one.aliases, one.kind, one.ev) == (
        "National Data Office",
        ["NDO"],
        "government_body",
        [1, 40, 41],
    )


def test_two_people_of_one_name_stay_two_where_their_roles_differ() -> None:
    merged = merge_actors(
        [
            DraftActor(name="Lina Haddad", kind="person", role="minister for digital affairs", ev=[2]),
            DraftActor(name="Lina Haddad", kind="person", role="professor of law at Tunis", ev=[9]),
        ]
    )
    assert len(merged) == 2


def test_people_who_share_a_surname_alias_stay_two() -> None:
    merged = merge_actors(
        [
            DraftActor(name="Lina Haddad", aliases=["Haddad"], kind="person", ev=[2]),
            DraftActor(name="Omar Haddad", aliases=["Haddad"], kind="person", ev=[9]),
        ]
    )
    assert [actor.name for actor in merged] == ["Lina Haddad", "Omar Haddad"]


def test_diacritics_and_case_do_not_make_a_second_actor() -> None:
    merged = merge_actors(
        [
            DraftActor(name="Commission européenne", kind="government_body", ev=[1]),
            DraftActor(name="COMMISSION EUROPEENNE", kind="government_body", ev=[7]),
        ]
    )
    assert [actor.ev for actor in merged] == [[1, 7]]


def test_one_event_reported_twice_keeps_the_more_precise_date() -> None:
    (one,) = merge_milestones([_bill(), _bill(date="2025-03-12", date_text="12 March 2025", ev=[30], binding=True)])
    assert (one.date, one.date_text, one.ev, one.binding) == ("2025-03-12", "12 March 2025", [4, 30], True)


def test_stages_dates_and_places_keep_events_apart() -> None:
    others = [_bill(status="proposed"), _bill(date="2024"), _bill(jurisdictions=["UG"])]
    for other in others:
        assert len(merge_milestones([_bill(), other])) == 2


def test_a_broken_date_neither_raises_nor_merges() -> None:
    assert len(merge_milestones([_bill(date="next spring"), _bill()])) == 2


def test_parts_are_joined_in_order_and_repeats_dropped() -> None:
    def part(text: str, ev: int) -> DraftSummary:
        return DraftSummary(highlights=[], key_points=[DraftKeyPoint(text=text, ev=[ev])], actors=[], milestones=[])

    merged = merge(
        [
            part("The office fined two firms in May.", 3),
            part("In May, the office fined two firms.", 3),
            part("The fund holds 40 million euros.", 9),
        ]
    )
    assert [point.ev for point in merged.key_points] == [[3], [9]]
