"""The article that every fixture holds, and the facts that every format must give. Written for these tests."""

from __future__ import annotations

TITLE = "Valdoria sets up an office for machine decisions"
BYLINE = "Ines Valk"
CATEGORY = "Technology policy"
PUBLISHED = "2025-05-14"
LANGUAGE = "en"
URL = "https://courier.example/policy/office-for-machine-decisions"
HEADING = "What companies must do"

LEAD = (
    "Valdoria's parliament voted on Tuesday to establish an Office for Automated Decisions, after two years of debate "
    "about how the state should watch over machines that judge people."
)
STAFF = "The office will employ 35 inspectors and can fine companies up to 4 million crowns."
SAID = "Deputy Mara Lindqvist said the law was overdue."
DUTIES = "The law sets two duties for companies:"
ITEMS = (
    "Register every automated system by 1 March 2026.",
    "Name a person who answers for each system.",
)
FUNDS = "The government has set aside 12 million crowns for the first year."
LOW = "Opposition leader Teo Brandt called the fines too low."
NOT_FOR = "He did not vote for the bill, and he does not expect the office to open before the autumn."

PARAGRAPHS = (LEAD, f"{STAFF} {SAID}")
AFTER_HEADING = (FUNDS, f"{LOW} {NOT_FOR}")
SENTENCES = (LEAD, STAFF, SAID, DUTIES, *ITEMS, FUNDS, LOW, NOT_FOR)
"""What must come out, in this order, whatever the format."""
