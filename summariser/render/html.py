"""One self-contained HTML page: no network, a strict content security policy, readable without scripts.

The templates beside this module are Jinja with autoescape; what they are given is text, never markup. Only three
things go in as they are: the package's own style sheet, its own script, and the JSON block that `json_block` escapes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from summariser.render.text import bullets, safe
from summariser.render.view import view
from summariser.render.words import direction

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from summariser.schema import Summary

FOLDER = Path(__file__).parent / "templates"

_SCRIPT_ENDERS = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""What could end or disturb a script element, or a line of script, as JSON escapes."""

_NOT_COPIED = {"document": {"text", "sentences", "furniture", "sections"}}
"""Left out of the JSON that a reader copies: the page has the text already; every quote and offset stays in."""


def page(summary: Summary, *, index: str | None = None) -> str:
    """The summary as one page; `index` is the address of the page that lists all summaries, where there is one."""
    copies = {
        "markdown": summary.to_markdown(),
        "json": summary.model_dump(mode="json", exclude=_NOT_COPIED),
        "bullets": "\n".join(bullets(summary)) + "\n",
    }
    return render(
        "page.html.jinja",
        ("page.css",),
        "page.js",
        summary=summary,
        view=view(summary),
        index=index,
        copies=json_block(copies),
    )


def render(template: str, styles: tuple[str, ...], script: str, **values: object) -> str:
    """A template with its style sheets and its script inline, under a policy that allows nothing else."""
    from markupsafe import Markup

    style_text = "\n".join(_asset(name) for name in ("base.css", *styles))
    script_text = _asset(script)
    policy = (
        f"default-src 'none'; script-src '{_digest(script_text)}'; style-src '{_digest(style_text)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return (
        _environment()
        .get_template(template)
        .render(
            policy=policy,
            # The package's own files, never a document's text.
            style=Markup(style_text),
            script=Markup(script_text),
            direction=direction,
            **values,
        )
    )


def json_block(value: object) -> Markup:
    """JSON that stands in a script element and can neither end it nor open a comment in it."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _SCRIPT_ENDERS.items():
        text = text.replace(character, escape)
    return Markup(safe(text))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["safe_text"] = _safe_line
    return environment


def _safe_line(text: object) -> str:
    return " ".join(safe(str(text)).split())


@cache
def _asset(name: str) -> str:
    return (FOLDER / name).read_text("utf-8").strip()


@cache
def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
