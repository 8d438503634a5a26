"""A server with OpenAI's interface, on this machine: it says what a test tells it, or fails as it is told."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Raw:
    """These pieces come over the line as they are, each after a pause."""

    pieces: Iterable[bytes]
    pause_s: float = 0

    def write_to(self, line: Any, is_over: threading.Event) -> None:
        for piece in self.pieces:
            if is_over.wait(self.pause_s):
                return
            line.write(piece)


@dataclass
class ChatServer:
    """`answer` is given the asked body and returns status and body, or Raw; `asked` keeps what came."""

    answer: Callable[[dict[str, Any]], tuple[int, Any]]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)


def says(text: str, *, tokens: int = 10) -> Callable[[dict[str, Any]], tuple[int, Any]]:
    usage = {"prompt_tokens": tokens, "completion_tokens": tokens}
    return lambda asked: (200, {"choices": [{"message": {"content": text}}], "usage": usage})


@contextmanager
def running(answer: Callable[[dict[str, Any]], tuple[int, Any]]) -> Iterator[ChatServer]:
    told, is_over = ChatServer(answer), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append(asked)
            status, body = told.answer(asked)
            if isinstance(body, Raw):
                self.close_connection = True
                with suppress(ConnectionError):
                    body.write_to(self.wfile, is_over)
                return
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except ConnectionError:
                self.close_connection = True  # who asked has gone

        def log_message(self, format: str, *arguments: Any) -> None:
            """Tests read no log of it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield told
    finally:
        is_over.set()
        server.shutdown()
        thread.join()
        server.server_close()
