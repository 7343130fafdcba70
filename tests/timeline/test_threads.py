"""Successive stages of one instrument, in order; what is no stage stays out."""

from __future__ import annotations

from tests.timeline.articles import Article, ledger


def stages(built) -> list[list[str]]:
    return [[built.entry(identity).mentions[0].key for identity in thread.entries] for thread in built.threads]


def test_a_bill_and_the_law_that_it_becomes_are_one_thread_in_order_of_date():
    law = Article("late", "2025-07-02").milestone(
        "Welfare Algorithms Act enters into force",
        "The Welfare Algorithms Act entered into force on 1 July 2025.",
        "2025-07-01",
        status="in_force",
        role="effective",
        places=("KE",),
    )
    bill = Article("early", "2024-10-02").milestone(
        "Government tables the Welfare Algorithms Bill",
        "The government tabled the Welfare Algorithms Bill on 1 October 2024.",
        "2024-10-01",
        status="proposed",
        places=("KE",),
    )
    vote = Article("vote", "2025-03-06").milestone(
        "Parliament adopts the Welfare Algorithms Bill",
        "Parliament adopted the Welfare Algorithms Bill on 5 March 2025.",
        "2025-03-05",
        status="adopted",
        places=("KE",),
    )
    built = ledger(law, bill, vote)
    assert stages(built) == [["early#0", "vote#0", "late#0"]]
    thread = built.threads[0]
    assert thread.status == "in_force"
    assert "Welfare Algorithms" in thread.title
    assert {entry.thread for entry in built.entries} == {thread.id}


def test_bills_of_two_countries_are_no_thread():
    def bill(name: str, place: str, date: str, status) -> Article:
        return Article(name, date).milestone(
            "The Deepfakes Act", f"The Deepfakes Act was {status} on {date}.", date, status=status, places=(place,)
        )

    assert ledger(bill("a", "DK", "2025-01-10", "proposed"), bill("b", "NZ", "2025-06-10", "adopted")).threads == ()


def test_the_deadlines_of_an_order_belong_to_it():
    order = (
        Article("a", "2023-10-31")
        .milestone(
            "President signs executive order on artificial intelligence",
            "On Monday the President signed an executive order on artificial intelligence.",
            "2023-10-30",
            status="signed",
            instrument="executive_order",
            places=("US",),
        )
        .milestone(
            "Secretary of Commerce to require reports on the most powerful models",
            "Within 90 days the Secretary of Commerce must require reports on the most powerful models.",
            "2024-01-28",
            status="planned",
            role="deadline",
            instrument="regulation",
            places=("US",),
            cites=1,
        )
        .milestone(
            "Voluntary commitments of 15 companies",
            "Earlier 15 companies had made voluntary commitments.",
            status="agreed",
            instrument="voluntary_commitment",
            places=("US",),
        )
    )
    assert stages(ledger(order)) == [["a#0", "a#1"]]


def test_the_bill_is_the_one_that_the_article_is_about_and_of_two_it_is_none():
    def article(name: str) -> Article:
        return Article(name, "2026-04-24").milestone(
            "Minister presents the Sandbox Bill",
            "The minister presented the Sandbox Bill on 23 April 2026.",
            "2026-04-23",
            status="proposed",
            places=("FI",),
        )

    def vote(to: Article) -> Article:
        return to.milestone(
            "Government hopes for a vote before the recess",
            "The government hopes that the bill is voted on before the recess.",
            status="planned",
            places=("FI",),
        )

    assert stages(ledger(vote(article("a")))) == [["a#0", "a#1"]]
    two = article("b").milestone(
        "Deepfakes Bill tabled",
        "The Deepfakes Bill was tabled on 20 April 2026.",
        "2026-04-20",
        status="proposed",
        places=("FI",),
    )
    assert stages(ledger(vote(two))) == []


def test_a_fine_under_an_act_is_no_stage_of_it():
    act = Article("a", "2025-03-06").milestone(
        "Parliament adopts the Welfare Algorithms Act",
        "Parliament adopted the Welfare Algorithms Act.",
        "2025-03-05",
        status="adopted",
        places=("KE",),
    )
    fine = Article("b", "2026-03-06").milestone(
        "Lender fined under the Welfare Algorithms Act",
        "A lender was fined under the Welfare Algorithms Act.",
        "2026-03-05",
        status="adopted",
        instrument="enforcement",
        places=("KE",),
    )
    assert ledger(act, fine).threads == ()


def test_an_undated_stage_stands_before_what_is_further_along():
    one = (
        Article("a", "2025-09-01")
        .milestone(
            "Sandbox Act enters into force",
            "The Sandbox Act applies from 1 August 2025.",
            "2025-08-01",
            status="in_force",
            role="effective",
            places=("FI",),
        )
        .milestone(
            "Parliament adopts the Sandbox Act", "Parliament adopted the Sandbox Act.", status="adopted", places=("FI",)
        )
        .milestone(
            "Government tables the Sandbox Bill",
            "The Sandbox Bill was tabled on 3 February 2025.",
            "2025-02-03",
            status="proposed",
            places=("FI",),
        )
    )
    assert stages(ledger(one)) == [["a#2", "a#1", "a#0"]]


def test_the_steps_against_one_company_are_a_chain_and_a_hearing_on_a_bill_is_no_stage():
    def step(name: str, date: str, title: str, **more) -> Article:
        kinds = {"status": "adopted", "instrument": "enforcement", "places": ("DK",), **more}
        return Article(name, date).milestone(title, f"{title}.", date, **kinds)

    opened = step("a", "2025-02-10", "Inquiry into Nordpuls opened", status="announced")
    fined = step("b", "2026-10-13", "Watchdog fines health app Nordpuls")
    other = step("c", "2026-11-13", "Watchdog fines lender Kestrel")
    assert stages(ledger(opened, fined, other)) == [["a#0", "b#0"]]
    bill = step("d", "2026-01-10", "Government tables the Sandbox Bill", status="proposed", instrument="law")
    hearing = step("e", "2026-02-10", "Hearing on the Sandbox Bill", status="held", instrument="event")
    assert stages(ledger(bill, hearing)) == []


def test_what_could_belong_to_either_of_two_bills_does_not_make_them_one():
    def bill(name: str, number: str, date: str) -> Article:
        title = f"Bill HB {number} on hiring software introduced"
        return Article(name, date).milestone(title, f"{title}.", date, status="proposed", places=("US-IL",))

    signing = Article("c", "2025-09-01").milestone(
        "Governor signs the bill on hiring software",
        "The governor signed the bill on hiring software.",
        "2025-08-30",
        status="signed",
        places=("US-IL",),
    )
    built = ledger(bill("a", "9107", "2025-01-10"), bill("b", "9207", "2025-03-10"), signing)
    assert [len(thread.entries) for thread in built.threads] == [2]
