"""Dates: what is read at which precision, and what a support bears out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summariser.evidence.dates import check_date_value, check_dates, find_dates
from summariser.schema import PartialDate

DAY = PartialDate("2024-11-20")  # a Wednesday
TWO = "The Data Act was adopted on 21 May 2023 and entered into force on 1 August 2024."


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("on 14 May 2024", "en", "2024-05-14"),
        ("on Tuesday, May 14th, 2024", "en", "2024-05-14"),
        ("in January 2024", "en", "2024-01"),
        ("in the third quarter of 2024", "en", "2024-Q3"),
        ("in Q3 2024", "en", "2024-Q3"),
        ("2024-03-21", "en", "2024-03-21"),
        ("since 2019", "en", "2019"),
        ("le 1er mars 2024", "fr", "2024-03-01"),
        ("au troisième trimestre 2024", "fr", "2024-Q3"),
        ("12/01/2024", "fr", "2024-01-12"),
        ("el 3 de enero del 2019", "es", "2019-01-03"),
        ("veintiocho de marzo de 2024", "es", "2024-03-28"),
        ("١٤ مايو ٢٠٢٤", "ar", "2024-05-14"),
        ("14 كانون الثاني 2024", "ar", "2024-01-14"),
        ("في غشت 2024", "ar", "2024-08"),
        ("في 31 كانون الأول/ديسمبر 2024", "ar", "2024-12-31"),
        ("الربع الرابع من عام 2026", "ar", "2026-Q4"),
        ("el 3 de setiembre de 2025", "es", "2025-09-03"),
        ("in week 38 of 2026", "en", "2026-09"),
        ("They start on Aug 2, 2026.", "en", "2026-08-02"),
    ],
)
def test_stated(text: str, language: str, value: str) -> None:
    (mention,) = find_dates(text, language)
    assert (mention.value, mention.basis) == (value, "stated")
    assert text[mention.start : mention.end] == mention.words


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("It met yesterday.", "en", "2024-11-19"),
        ("It met on Monday.", "en", "2024-11-18"),
        ("It will meet on Monday.", "en", "2024-11-25"),
        ("It met last month.", "en", "2024-10"),
        ("It starts next year.", "en", "2025"),
        ("It met two days ago.", "en", "2024-11-18"),
        ("It was founded two years ago.", "en", "2022"),
        ("It applies within 24 months.", "en", "2026-11"),
        ("It met on 3 March.", "en", "2024-03-03"),
        ("It was passed on 27 March by 203 votes.", "en", "2024-03-27"),
        ("It must file by 27 March.", "en", "2025-03-27"),
        ("It met on Feb 2 this year.", "en", "2024-02-02"),
        ("It starts on Jan. 1 of next year.", "en", "2025-01-01"),
        ("It will be heard in the spring.", "en", "2025"),
        ("la semaine du mois dernier", "fr", "2024-10"),
        ("il y a deux ans", "fr", "2022"),
        ("avant-hier", "fr", "2024-11-18"),
        ("el próximo lunes", "es", "2024-11-25"),
        ("hace dos años", "es", "2022"),
        ("الشهر الماضي", "ar", "2024-10"),
        ("قبل عامين", "ar", "2022"),
    ],
)
def test_resolved_from_the_dateline(text: str, language: str, value: str) -> None:
    (mention,) = find_dates(text, language, DAY)
    assert (mention.value, mention.basis) == (value, "resolved")
    (alone,) = find_dates(text, language)
    assert (alone.value, alone.basis) == (None, "none")


def test_ranges() -> None:
    for text in ("3–5 March 2024", "between 3 and 5 March 2024", "from 3 to 5 March 2024"):
        (mention,) = find_dates(text, "en")
        assert (mention.value, mention.last) == ("2024-03-03", "2024-03-05"), text
    (months,) = find_dates("March to May 2024", "en")
    assert (months.value, months.last) == ("2024-03", "2024-05")


def test_a_step_is_counted_from_the_date_beside_it() -> None:
    (mention,) = find_dates("two weeks after 1 March 2024", "en")
    assert mention.value == "2024-03-15"


def test_day_and_month_in_either_order() -> None:
    (mention,) = find_dates("12/01/2024", "en")
    assert mention.value == "2024"
    assert len(mention.readings) == 2
    (decided,) = find_dates("12/01/2024", "en", PartialDate("2024-01-15"))
    assert decided.value == "2024-01-12"
    (only,) = find_dates("22/01/2024", "en")
    assert only.value == "2024-01-22"


@pytest.mark.parametrize(
    "text", ["It may act.", "2000 pieces", "Regulation 2024/1689", "march on", "more than 2020 people", "v. 2.4.2024.1"]
)
def test_no_date(text: str) -> None:
    assert find_dates(text, "en", DAY) == ()


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("In 2024.", "In March 2024."),
        ("In October 2024.", "Last month."),
        ("On 19 November 2024.", "On Tuesday."),
        ("On Tuesday.", "On 19 November 2024."),
        ("Within 24 months.", "Within two years."),
        ("24 months after entry into force.", "24 months after entry into force."),
        ("In Q3 2024.", "In the third quarter of 2024."),
        ("In mid-2025.", "In June 2025."),
        ("In late 2025.", "By the end of 2025."),
        ("From 2021 to 2027.", "The 2021–2027 budget."),
        ("Le 14 mai 2024.", "On 14 May 2024."),
        ("El 14 de mayo de 2024.", "On 14 May 2024."),
        ("في 14 مايو 2024", "On 14 May 2024."),
        ("The 2030 plan.", "The plan is named Horizon 2030."),
        ("On 14 May.", "On 14 May 2019."),
        ("On 14 May 2024.", "On 14 May."),
        ("12 January 2019.", "12/01/2019."),
        ("December 1, 2019.", "12/01/2019."),
        ("Two years ago.", "In 2022."),
        ("20 days after publication.", "On the twentieth day following publication."),
        ("From 1 to 2 November 2023.", "On 1 and 2 November 2023."),
        ("In early 2025.", "In February 2025."),
        ("By 31 December 2025.", "By the end of 2025."),
        ("In Q4 2025.", "By the end of 2025."),
        ("Between March and May 2024.", "Between 3 March 2024 and 9 May 2024."),
        ("It passed in 2024.", "It was tabled in 2024 and, in the same year, passed."),
    ],
)
def test_borne_out(claim: str, support: str) -> None:
    findings = check_dates(claim, support, published=DAY)
    assert findings.reasons == ()
    assert all(match.claim in claim and match.source in support for match in findings.matches)
    assert findings.matches


@pytest.mark.parametrize(
    ("claim", "support", "code"),
    [
        ("From 2 August 2027.", "From 2 August 2026.", "date_mismatch"),
        ("On 13 May 2024.", "On 14 May 2024.", "date_mismatch"),
        ("In March 2024.", "In 2024.", "date_padded"),
        ("On 14 March 2024.", "In March 2024.", "date_padded"),
        ("In mid-2025.", "In 2025.", "date_padded"),
        ("In March 2024.", "The law was signed.", "date_not_found"),
        ("On 30 February 2024.", "On 28 February 2024.", "date_impossible"),
        ("On 20 November 2024.", "On Tuesday.", "date_mismatch"),
        ("On Wednesday.", "On Tuesday.", "date_mismatch"),
        ("Within 24 months.", "Within 36 months.", "date_mismatch"),
        ("In early 2025.", "In late 2025.", "date_mismatch"),
        ("From 2021 to 2028.", "From 2021 to 2027.", "date_mismatch"),
        ("Before 2 August 2026.", "After 2 August 2026.", "date_mismatch"),
        ("Last month.", "In August 2024.", "date_mismatch"),
        ("Le 14 juin 2024.", "On 14 May 2024.", "date_mismatch"),
        ("In October 2025.", "By the end of 2025.", "date_padded"),
        ("Within two days.", "It has seven days for a second vote.", "date_not_found"),
        ("By 20 December 2024.", "Within 30 days, and by 31 December 2024.", "date_mismatch"),
        ("في 31 كانون الأول/يوليو 2026", "في 31 كانون الأول/ديسمبر 2026", "date_impossible"),
    ],
)
def test_not_borne_out(claim: str, support: str, code: str) -> None:
    assert [reason.code for reason in check_dates(claim, support, published=DAY).reasons] == [code]


def test_a_word_for_the_present_dates_nothing() -> None:
    assert check_dates("El texto pasa ahora al Senado de la capital.", "El texto pasa al Senado.").reasons == ()
    support = "La ley fue aprobada el 3 de mayo de 2024. El texto, con enmiendas, pasa ahora al Senado."
    assert check_date_value("2024-05-03", None, support, title="Texto con enmiendas pasa", published=DAY)[2].supported


def test_month_and_year_apart() -> None:
    assert check_dates("In March 2024.", "In March the bill passed; the 2024 act is new.").reasons == ()


@pytest.mark.parametrize(
    ("date", "title", "value", "code"),
    [
        ("2023-05-21", "Data Act adopted", "2023-05-21", None),
        ("2023-05", "Data Act adopted", "2023-05", None),
        ("2024-08-01", "Data Act enters into force", "2024-08-01", None),
        ("2024-08-01", "Data Act adopted", None, "date_of_other_event"),
        ("2023-05-21", "Data Act enters into force", None, "date_of_other_event"),
        ("2022-05-21", "Data Act adopted", None, "date_mismatch"),
        ("2023-02-30", "Data Act adopted", None, "date_impossible"),
        ("soon", "Data Act adopted", None, "date_impossible"),
    ],
)
def test_the_date_of_a_milestone(date: str, title: str, value: str | None, code: str | None) -> None:
    found, basis, verdict = check_date_value(date, None, TWO, title=title)
    assert found == value
    assert basis == ("stated" if value else "none")
    assert [reason.code for reason in verdict.reasons] == ([code] if code else [])
    assert verdict.supported == (code is None)


ROWS = "State | Tabled | Passed | In force Ohio | 3 May 2022 | 5 June 2022 | 9 July 2023"


@pytest.mark.parametrize(
    ("date", "title", "support", "right"),
    [
        (
            "2025",
            "Agency set up",
            "The order of the Federal Agency, dated 14 May, is the first since it was set up in 2025.",
            True,
        ),
        (
            "2024",
            "Agency set up",
            "The order of the Federal Agency, dated 14 May, is the first since it was set up in 2025.",
            False,
        ),
        ("2023", "Texas adopts rules", "Ohio passed a law in 2023. Texas, in the same year, adopted rules.", True),
        (
            "2024-03",
            "Inquiry opened",
            "On 2 May 2023 the House agreed a report. We opened our inquiry in March 2024.",
            True,
        ),
        ("2023-05-02", "Inquiry opened", "On 2 May 2023 the House met. We opened our inquiry in March 2024.", False),
        (
            "2024-11-20",
            "Bill sent out",
            "The bill was sent out on 20 November 2024 and is now before Parliament.",
            True,
        ),
        ("2022-06-05", "Ohio bill passed", ROWS, True),
        ("2022-05-03", "Ohio bill passed", ROWS, False),
        ("2023-07-09", "Vetoed", "Ohio | 3 May 2022 | 5 June 2022 | vetoed on 9 July 2023", True),
        ("2024-05-28", "Plan presented", "The minister presented the plan Horizon IA 2030 on 28 May 2024.", True),
        (
            "2026-03",
            "Report due",
            "The law starts on 1 March 2025. A report is due within 12 months of taking effect.",
            True,
        ),
        (
            "2026-04",
            "Report due",
            "The law starts on 1 March 2025. A report is due within 12 months of taking effect.",
            False,
        ),
    ],
)
def test_a_date_stands_with_its_own_event(date: str, title: str, support: str, right: bool) -> None:
    assert check_date_value(date, None, support, title=title, published=DAY)[2].supported == right


def test_the_dateline_dates_what_has_no_date_where_the_draft_says_so() -> None:
    support = "The authority has fined the bank."
    value, basis, verdict = check_date_value("2024-11-20", "20 November 2024", support, title="Fine", published=DAY)
    assert (value, basis, verdict.supported) == ("2024-11-20", "resolved", True)
    assert not check_date_value("2024-11-20", None, support, title="Fine", published=DAY)[2].supported
    assert not check_date_value("2024-11-19", "19 November 2024", support, title="Fine", published=DAY)[2].supported
    dated = support + " It had asked for papers on 3 May."
    assert not check_date_value("2024-11-20", "20 November 2024", dated, title="Fine", published=DAY)[2].supported


def test_the_basis_of_a_milestones_date() -> None:
    value, basis, verdict = check_date_value("2024-11-19", "on Tuesday", "It was signed on Tuesday.", published=DAY)
    assert (value, basis, verdict.status) == ("2024-11-19", "resolved", "supported")
    padded = check_date_value("2024-03-01", None, "It was signed in March 2024.", published=DAY)[2]
    assert (padded.status, padded.reasons[0].code, padded.reasons[0].source) == (
        "contradicted",
        "date_padded",
        "March 2024",
    )
    absent = check_date_value("2024-03-01", None, "It was signed.", published=DAY)[2]
    assert (absent.status, absent.reasons[0].code) == ("not_found", "date_not_found")


@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)), shift=st.integers(1, 4000))
def test_an_edited_date_is_caught(day: dt.date, shift: int) -> None:
    def words(date: dt.date) -> str:
        return f"{date.day} {date:%B} {date.year}"

    support = f"The council signed the text on {words(day)}."
    assert check_dates(f"It was signed on {words(day)}.", support).reasons == ()
    assert check_dates(f"It was signed on {words(day + dt.timedelta(days=shift))}.", support).reasons


WORDS = (
    "May march 3 31 30 2024 99 / - – , . of in the next last year months ago within two Tuesday Q 3rd quarter mid end "
    "early FY s after before from to between and today mars 'prochain il y a hace próximo الشهر الماضي 0 12/ \ud800 \0"
)
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=200)
@given(
    claim=st.lists(PIECES | st.text(max_size=4), max_size=12).map(" ".join),
    support=st.lists(PIECES, max_size=12).map("".join),
    language=st.sampled_from([None, "en", "fr", "es", "ar", "de", "xx", ""]),
    published=st.sampled_from([None, DAY, PartialDate("2024"), PartialDate("0001-01-01"), PartialDate("9999-12-31")]),
)
def test_never_raises(claim: str, support: str, language: str | None, published: PartialDate | None) -> None:
    for mention in find_dates(claim, language, published):
        assert claim[mention.start : mention.end] == mention.words
    check_dates(claim, support, language=language, published=published)
    check_date_value("2024-05-01", claim, support, title=claim, language=language, published=published)


@pytest.mark.parametrize("text", ["7" * 50_000, "3 May " * 1_000, "1/" * 5_000, "last " * 5_000, "a. " * 5_000])
def test_long_odd_texts_are_read(text: str) -> None:
    assert isinstance(check_dates(text, text[:1000], published=DAY).reasons, tuple)


def test_a_weekday_must_fit_its_date() -> None:
    assert check_dates("On Tuesday, 14 May 2024.", "On 14 May 2024.").reasons == ()
    assert check_dates("On Monday, 14 May 2024.", "On 14 May 2024.").reasons
    assert check_dates("On Monday, 14 May 2024.", "On Tuesday, 14 May 2024.").reasons


def test_spells_and_ranges_are_compared_whole() -> None:
    assert check_dates("Within the next 15 days.", "Within the next 10 days.", published=DAY).reasons
    assert check_dates("Between July 2001 and May 2004.", "Between April 2003 and May 2004.").reasons
    assert check_dates("In the second quarter.", "In the fourth quarter.").reasons


def test_the_benchmark_counts_single_dates_only() -> None:
    from evals.dates_bench import score

    def row(text: str, words: str, value: str, reference: str | None = "2024-11-20T00:00:00") -> dict[str, object]:
        values = [{"timex": value, "type": "date", "value": value}]
        result = {"text": words, "start": text.find(words), "end": 0, "type": "date", "values": values}
        return {"input": text, "reference": reference, "results": [result]}

    rows = [
        row("We met yesterday.", "yesterday", "2024-11-19"),
        row("We met two months ago.", "two months ago", "2024-09-20"),
        row("We met on 3 May 2024.", "3 May 2024", "2024-05-04"),
        row("We met yesterday.", "yesterday", "2024-11-19", None),
        {"input": "Nothing.", "reference": None, "results": []},
    ]
    result = score(rows, "en")
    assert (result.total, result.right, result.exact) == (3, 2, 1)
    assert result.missed == (("We met on 3 May 2024.", "3 May 2024", "2024-05-04"),)
