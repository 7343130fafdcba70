"""Which milestones are one event, each rule with its counter-example."""

from __future__ import annotations

from tests.timeline.articles import Article, ledger, together


def test_one_adoption_in_two_wordings_is_one_entry_at_the_finer_date():
    one = Article("a", "2024-03-14").milestone(
        "Parliament adopts the Platform Transparency Act",
        "Parliament adopted the Platform Transparency Act on 13 March 2024.",
        "2024-03-13",
        status="adopted",
        places=("FI",),
    )
    two = Article("b", "2024-04-02").milestone(
        "Final vote on the Platform Transparency Act",
        "Finnish lawmakers gave their final approval to the Platform Transparency Act in March.",
        "2024-03",
        status="adopted",
        places=("FI",),
    )
    built = ledger(one, two)
    assert together(built, "a#0", "b#0")
    assert built.entries[0].date == "2024-03-13"
    assert built.conflicts == ()


def test_the_same_words_in_another_country_are_another_event():
    rows = [
        Article(name, "2024-03-14").milestone(
            "Parliament adopts the AI Act",
            "Parliament adopted the AI Act on 13 March.",
            "2024-03-13",
            status="adopted",
            places=(place,),
        )
        for name, place in (("a", "FI"), ("b", "SE"))
    ]
    assert len(ledger(*rows).entries) == 2


def test_two_acts_of_one_day_stay_two():
    one = Article("a", "2024-03-14").milestone(
        "Parliament adopts the Platform Transparency Act",
        "Parliament adopted the Platform Transparency Act on 13 March.",
        "2024-03-13",
        status="adopted",
        places=("FI",),
    )
    two = Article("b", "2024-03-14").milestone(
        "Parliament adopts the Biometric Registers Act",
        "Parliament adopted the Biometric Registers Act on 13 March.",
        "2024-03-13",
        status="adopted",
        places=("FI",),
    )
    assert len(ledger(one, two).entries) == 2


def test_numbered_bills_of_one_series_are_told_apart_by_their_numbers():
    def bill(name: str, number: str, day: str) -> Article:
        return Article(name, "2025-05-30").milestone(
            f"Illinois bill HB {number} on hiring software passes both chambers",
            f"The Illinois legislature passed HB {number}, on hiring software, on {day}.",
            "2025-05-29",
            status="adopted",
            places=("US-IL",),
        )

    assert len(ledger(bill("a", "9107", "29 May"), bill("b", "9207", "May 29")).entries) == 2
    assert len(ledger(bill("a", "9107", "29 May"), bill("b", "9107", "May 29")).entries) == 1


def test_hearings_a_month_apart_are_two_and_on_neighbouring_days_one_with_a_conflict():
    def hearing(name: str, date: str) -> Article:
        return Article(name, date).milestone(
            "Senate committee hearing on chatbots for children",
            "The Senate committee held a hearing on chatbots for children.",
            date,
            status="held",
            instrument="event",
            places=("US",),
        )

    assert len(ledger(hearing("a", "2025-05-06"), hearing("b", "2025-06-10")).entries) == 2
    near = ledger(hearing("a", "2025-05-06"), hearing("b", "2025-05-07"))
    assert len(near.entries) == 1
    assert [conflict.kind for conflict in near.conflicts] == ["date"]


def test_two_readings_of_one_bill_are_two_votes():
    def reading(name: str, date: str, which: str) -> Article:
        return Article(name, date).milestone(
            f"Assembly passes the Welfare Algorithms Bill at {which} reading",
            f"The Assembly passed the Welfare Algorithms Bill at {which} reading.",
            date,
            status="passed_chamber",
            places=("KE",),
        )

    built = ledger(reading("a", "2025-03-05", "first"), reading("b", "2025-04-02", "second"))
    assert len(built.entries) == 2
    assert len(built.threads) == 1


def test_stages_of_one_article_never_become_one_event():
    one = (
        Article("a", "2025-09-01")
        .milestone(
            "Oregon bill SB 9321 passes both chambers",
            "SB 9321 passed on 20 June.",
            "2025-06-20",
            status="adopted",
            places=("US-OR",),
        )
        .milestone(
            "Oregon's governor vetoes SB 9321",
            "The governor vetoed SB 9321 on 1 July.",
            "2025-07-01",
            status="rejected",
            places=("US-OR",),
        )
    )
    two = Article("b", "2025-09-02").milestone(
        "Governor of Oregon vetoes bill SB 9321",
        "On 1 July the governor vetoed SB 9321.",
        "2025-07-01",
        status="rejected",
        places=("US-OR",),
    )
    built = ledger(one, two)
    assert together(built, "a#0")
    assert together(built, "a#1", "b#0")
    assert built.conflicts == ()


def test_an_event_that_was_planned_and_then_held_is_one():
    one = Article("a", "2025-01-10").milestone(
        "AI summit to be held in Nairobi",
        "Kenya will host the Open Models Summit in Nairobi on 4 May 2025.",
        "2025-05-04",
        status="planned",
        instrument="event",
        role="expected",
        places=("KE",),
    )
    two = Article("b", "2025-05-05").milestone(
        "Open Models Summit held in Nairobi",
        "The Open Models Summit took place in Nairobi on Sunday.",
        "2025-05-04",
        status="held",
        instrument="event",
        places=("KE",),
    )
    built = ledger(one, two)
    assert together(built, "a#0", "b#0")
    assert built.conflicts == ()


def test_a_french_report_of_the_same_day_joins_the_english_one():
    one = Article("a", "2025-02-12").milestone(
        "National strategy for artificial intelligence presented in Rabat",
        "Amal El Fallah Seghrouchni presented the national strategy for artificial intelligence on 11 February 2025.",
        "2025-02-11",
        status="published",
        instrument="strategy",
        places=("MA",),
    )
    two = Article("b", "2025-02-12", language="fr").milestone(
        "Présentation de la stratégie nationale d'intelligence artificielle à Rabat",
        "La ministre Amal El Fallah Seghrouchni a présenté le 11 février 2025 la stratégie nationale d'IA.",
        "2025-02-11",
        status="published",
        instrument="strategy",
        places=("MA",),
    )
    assert together(ledger(one, two), "a#0", "b#0")


def test_an_arabic_report_joins_by_day_place_and_kind():
    one = Article("a", "2025-02-12").milestone(
        "Seghrouchni presents the national strategy for AI",
        "Amal Seghrouchni presented the national strategy for AI on 11 February 2025.",
        "2025-02-11",
        status="published",
        instrument="strategy",
        places=("MA",),
    )
    two = Article("b", "2025-02-12", language="ar").milestone(
        "السغروشني تقدم الاستراتيجية الوطنية للذكاء الاصطناعي",
        "قدمت الوزيرة أمل السغروشني الاستراتيجية الوطنية للذكاء الاصطناعي يوم 11 فبراير 2025.",
        "2025-02-11",
        status="published",
        instrument="strategy",
        places=("MA",),
    )
    other = Article("c", "2025-02-12", language="ar").milestone(
        "إطلاق برنامج لتدريب القضاة",
        "أطلقت وزارة العدل برنامجا لتدريب القضاة يوم 11 فبراير 2025.",
        "2025-02-11",
        status="established",
        instrument="programme",
        places=("MA",),
    )
    built = ledger(one, two, other)
    assert together(built, "a#0", "b#0")
    assert together(built, "c#0")


def test_an_undated_report_joins_by_its_words_but_not_one_from_before_the_event():
    def adopted(name: str, published: str, date: str | None) -> Article:
        return Article(name, published).milestone(
            "Parliament adopts the Welfare Algorithms Act",
            "Parliament has adopted the Welfare Algorithms Act, which covers decisions on benefits.",
            date,
            status="adopted",
            places=("KE",),
        )

    assert len(ledger(adopted("a", "2025-03-06", "2025-03-05"), adopted("b", "2025-03-08", None)).entries) == 1
    assert len(ledger(adopted("a", "2025-03-06", "2025-03-05"), adopted("b", "2024-03-08", None)).entries) == 2


def test_an_article_that_tells_a_step_twice_has_one_entry():
    one = Article("a", "2025-03-06")
    for sentence in (
        "Parliament adopted the Welfare Algorithms Act on 5 March.",
        "The Welfare Algorithms Act was adopted on 5 March.",
    ):
        one.milestone(
            "Welfare Algorithms Act adopted by Parliament", sentence, "2025-03-05", status="adopted", places=("KE",)
        )
    assert together(ledger(one), "a#0", "a#1")


def test_duties_of_one_act_that_apply_on_one_day_stay_apart():
    one = (
        Article("a", "2025-08-01")
        .milestone(
            "Registration of high-risk systems becomes compulsory under the AI Act",
            "High-risk systems must be registered from 2 August 2026.",
            "2026-08-02",
            status="planned",
            role="effective",
            instrument="regulation",
            places=("EU",),
        )
        .milestone(
            "Commission may fine providers of general-purpose models under the AI Act",
            "The power to fine model providers starts on 2 August 2026.",
            "2026-08-02",
            status="planned",
            role="effective",
            instrument="regulation",
            places=("EU",),
        )
    )
    two = Article("b", "2025-08-03").milestone(
        "Fines for providers of general-purpose models possible",
        "Brussels can fine providers of general-purpose models from 2 August 2026.",
        "2026-08-02",
        status="planned",
        role="effective",
        instrument="regulation",
        places=("EU",),
    )
    built = ledger(one, two)
    assert together(built, "a#0")
    assert together(built, "a#1", "b#0")


def vote(
    name: str, date: str | None, title: str, sentence: str, *, published: str = "2026-03-24", status="passed_chamber"
):
    return Article(name, published).milestone(title, sentence, date, status=status, places=("US-OR",))


def test_votes_of_two_chambers_are_two_even_where_the_words_agree():
    title, sentence = "{} vote on the chatbot bill", "The {} has voted for the chatbot bill."
    house = vote("a", None, title.format("House"), sentence.format("House"))
    senate = vote("b", None, title.format("Senate"), sentence.format("Senate"))
    assert len(ledger(house, senate).entries) == 2
    assert len(ledger(house, vote("b", None, title.format("House"), sentence.format("House"))).entries) == 1


def test_a_bill_called_by_number_is_the_one_called_by_name_where_some_sentence_says_both():
    number = vote("a", "2026-02", "House passage of HB 4187", "The House passed HB 4187 in February.")
    name = vote(
        "b", "2026-02-18", "Deputies back the Companion Disclosure Act", "They backed the Companion Disclosure Act."
    )
    both = vote(
        "c",
        "2026-03-20",
        "Governor signs House Bill 4187",
        "She signed House Bill 4187, the Companion Disclosure Act.",
        status="signed",
    )
    other = vote("d", "2026-02-19", "House passage of HB 4190", "The House passed HB 4190 too.")
    built = ledger(number, name, both, other)
    assert together(built, "a#0", "b#0")
    assert together(built, "d#0")


def test_what_is_left_to_be_the_others_is_the_same_unless_it_is_about_something_else():
    def guidance(name: str, title: str, sentence: str) -> Article:
        return Article(name, "2026-06-10").milestone(
            title, sentence, "2026-06-09", status="published", instrument="guidance", places=("NL",)
        )

    one = guidance("a", "Ministry issues advice on chatbots", "Teachers get advice on chatbots, the ministry wrote.")
    two = guidance("b", "Guidance for schools", "The guidance tells schools what to do with chatbots.")
    far = guidance("c", "Guidance on scraping published", "The data authority published guidance on scraping.")
    assert together(ledger(one, two), "a#0", "b#0")
    assert len(ledger(one, far).entries) == 2


def test_of_two_steps_of_one_article_only_one_can_be_the_others():
    def duty(to: Article, what: str) -> Article:
        return to.milestone(
            f"Deadline to register {what} under the Software Registers Act",
            f"Operators must register {what} under the Software Registers Act by 1 June 2026.",
            "2026-06-01",
            status="planned",
            role="deadline",
            places=("GB",),
        )

    both = duty(duty(Article("a", "2025-01-10"), "hiring software"), "lending software")
    built = ledger(both, duty(Article("b", "2025-01-11"), "software"))
    assert sorted(len(entry.mentions) for entry in built.entries) == [1, 2]
