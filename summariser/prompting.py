"""Find and render what the model is told: Jinja templates, one per call kind.

A template has two blocks. `system` never changes: it may use no variable, so that it is the same for every document,
byte for byte, and providers can cache it. `task` is rendered for each call. Document text never comes through here:
the plan appends it, fenced, to what was rendered.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from summariser.errors import PromptError

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.nodes import Template as Tree

    from summariser.schema import CallKind

VARIABLES: dict[CallKind, frozenset[str]] = {
    "extract": frozenset({"highlights", "language", "published", "part", "parts"}),
    "repair": frozenset({"language", "published"}),
    "compose": frozenset({"highlights", "language"}),
}
"""What each call kind's `task` block is given, and must use: a template that forgets one drops a user's wish."""


def builtin_folder() -> Path:
    """The folder of the shipped templates: inside an installed wheel, else beside the package in its checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_prompts", package.parent / "prompts"):
        if folder.is_dir():
            return folder
    raise PromptError(f"the installation is incomplete: no prompts in {package.name}/_prompts or beside it")


@dataclass(frozen=True)
class Prompts:
    """The templates in use. `version` is a hash of their sources: it changes when any of them does."""

    version: str
    _templates: dict[CallKind, Template]
    _systems: dict[CallKind, str]

    def system(self, kind: CallKind) -> str:
        """The part that is the same for every document."""
        return self._systems[kind]

    def task(self, kind: CallKind, variables: dict[str, str | int]) -> str:
        """The part of one call; raises `PromptError` when the variables are not the ones of the call kind."""
        wrong = VARIABLES[kind] ^ variables.keys()
        if wrong:
            raise PromptError(f"prompt {kind}: wrong variables: {', '.join(sorted(wrong))}")
        return _block(self._templates[kind], "task", variables)


@cache
def load(folder: Path | None = None) -> Prompts:
    """The shipped templates, with those in `folder` instead where it has a file of the same name.

    Every fault of every template is named in one `PromptError`, before anything is sent.
    """
    if folder is not None and not folder.is_dir():
        raise PromptError(f"prompts folder not found: {folder}")
    environment = _environment()
    digest = hashlib.sha256()
    templates: dict[CallKind, Template] = {}
    faults: list[str] = []
    for kind in VARIABLES:
        path = _locate(f"{kind}.jinja", folder)
        source = path.read_text("utf-8")
        digest.update(source.encode())
        faults += [f"{path.name}: {fault}" for fault in _faults(environment, kind, source)]
        if not faults:
            templates[kind] = environment.from_string(source)
    faults += _strangers(folder)
    if faults:
        raise PromptError("; ".join(faults))
    systems = {kind: _block(template, "system", {}) for kind, template in templates.items()}
    return Prompts(digest.hexdigest()[:12], templates, systems)


def _environment() -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # No autoescape: this is plain text for a model, and no document text is rendered.
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _locate(name: str, folder: Path | None) -> Path:
    own = folder / name if folder else None
    return own if own and own.is_file() else builtin_folder() / name


def _strangers(folder: Path | None) -> list[str]:
    """Templates in the user's folder that no call would ever use: most likely a misspelt name."""
    if folder is None:
        return []
    known = {f"{kind}.jinja" for kind in VARIABLES}
    names = sorted(path.name for path in folder.glob("*.jinja") if path.name not in known)
    return [f"{name}: no such prompt (there are {', '.join(sorted(known))})" for name in names]


def _faults(environment: Environment, kind: CallKind, source: str) -> list[str]:
    from jinja2 import TemplateSyntaxError

    try:
        blocks = _variables_by_block(environment, source)
    except TemplateSyntaxError as error:
        return [f"line {error.lineno}: {error.message}"]
    faults = [f"block {name} is missing" for name in ("system", "task") if name not in blocks]
    fixed = blocks.get("system", set())
    if fixed:
        faults.append(f"block system must be the same for every document, so it can use no variable: {_names(fixed)}")
    task = blocks.get("task", set(VARIABLES[kind]))
    if unknown := task - VARIABLES[kind]:
        faults.append(f"unknown variables: {_names(unknown)} (there are {_names(VARIABLES[kind])})")
    if missing := VARIABLES[kind] - task:
        faults.append(f"missing variables: {_names(missing)}")
    return faults


def _variables_by_block(environment: Environment, source: str) -> dict[str, set[str]]:
    from jinja2 import meta, nodes

    found: dict[str, set[str]] = {}
    for block in environment.parse(source).find_all(nodes.Block):
        tree: Tree = nodes.Template(block.body, lineno=1)
        tree.set_environment(environment)
        found[block.name] = meta.find_undeclared_variables(tree)
    return found


def _block(template: Template, name: str, variables: dict[str, str | int]) -> str:
    from jinja2 import TemplateError

    try:
        return "".join(template.blocks[name](template.new_context(dict(variables)))).strip()
    except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
        raise PromptError(f"block {name} of a prompt cannot be rendered: {error}") from None


def _names(variables: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(variables))
