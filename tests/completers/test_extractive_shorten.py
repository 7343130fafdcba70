"""Shortening: what may go, what must stay, and what is left is a whole sentence."""

import pytest

from summariser.completers.extractive.clauses import finite, stands_alone, strip_lead
from summariser.completers.extractive.lexicon import lexicon
from summariser.completers.extractive.shorten import shorten

EN = lexicon("en")

SHORTENED = {
    "a relative clause at the end": (
        "The Senate voted 52 to 47 on Tuesday to reject the amendment, which would have exempted companies with fewer "
        "than 500 employees from the reporting rules.",
        "The Senate voted 52 to 47 on Tuesday to reject the amendment.",
    ),
    "a relative clause in the middle, with its own negation": (
        "Under the bill, which has not yet been debated in the lower house, companies must tell customers when "
        "they are "
        "talking to a machine rather than a person.",
        "Under the bill, companies must tell customers when they are talking to a machine rather than a person.",
    ),
    "an apposition after a name": (
        "Amal Idrissi joined Ambassador Steve Long, Chief of Cyberspace and Digital Policy, in reaffirming just how "
        "strong the partnership between Norland and the US remains.",
        "Amal Idrissi joined Ambassador Steve Long in reaffirming just how strong the partnership between "
        "Norland and the "
        "US remains.",
    ),
    "a participle clause": (
        "After months of talks behind closed doors, negotiators reached a provisional deal on the regulation early on "
        "Saturday, ending a dispute over surveillance that had split the parties.",
        "After months of talks behind closed doors, negotiators reached a provisional deal on the regulation early on "
        "Saturday.",
    ),
    "who said it": (
        "All systems designed to score candidates for jobs must be registered with the agency by 1 March 2026, "
        "according "
        "to a notice published in the gazette on Monday.",
        "All systems designed to score candidates for jobs must be registered with the agency by 1 March 2026.",
    ),
    "two cuts, the subject keeps its verb": (
        "The president, who took office in January, signed an executive order on Friday to promote exports of chips, "
        "servers and software to allied countries, reversing limits set by her predecessor.",
        "The president signed an executive order on Friday to promote exports of chips, servers and software to allied "
        "countries.",
    ),
    "the half before a dash that only leads up": (
        "Norland's Parliament hasn't stayed still either—a group of opposition lawmakers proposed a bill aimed at "
        "regulating AI use and establishing a national agency to ensure technology develops responsibly.",
        "A group of opposition lawmakers proposed a bill aimed at regulating AI use and establishing a national "
        "agency.",
    ),
    "a second clause": (
        "The committee plans to publish guidelines to help schools choose safe tools, and it will hold hearings "
        "in Lyon, "
        "Nantes and Lille before the summer.",
        "The committee plans to publish guidelines to help schools choose safe tools.",
    ),
}


@pytest.mark.parametrize("case", SHORTENED)
def test_what_may_go(case):
    source, expected = SHORTENED[case]
    assert shorten(source, EN, 20) == expected


KEPT = {
    "unless": "Providers may not place a system on the market unless it has passed a conformity assessment, "
    "carried out by "
    "an independent body that the state has named.",
    "but": "The agreement, signed by 28 countries and the European Union, commits the parties to share information on "
    "risks, but it sets no limits on the development of models.",
    "if": "If the Council agrees, the rules for high-risk systems will be delayed by sixteen months, giving "
    "companies until "
    "December 2027 to bring their products into line.",
    "only": "Companies will have to publish their safety plans within ninety days of the law's adoption, and "
    "they will be "
    "fined only after two written warnings from the regulator.",
    "except": "The police may use facial recognition in stations and airports during the games next summer, "
    "except where a "
    "judge has ruled that the risk is too great.",
}


@pytest.mark.parametrize("word", KEPT)
def test_conditions_negations_and_bounds_are_never_cut(word):
    source = KEPT[word]
    short = shorten(source, EN, 20)
    assert short is None or word in short.lower()


def test_as_long_as_stays_and_the_comment_on_it_goes():
    source = (
        "The court ruled that the city could keep using the software as long as officers review every match, a "
        "condition "
        "that civil-liberties groups had called for since 2022."
    )
    assert shorten(source, EN, 20).endswith("as long as officers review every match.")


def test_a_list_is_not_taken_for_an_apposition():
    source = (
        "A declaration on models and chips was signed late on Wednesday in Seoul by the leaders of Chile, the United "
        "States and Japan."
    )
    assert shorten(source, EN, 20) is None


def test_an_infinitive_that_is_the_point_stays():
    source = (
        "The government has for the first time agreed with all of the sixteen regional parliaments of the "
        "federation to "
        "ensure access to models for schools."
    )
    assert shorten(source, EN, 20) is None


def test_a_short_sentence_stays_as_it_is():
    source = "Small firms with fewer than 20 employees are exempt for three years."
    assert shorten(source, EN, 20) == source


def test_words_that_tie_to_the_sentence_before_go():
    assert strip_lead("Moreover, the court upheld the fine.", EN) == "The court upheld the fine."
    dated = "Just a few months later, in June 2024, Kenya launched the programme."
    assert strip_lead(dated, EN) == "In June 2024, Kenya launched the programme."
    # without another date the phrase is all that says when
    undated = "A few months later, Kenya launched the programme."
    assert strip_lead(undated, EN) == undated


@pytest.mark.parametrize(
    "text",
    [
        "They discussed the roadmap at length with the committee.",
        "This initiative seeks to establish a platform for all.",
        "In March 2024, they collaborated on the first resolution.",
        "However, it was withdrawn a week later by the ministry.",
        "The move surprised lawmakers in both parties on Monday.",
        "India will host the next summit in Hyderabad, he says.",
        "As a result, he left the company in the spring.",
        "The fine relates only to the months from that date to the end of 2025.",
        "About Helvion: the company was founded in 2017 and employs 900 people.",
    ],
)
def test_a_sentence_that_leans_on_another_does_not_stand_alone(text):
    assert stands_alone(strip_lead(text, EN), EN) <= 0.5
    assert shorten(text, EN, 20) is None


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that she would consult on the plan in the autumn.",
        "Kenya signed the treaty, and it will ratify the text in May.",
        "Researchers found that their own models gave wrong answers.",
    ],
)
def test_a_pronoun_with_its_name_in_the_sentence_stands(text):
    assert stands_alone(text, EN) > 0.5


def test_the_main_verb_is_found_past_relative_clauses():
    text = "Researchers who tested 40 chatbots found many errors."
    assert text[finite(text, EN) :].startswith("found")
    assert finite("an initiative designed to propel the nation", EN) is None


def test_a_text_in_a_language_without_rules_is_never_cut():
    long = (
        "Die Bundesregierung hat am Dienstag, wie der Minister sagte, eine Strategie für " + "sehr " * 20 + "gute KI."
    )
    assert shorten(long, lexicon("de"), 20) is None


def test_a_quotation_that_closes_its_sentence_gets_no_second_stop():
    said = 'Ada Brandt, who has led the port authority since 2019, said: "Nobody should have to smile for a machine."'
    short = shorten(said, EN, 16)
    assert short is not None
    assert short.endswith('machine."')
