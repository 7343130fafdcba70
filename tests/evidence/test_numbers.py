"""Numbers: what is read, and what a support bears out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summariser.evidence.numbers import check_numbers, find_numbers

TURNOVER = "Fines can reach 35 million euros, or 7 percent of worldwide turnover."


def only(text: str, language: str):
    found = find_numbers(text, language)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("1,234.5 tests", "en", "1234.5", None),
        ("1.234,5 pruebas", "es", "1234.5", None),
        ("1 234,5 essais", "fr", "1234.5", None),
        ("15.000 personas", "es", "15000", None),
        ("١٬٢٣٤٫٥ دولة", "ar", "1234.5", None),
        ("€35 million", "en", "35000000", "EUR"),
        ("EUR 35m", "en", "35000000", "EUR"),
        ("35 millions d’euros", "fr", "35000000", "EUR"),
        ("1.200 millones de euros", "es", "1200000000", "EUR"),
        ("mil millones de dólares", "es", "1000000000", "dollar?"),
        ("٣ ملايين يورو", "ar", "3000000", "EUR"),
        ("quatre-vingt-dix-sept pays", "fr", "97", None),
        ("soixante et onze pays", "fr", "71", None),
        ("treinta y cinco países", "es", "35", None),
        ("خمسة وعشرون عضوا", "ar", "25", None),
        ("one hundred and sixty-one members", "en", "161", None),
        ("half a million jobs", "en", "500000", None),
        ("two and a half years", "en", "2.5", "year"),
        ("7%", "en", "7", "percent"),
        ("7 pour cent", "fr", "7", "percent"),
        ("7 por ciento", "es", "7", "percent"),
        ("7 في المئة", "ar", "7", "percent"),
        ("3 percentage points", "en", "3", "points"),
        ("10^26 operations", "en", "1e26", None),
        ("a quarter of firms", "en", "0.25", None),
        ("100k users", "en", "100000", None),
        ("40 MW", "en", "40", "megawatt"),
    ],
)
def test_value_and_unit(text: str, language: str, value: str, unit: str | None) -> None:
    quantity = only(text, language)
    assert quantity.low == quantity.high == Decimal(value)
    assert quantity.unit == unit
    assert text[quantity.start : quantity.end] == quantity.words


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("at least 120 firms", "en", "at_least"),
        ("120 firms or more", "en", "at_least"),
        ("no fewer than 120 firms", "en", "at_least"),
        ("over 120 firms", "en", "more_than"),
        ("up to 120 firms", "en", "at_most"),
        ("not more than 120 firms", "en", "at_most"),
        ("fewer than 120 firms", "en", "less_than"),
        ("some 120 firms", "en", "about"),
        ("nearly 120 firms", "en", "about"),
        ("plus de 120 entreprises", "fr", "more_than"),
        ("jusqu'à 120 entreprises", "fr", "at_most"),
        ("al menos 120 empresas", "es", "at_least"),
        ("hasta 120 empresas", "es", "at_most"),
        ("أكثر من 120 شركة", "ar", "more_than"),
        ("ما لا يقل عن 120 شركة", "ar", "at_least"),
        ("over 5 years", "en", "exact"),
    ],
)
def test_bound(text: str, language: str, bound: str) -> None:
    assert only(text, language).bound == bound


def test_ranges_share_unit_and_scale() -> None:
    quantity = only("$10-15 billion", "en")
    assert (quantity.low, quantity.high, quantity.unit) == (10**10, 15 * 10**9, "dollar?")
    first, second = find_numbers("15 or 35 percent", "en")
    assert first.unit == second.unit == "percent"


def test_names_with_digits_are_names() -> None:
    found = find_numbers("GPT-4, COVID-19, G7, Regulation (EU) 2024/1689", "en")
    assert [quantity.kind for quantity in found] == ["name"] * 4


def test_spans_of_dates_are_skipped() -> None:
    text = "27 states met in 2024"
    assert [q.words for q in find_numbers(text, "en", skip=[(17, 21)])] == ["27"]


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("Fines reach €35 million or 7% of turnover.", TURNOVER),
        ("More than 120 states co-sponsored it.", "It was co-sponsored by 123 countries."),
        ("Over 100 countries signed.", "123 countries signed."),
        ("It creates about 1.2 thousand jobs.", "It creates 1,234.5 jobs."),
        ("It serves nearly 1.3 million people.", "It serves 1.28 million people."),
        ("It costs 2.9 billion.", "It costs 2.87 billion."),
        ("Half of the firms agree.", "50% of the firms agree."),
        ("Three bodies must report.", "The Commission, the Office and the Board must report."),
        ("A fund of $5 million.", "The fund holds USD 5m."),
        ("Within 24 months.", "Within two years."),
        ("Within 12 months.", "Within a year."),
        ("No one of the firms may object.", "Nobody may object."),
        ("One of the bodies objected to this first-ever law.", "The board objected to the law."),
        ("Between 10 and 15 percent.", "10–15 percent"),
        ("Growth from 3 percent to 5 percent.", "Growth is between 3 percent and 5 percent."),
        ("Up to 15 percent.", "10–15 percent"),
        ("A 27-nation bloc.", "A bloc of 27 nations."),
        ("Sales doubled.", "Sales rose from 5 to 10."),
        ("Plus de 120 pays l'ont signé dans le monde.", "It was signed by more than 120 countries."),
        ("Al menos 120 países lo firmaron en la sede.", "At least 120 countries signed it."),
        ("وقعت أكثر من ١٢٠ دولة", "It was signed by more than 120 countries."),
        ("Article 5(2) bans it.", "Under Article 5(2) it is banned."),
        ("Nearly two-thirds of those asked agree.", "Some 65 percent of those polled agree."),
        ("One in five jobs is at risk.", "20% of jobs are at risk."),
        ("It trains 100,000 people.", "It trains 100 000 people."),
        (
            "El fondo tiene 1.500 millones de euros en total.",
            "El fondo tiene mil quinientos millones de euros en total.",
        ),
        ("The bill passed 60 to 34.", "The Senate voted 60-34 to pass the bill."),
        ("A dozen companies signed.", "Twelve companies signed."),
        ("An increase of 870 infections.", "870 people fell ill, and the pace slowed to 170 infections."),
        ("It takes 20 days.", "The time it takes fell from 30 days to 20."),
        ("The first 200 places open in May.", "There are 1,500 places, of which the first 200 open in May."),
        ("Chad and five other states founded it.", "Chad was among six states that founded it."),
        ("Four states endorsed it.", "Endorsed by: Chad, Mali, Niger, Togo."),
        ("More than 30 firms.", "38 firms."),
        ("Un plan de 2,4 milliards pour les villes.", "« Deux virgule quatre milliards, c'est peu pour les villes »"),
        ("Les deux premières années de la loi.", "It covers the first two years of the law."),
    ],
)
def test_borne_out(claim: str, support: str) -> None:
    assert check_numbers(claim, support).reasons == ()


@pytest.mark.parametrize(
    ("claim", "support", "code"),
    [
        ("Fines reach €15 million.", TURNOVER, "number_mismatch"),
        ("Fines reach 3% of turnover.", TURNOVER, "number_mismatch"),
        ("Fines reach 35 million dollars.", TURNOVER, "unit_mismatch"),
        ("Fines reach 35 billion euros.", TURNOVER, "unit_mismatch"),
        ("It rose by 5 percentage points.", "It rose by 5 percent.", "unit_mismatch"),
        ("At most 120 countries signed.", "More than 120 countries signed.", "bound_flipped"),
        ("Exactly 123 countries signed.", "More than 120 countries signed.", "number_mismatch"),
        ("At least 120 firms.", "Up to 120 firms.", "bound_flipped"),
        ("More than 120 firms.", "120 firms.", "bound_flipped"),
        ("Up to 120 firms.", "At least 120 firms.", "bound_flipped"),
        ("Au plus 120 pays l'ont signé dans le monde.", "Plus de 120 pays l'ont signé dans le monde.", "bound_flipped"),
        ("Hasta 120 países en la lista.", "Al menos 120 países en la lista.", "bound_flipped"),
        ("It takes 60 days.", "It takes 90 days.", "number_mismatch"),
        ("It costs about 3 billion.", "It costs 2.3 billion.", "number_not_found"),
        ("Four bodies must report.", "The Commission, the Office and the Board must report.", "number_not_found"),
        ("Article 6 bans it.", "Article 5 bans it.", "number_mismatch"),
        ("GPT-5 was launched.", "GPT-4 was launched.", "number_mismatch"),
        ("Five bodies decide.", "Article 5 applies.", "number_not_found"),
        ("The third reading.", "The second reading.", "number_mismatch"),
        ("The first reading.", "The second reading.", "number_mismatch"),
        ("27 countries and 5 firms.", "5 countries and 27 firms.", "number_mismatch"),
        ("10 to 18 percent.", "Between 10 and 15 percent.", "number_mismatch"),
        ("Between $1.5 billion and $3.5 billion.", "Between $2.5 billion and $3.5 billion.", "number_mismatch"),
        ("A 4D model.", "A 3D model.", "number_mismatch"),
        ("Regulation 2024/1689 applies.", "Regulation (EU) 2024/1688 applies.", "number_not_found"),
        ("Sales doubled.", "Sales rose by 20 percent.", "number_not_found"),
        ("Firms with more than 35 workers.", "Firms with more than 25 workers instead of 50.", "number_mismatch"),
        ("Up to 5,800 processors.", "4,800 processors.", "number_mismatch"),
        ("It takes 20 days.", "It takes 30 days, the 20 said.", "number_mismatch"),
        ("For a first straight session.", "For a second straight session.", "number_mismatch"),
        ("Above the 1% cap.", "Above the 0.5% cap, by 0.97%.", "number_mismatch"),
    ],
)
def test_not_borne_out(claim: str, support: str, code: str) -> None:
    assert code in {reason.code for reason in check_numbers(claim, support).reasons}


def test_a_term_may_stand_as_a_date_in_the_support() -> None:
    support = "Within 90 days, the agency shall report."
    assert check_numbers("It has 90 days to report.", support, support_skip=[(0, 14)]).reasons == ()
    assert check_numbers("It has 60 days to report.", support, support_skip=[(0, 14)]).reasons


def test_matches_and_reasons_are_verbatim() -> None:
    claim = "Fines reach €35 million or 3% of turnover."
    findings = check_numbers(claim, TURNOVER)
    (match,), (reason,) = findings.matches, findings.reasons
    assert (match.claim, match.source) == ("€35 million", "35 million euros")
    assert match.claim in claim
    assert match.source in TURNOVER
    assert (reason.claim, reason.source) == ("3%", "7 percent")


@given(value=st.integers(3, 98_765), edit=st.integers(1, 4000))
def test_an_edited_number_is_caught(value: int, edit: int) -> None:
    support = f"The agency hired {value:,} inspectors last spring."
    claim = f"The agency hired {value + edit:,} inspectors."
    assert check_numbers(f"The agency hired {value:,} inspectors.", support).reasons == ()
    assert check_numbers(claim, support).reasons


ODD = st.text(st.characters() | st.sampled_from("0123456789.,%€$-/^ ²½'’\ud800\0\u064bم"), max_size=60)


@settings(max_examples=200)
@given(claim=ODD, support=ODD, language=st.sampled_from([None, "en", "fr", "es", "ar", "de", "xx", ""]))
def test_never_raises(claim: str, support: str, language: str | None) -> None:
    for quantity in find_numbers(claim, language):
        assert claim[quantity.start : quantity.end] == quantity.words
    for match in check_numbers(claim, support, language=language).matches:
        assert match.claim in claim
        assert match.source in support


@pytest.mark.parametrize(
    "text", ["7" * 50_000, "1," * 5_000, "1 " * 2_000, "one " * 2_000, "10^" * 2_000, "a. " * 5_000]
)
def test_long_odd_texts_are_read(text: str) -> None:
    assert isinstance(check_numbers(text, text[:1000]).reasons, tuple)
