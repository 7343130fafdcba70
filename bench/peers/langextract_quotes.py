"""langextract as its README shows it: a prompt, one example, its own chunks and threads."""

from __future__ import annotations

import langextract as lx  # type: ignore[import-not-found]

from bench.peers.task import PROMPT, Answered, job, run_threads

JOB = job()
EXAMPLE = (
    "The senate of Lorania passed the Open Data Act on 3 May 2021. It had been debated for two years. "
    "Lorania is the third country with such a law. The act was published on 9 May 2021."
)
FIELDS = {"highlight": "text", "key_point": "text", "actor": "name", "milestone": "title"}
KINDS = {"highlight": "highlights", "key_point": "key_points", "actor": "actors", "milestone": "milestones"}
EXAMPLES = [
    lx.data.ExampleData(
        text=EXAMPLE,
        extractions=[
            lx.data.Extraction("highlight", EXAMPLE[:61], attributes={"text": "The senate passed the Open Data Act."}),
            lx.data.Extraction(
                "key_point", EXAMPLE[62:96], attributes={"text": "The debate took two years.", "speaker": ""}
            ),
            lx.data.Extraction("actor", EXAMPLE[97:144], attributes={"name": "Lorania", "kind": "country"}),
            lx.data.Extraction("milestone", EXAMPLE[144:], attributes={"title": "Publication", "date": "2021-05-09"}),
        ],
    )
]
CONFIG = lx.factory.ModelConfig(
    model_id="mock", provider="OpenAILanguageModel", provider_kwargs={"base_url": JOB.url, "api_key": "none"}
)


def ask(number: int, text: str) -> Answered:
    # The docket stands in one chunk only; as context it tells the mock server whose chunk it is.
    document = lx.extract(
        text,
        prompt_description=PROMPT,
        examples=EXAMPLES,
        config=CONFIG,
        additional_context=f"docket {number:06d}",
        show_progress=False,
    )
    claims: dict[str, list[str]] = {kind: [] for kind in KINDS.values()}
    for found in document.extractions or ():
        attributes = found.attributes or {}
        said = str(attributes.get(FIELDS.get(found.extraction_class, ""), ""))
        if found.extraction_class == "milestone":
            said = f"{said} | {attributes.get('date')}"
        claims.setdefault(KINDS.get(found.extraction_class, "other"), []).append(said)
    return Answered(claims)


run_threads(JOB, ask)
