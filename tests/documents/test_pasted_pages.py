"""Pages as people paste them: what is a fact, what is furniture, and that no body text is lost."""

import pytest

from summariser.documents import read_text
from summariser.schema import Document
from tests.documents import pages


def said(document: Document) -> str:
    return " ".join(" ".join(sentence.text.split()) for sentence in document.sentences)


def of_kind(document: Document, kind: str) -> list[str]:
    return [document.text[piece.start : piece.end] for piece in document.furniture if piece.kind == kind]


def test_facts_of_a_pasted_page() -> None:
    document = read_text(pages.PASTED)
    assert document.title == "Norland Opens Its Rules for Driverless Buses to the Public"
    assert document.byline == "Marit Oksnes"
    assert document.category == "Transport"
    assert (document.published, document.published_basis) == ("2025-03-04", "metadata")
    assert document.stated_minutes == document.reading_minutes == 5
    assert document.language == "en"


def test_the_sentences_of_a_pasted_page_are_its_body_and_nothing_else() -> None:
    assert said(read_text(pages.PASTED)) == " ".join(pages.BODY)


def test_the_publishers_highlights_are_kept_apart() -> None:
    document = read_text(pages.PASTED)
    assert document.publisher_highlights == (
        "Draft rules ask for one person on call for ten vehicles.",
        "Comments are open until 30 June.",
        "Unions want one person for every five vehicles.",
    )
    assert of_kind(document, "publisher_highlight") == list(document.publisher_highlights)


def test_each_piece_of_furniture_has_its_kind() -> None:
    document = read_text(pages.PASTED)
    assert of_kind(document, "menu") == ["Home | News | Transport | Opinion"]
    assert len(of_kind(document, "title")) == 2
    assert of_kind(document, "share") == ["Share Facebook Twitter Copy link"]
    assert of_kind(document, "caption") == ["Photo: A driverless bus in the port of Havn. (Norland Transport)"]
    assert of_kind(document, "heading") == ["What the unions say"]
    assert of_kind(document, "contact")[0] == "Media contact"
    assert of_kind(document, "link")[-3:] == ["Read next", "Why the night train came back", "Ferries get a second deck"]


def test_a_heading_becomes_a_section() -> None:
    document = read_text(pages.PASTED)
    (section,) = document.sections
    assert section.title == "What the unions say"
    assert document.sentence(section.first_sentence).text == "Unions asked for more."


def test_doubled_lines_and_plain_highlights() -> None:
    lines = [
        "Transport",
        "Transport",
        "Rules for Buses Are Out at Last",
        "Rules for Buses Are Out at Last",
        "Web Desk",
        "Web Desk",
        "3 min",
    ]
    digest = [
        "Draft rules for driverless buses were published.",
        "Operators would need a person on call for ten vehicles.",
        "Unions want one person for every five vehicles.",
    ]
    document = read_text("\n\n".join([*lines, *digest, *pages.BODY]))
    assert (document.category, document.byline, document.stated_minutes) == ("Transport", "Web Desk", 3)
    assert document.title == "Rules for Buses Are Out at Last"
    assert document.publisher_highlights == tuple(digest)
    assert said(document) == " ".join(pages.BODY)


def test_short_paragraphs_at_the_start_are_not_taken_for_highlights() -> None:
    lead = ["A ferry sank off Havn late on Monday.", "All forty passengers were saved.", "The captain is in hospital."]
    document = read_text("\n\n".join(["Ferry sinks off the coast of Norland", "By Ada Holm-Berg", *lead, *pages.BODY]))
    assert document.publisher_highlights == ()
    assert said(document).startswith(lead[0])


@pytest.mark.parametrize("heading", ["Key points", "Highlights", "KEY TAKEAWAYS:", "At a glance"])
def test_highlights_under_a_heading(heading: str) -> None:
    bullets = ["* Buses will need someone on call", "* Comments close in June", "* Unions are not content"]
    document = read_text("\n".join(["Rules for Buses Are Out at Last", "", heading, *bullets, "", *pages.BODY]))
    assert document.publisher_highlights == tuple(bullet[2:] for bullet in bullets)


def test_a_french_page() -> None:
    document = read_text(pages.FRENCH)
    assert document.title == "Le Valdor veut encadrer les caméras intelligentes"
    assert (document.byline, document.category, document.language) == ("Solène Quiberon", "Numérique", "fr")
    assert (document.published, document.stated_minutes) == ("2025-06-12", 4)
    assert len(document.sentences) == 4


def test_an_arabic_page() -> None:
    document = read_text(pages.ARABIC)
    assert (document.byline, document.category, document.language) == ("هالة المنصوري", "سياسة", "ar")
    assert document.published == "2025-03-04"
    assert len(document.sentences) == 5
    assert of_kind(document, "link") == ["اقرأ أيضا"]


def test_a_law_keeps_its_numbers_and_its_headings() -> None:
    document = read_text(pages.LAW)
    assert document.title == "ALGORITHMIC TRANSPARENCY ACT"
    assert [section.title for section in document.sections][-2:] == ["Article 1. Scope", "Article 2"]
    assert [sentence.text for sentence in document.sentences] == [
        "1. This Act applies to public bodies of the Republic.",
        "2. It does not apply to:",
        "(a) the courts;",
        "(b) the armed forces.",
        "The Agency shall keep a register.",
        "The register shall be public.",
    ]


def test_lines_broken_at_a_column_are_one_paragraph() -> None:
    document = read_text(pages.wrapped(pages.BODY))
    assert said(document) == " ".join(pages.BODY)
    assert {sentence.paragraph for sentence in document.sentences} == {0, 1, 2, 3}


def test_paragraphs_without_blank_lines_between_them_stay_apart() -> None:
    document = read_text("\n".join(pages.BODY))
    assert {sentence.paragraph for sentence in document.sentences} == {0, 1, 2, 3}


def test_markdown() -> None:
    text = (
        "---\ntitle: Buses and their rules\nauthor: Ada Holm-Berg\ndate: 2025-03-04\ncategory: Transport\n---\n\n"
        "# Buses and their rules\n\n" + pages.BODY[0] + "\n\n## What comes next\n\n* The rules are out for comment.\n"
        "* Licences come in 2027.\n\n| Year | Step |\n|---|---|\n| 2027 | first licences are given "
        "|\n\nTrials\n------\n\n"
        + pages.BODY[2] + "\n\n<!-- a hidden remark that nobody sees -->\n"
    )  # fmt: skip
    document = read_text(text)
    assert (document.title, document.byline, document.category) == (
        "Buses and their rules",
        "Ada Holm-Berg",
        "Transport",
    )
    assert document.published == "2025-03-04"
    assert [(section.title, section.level) for section in document.sections] == [("What comes next", 2), ("Trials", 2)]
    assert "The rules are out for comment." in [sentence.text for sentence in document.sentences]
    assert "2027 | first licences are given" in said(document)
    assert "hidden remark" not in said(document)


@pytest.mark.parametrize(
    "sentence",
    [
        "Read next to the word, the number means little.",
        "Share prices of bus makers rose by a tenth on Wednesday.",
        "By Tuesday the rules had drawn four hundred comments.",
        "Photo evidence will be kept for thirty days.",
        "We use cookies, said the company, because the law lets us.",
        "Contact between drivers and passengers will be by radio.",
        "Advertisement rules change as well.",
        "LIVE BROADCASTS OF THE HEARINGS WILL BE HELD.",
        "The plan has three parts:",
        "Published reports of the trials were few.",
        "Scores: Havn 8/10 · Borg 6/10 · Vik 3/10",
        f"{'Share ' * 21}and so on.",
    ],
)
def test_sentences_of_the_body_that_begin_like_furniture_stay(sentence: str) -> None:
    text = "\n\n".join([*pages.BODY[:2], sentence, *pages.BODY[2:]])
    assert sentence in said(read_text(text))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(Link)", "link"),
        ("Leer más", "link"),
        ("À lire aussi : le train de nuit", "link"),
        ("ENDS", "other"),
        ("Advertisement", "other"),
        ("We use cookies to improve your experience. Accept all or manage your preferences.", "cookie"),
        ("Image credit: Norland Transport", "caption"),
        ("A bus leaves the port of Havn. Ole Berg/Reuters", "caption"),
        (f"{'A bus leaves the port. ' * 4}(Illustration {'by the house ' * 4}of Ada Holm) . . .", "caption"),
        (f"{'A bus leaves the port. ' * 4}[CRÉDIT {'de la maison ' * 4}d’Ada Holm]", "caption"),
        (f"{'A bus leaves the port. ' * 8}Ole Berg/ANADOLU/Port of Havn", "caption"),
        (f"{'A bus leaves the port. ' * 8}Wikimedia Commons", "caption"),
        ("A bus leaves the port on i\u017ftoc\u212a.", "caption"),
        ("» PHOTO\u2009 CREDIT \u2009: Norland Transport", "caption"),
        ("Media  contact : Ada Holm-Berg", "contact"),
        ("Share · " * 19 + "Share", "share"),
        ("For more information, please contact the press office at press@transport.example.", "contact"),
        ("Page 3 of 10", "page_number"),
        ("Twitter · Facebook · WhatsApp", "share"),
        ("4 minutos de lectura", "reading_time"),
        ("By Ada Holm-Berg and Ole Berg", "byline"),
        ("Last updated: 6 March 2025, 10:30 am GMT", "dateline"),
        ("© 2025 Norland Daily. All rights reserved.", "other"),
    ],
)
def test_furniture_within_the_body(line: str, kind: str) -> None:
    document = read_text("\n\n".join([*pages.BODY[:2], line, *pages.BODY[2:]]))
    assert of_kind(document, kind) == [line]
    assert said(document) == " ".join(pages.BODY)


def test_a_page_with_every_fact_on_a_line_of_its_own() -> None:
    head = ["Skip to content", "Home", "News", "Sport", "", "Buses Without Drivers Move Ahead", "", "Ada Holm-Berg"]
    head += ["Transport reporter", "@adaholm", "", "Published", "12 May 2025", ""]
    body = [
        pages.BODY[0],
        "",
        "Image source, Norland Transport",
        "Image caption, A bus in the port",
        "",
        *pages.BODY[1:],
    ]
    tail = ["", "Related Topics", "Buses", "Ports", "Norland"]
    document = read_text("\r\n".join([*head, *body, *tail]))
    assert (document.title, document.byline) == ("Buses Without Drivers Move Ahead", "Ada Holm-Berg")
    assert document.published == "2025-05-12"
    assert said(document) == " ".join(pages.BODY)
    assert of_kind(document, "menu")[:3] == ["Home", "News", "Sport"]


def test_a_table_at_the_end_is_no_menu() -> None:
    document = read_text("\n\n".join(pages.BODY) + "\n\nYear\tBuses\n2025\t40\n2026\t95\n2027\t400\n")
    assert "2027 400" in said(document)


def test_a_list_without_signs_after_a_colon_is_text() -> None:
    items = ["railway stations", "Airports and ports", "Schools"]
    document = read_text("\n\n".join([pages.BODY[0], "The draft covers:", *items, pages.BODY[1]]))
    assert [sentence.text for sentence in document.sentences][2:6] == ["The draft covers:", *items]


def test_a_page_in_a_script_without_spaces() -> None:
    text = (
        "政府公布摄像头法草案\n\n政府周一公布了关于摄像头的法律草案。草案将禁止在车站使用人脸识别。投票预计在六月举行。"
    )
    document = read_text(text)
    assert (document.title, document.language, len(document.sentences)) == ("政府公布摄像头法草案", "zh", 3)


@pytest.mark.parametrize("mark", [">", "> ", ">>"])
def test_a_lone_quotation_mark_between_wrapped_lines_is_no_line_to_go_on_with(mark: str) -> None:
    lines = [
        "The council of the harbour town adopted a plan for the port in",
        mark,
        "the spring of the year, and the ships that come into the port for",
        "the winter will pay for it.",
    ]
    assert read_text("\n".join(lines), gate="off").sentences
