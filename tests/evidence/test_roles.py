"""Who is what: a role must stand with its own actor."""

import pytest

from summariser.evidence import verify_actor
from summariser.schema import DraftActor

MEMBERS = "Panel members: Ada Quillon (Chairperson), Bram Oster, Cleo Marchetti."
FUND = (
    "Ada Quillon, who heads the harbour office, spoke of $60 million for the Tide Fund. "
    "The Coastal Bank, which will hold the fund, has received half of it. "
    "It will wait, according to its vice-president, Bram Oster."
)
LIST = (
    "The port published a code of practice on Monday. "
    "Halvor, Kestrel and Moonray are among the companies that have signed, the port said."
)


def _codes(name: str, role: str, support: str) -> list[str]:
    actor = DraftActor(name=name, aliases=[], kind="person", role=role, ev=[1])
    return [reason.code for reason in verify_actor(actor, support, language="en").reasons]


@pytest.mark.parametrize(
    ("name", "role", "support"),
    [
        ("Cleo Marchetti", "Chairperson", MEMBERS),
        ("Ada Quillon", "vice-president of the Coastal Bank", FUND),
    ],
)
def test_the_role_of_another_is_swapped(name: str, role: str, support: str) -> None:
    assert _codes(name, role, support) == ["role_swapped"]


@pytest.mark.parametrize(
    ("name", "role", "support"),
    [
        ("Ada Quillon", "Chairperson", MEMBERS),
        ("Cleo Marchetti", "panel member", MEMBERS),
        ("Bram Oster", "vice-president of the bank", FUND),
        ("Coastal Bank", "will hold the Tide Fund", FUND),
        ("Kestrel", "signatory of the code of practice", LIST),
    ],
)
def test_the_own_role_is_supported(name: str, role: str, support: str) -> None:
    assert _codes(name, role, support) == []
