"""The source gate: what is wrong with a text, told before a request is spent on it.

A false refusal is worse than a false pass: an article *about* cookie banners, paywalls or prompt injection goes
through, and so does a short item that is whole. The checks themselves: `gate_checks.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from summariser.documents.gate_checks import CHECKS, LEAST_WORDS, Action, size, tables
from summariser.documents.gate_subject import Subject
from summariser.errors import RefusedSourceError
from summariser.schema import Document, Note

GateMode = Literal["default", "warn", "off"]
"""`default`: as the table says; `warn`: nothing is refused; `off`: the gate is not asked."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a source: a stable `code`, what is done about it, one line for the reader."""

    code: str
    action: Action
    message: str
    sentences: tuple[int, ...] = ()


def gate(document: Document) -> tuple[Finding, ...]:
    """Everything that the gate finds, refusals first; nothing is raised."""
    found: list[Finding] = []
    subject = Subject(document)
    for check in CHECKS:
        for code, sentences in check(subject):
            found.append(Finding(code, tables().actions[code], tables().messages[code], sentences))
    return tuple(sorted(found, key=lambda finding: ("refuse", "warn", "go").index(finding.action)))


def checked(document: Document, mode: GateMode = "default") -> Document:
    """The document with a note for each warning; raises `RefusedSourceError` for the first refusal."""
    if mode == "off":
        return document
    found = gate(document)
    if mode == "default" and found and found[0].action == "refuse":
        raise RefusedSourceError(f"{document.name or 'the text'}: {_detail(document, found[0])}", found[0].code)
    notes = tuple(Note(code=f.code, message=f.message, sentences=f.sentences) for f in found if f.action != "go")
    return document.model_copy(update={"notes": document.notes + notes}) if notes else document


def _detail(document: Document, finding: Finding) -> str:
    if finding.code != "near_empty":
        return finding.message
    words = size(document)
    detail = f"{finding.message} ({words} word{'' if words == 1 else 's'} in sentences, at least {LEAST_WORDS})"
    looks_like_path = re.fullmatch(r"[^\n]{0,300}[\w)]\.\w{1,5}", document.text.strip()) and words <= 3
    return f"{detail}; to read a file, pass a Path" if looks_like_path and document.name is None else detail
