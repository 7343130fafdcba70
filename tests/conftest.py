"""What holds for every test: no key and no setting of the machine it runs on, no network beyond loopback."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("SUMMARISER_", "OPENAI_")):
            monkeypatch.delenv(name)
