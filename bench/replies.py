"""The bodies that an OpenAI-compatible server answers with: completions (whole or streamed) and errors."""

from __future__ import annotations

import json
from typing import Any

from bench.answers import Question
from bench.protocol import Delivery, response

CHARACTERS_A_TOKEN = 4


def completion(
    asked: Question, text: str, finish: str, model: str, headers: dict[str, str], *, streamed: bool
) -> bytes:
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if asked.tool:
        call = {"id": "call_1", "type": "function", "function": {"name": asked.tool, "arguments": text}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
        finish = "tool_calls" if finish == "stop" else finish
    prompt, completion = asked.characters // CHARACTERS_A_TOKEN, len(text) // CHARACTERS_A_TOKEN
    usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    whole: dict[str, Any] = {"id": f"mock-{asked.document}", "created": 1, "model": model}
    if streamed:
        part = {**whole, "object": "chat.completion.chunk"}
        first = {**part, "choices": [{"index": 0, "delta": message, "finish_reason": None}]}
        last = {**part, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}], "usage": usage}
        events = "".join(f"data: {event}\n\n" for event in (json.dumps(first), json.dumps(last), "[DONE]"))
        return response(200, events.encode(), "text/event-stream", headers)
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    body = {**whole, "object": "chat.completion", "choices": choices, "usage": usage}
    return response(200, json.dumps(body, ensure_ascii=False).encode(), headers=headers)


def reply(status: int, body: object) -> Delivery:
    return Delivery(response(status, json.dumps(body).encode()))


def error(
    status: int, message: str, headers: dict[str, str] | None = None, *, code: str = "", delay: float = 0.0
) -> Delivery:
    body = {"error": {"message": message, "type": "mock_error", "code": code or None}}
    return Delivery(response(status, json.dumps(body).encode(), headers=headers), delay)
