"""A server with OpenAI's chat API on a model loaded by its path: `python -m … FOLDER`; prints its port.

Asked for the model "half" it sends half of its answer, says so, and goes no further until it is killed.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ecommerce_ai.inference.backends.language_model import LanguageModel


def tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


class Chat(BaseHTTPRequestHandler):
    writer: LanguageModel

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt, limit = asked["messages"][-1]["content"], asked["max_tokens"]
        text = self.writer.generate([prompt], max_tokens=limit)[0]
        message = {"role": "assistant", "content": text}
        content = json.dumps(
            {"choices": [{"index": 0, "message": message}], "model": asked["model"]}
        ).encode()
        self.send_response(200 if self.path == "/v1/chat/completions" else 404)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if asked["model"] == "half":
            self.wfile.write(content[: len(content) // 2])
            tell("half")
            threading.Event().wait()
        self.wfile.write(content)


if __name__ == "__main__":
    Chat.writer = LanguageModel(model=sys.argv[1], device="cpu")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Chat)
    tell(server.server_address[1])
    server.serve_forever()
