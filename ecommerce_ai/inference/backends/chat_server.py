"""Any server that speaks the chat API of OpenAI: vLLM, `transformers serve`, llama.cpp, a paid one."""

import json
import os
from collections.abc import Sequence
from typing import Any
from urllib.request import Request, urlopen

LARGEST_ANSWER = 1_000_000  # bytes


class ChatServer:
    """`url` ends before `/chat/completions`; the key is read from the environment variable `key_variable`."""

    def __init__(
        self, *, url: str, model: str, timeout_s: float = 30.0, key_variable: str = "WRITER_API_KEY"
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"{url} is no address of a server.")
        self.url, self.model, self.timeout_s = url.rstrip("/"), model, timeout_s
        self.key = os.environ.get(key_variable, "")
        self.name = f"{model} at {self.url}"

    def generate(self, prompts: Sequence[str], *, max_tokens: int) -> list[str]:
        """One text per prompt, in order. Raises OSError where the server is away, ValueError for nonsense."""
        return [self.answer(prompt, max_tokens=max_tokens) for prompt in prompts]

    def answer(self, prompt: str, *, max_tokens: int) -> str:
        asked = {
            "model": self.model, "max_tokens": max_tokens, "temperature": 0, "stream": False,
            "messages": [{"role": "user", "content": prompt}],
        }  # fmt: skip
        told = self.post("/chat/completions", asked)
        try:
            return str(told["choices"][0]["message"]["content"]).strip()
        except (KeyError, IndexError, TypeError) as error:
            raise ValueError("The server's answer has no text.") from error

    def post(self, path: str, content: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = Request(self.url + path, json.dumps(content).encode(), headers)  # noqa: S310 - http(s) only
        with urlopen(request, timeout=self.timeout_s) as answer:  # noqa: S310
            return json.loads(answer.read(LARGEST_ANSWER))
