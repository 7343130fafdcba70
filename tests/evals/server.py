"""A model on loopback for tests: answers the package's request and the plain one about the small case."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POINT = "Portugal's parliament passed the Algorithm Register Act on Tuesday by 118 votes to 97."
ANSWER = {
    "highlights": [{"text": POINT, "ev": [1]}],
    "key_points": [{"text": POINT, "speaker": None, "ev": [1]}],
    "actors": [],
    "milestones": [],
}
PLAIN = {
    "highlights": [POINT],
    "key_points": [{"text": POINT, "speaker": None}],
    "actors": [{"name": "Marta Quintela", "aliases": [], "kind": "person", "role": "Minister of Digital Affairs"}],
    "milestones": [
        {"title": "Algorithm Register Act passed", "date": "last week", "date_text": "Tuesday", "date_role": "event",
         "jurisdictions": ["PT"], "instrument": "law", "binding": True, "status": "adopted"}
    ],
}  # fmt: skip


@contextmanager
def model_server() -> Iterator[tuple[str, list[dict]]]:
    """Address of the server, and the request bodies that it got."""
    asked: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            asked.append(body)
            plain = "PlainSummary" in json.dumps(body.get("response_format"))
            message = {"role": "assistant", "content": json.dumps(PLAIN if plain else ANSWER)}
            answer = json.dumps(
                {
                    "id": "x", "object": "chat.completion", "created": 0, "model": body["model"],
                    "system_fingerprint": "relay-estimated-usage",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 700, "completion_tokens": 60, "total_tokens": 760},
                }
            ).encode()  # fmt: skip
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
