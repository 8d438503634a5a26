"""Any server that speaks the chat API of OpenAI: vLLM, `transformers serve`, llama.cpp, a paid one."""

import json
import os
from collections.abc import Sequence
from typing import Any
from urllib.request import Request, urlopen

from ecommerce_ai.inference.types import ChatAnswer

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
        return self.ask(prompt, max_tokens=max_tokens, temperature=0).text

    def ask(self, prompt: str, *, max_tokens: int, temperature: float) -> ChatAnswer:
        """Raises OSError where the server is away or slow, ValueError for nonsense."""
        asked = {
            "model": self.model, "max_tokens": max_tokens, "temperature": temperature, "stream": False,
            "messages": [{"role": "user", "content": prompt}],
        }  # fmt: skip
        told = self.post("/chat/completions", asked)
        try:
            text = str(told["choices"][0]["message"]["content"]).strip()
        except (KeyError, IndexError, TypeError) as error:
            raise ValueError("The server's answer has no text.") from error
        used = told.get("usage") or {}
        return ChatAnswer(text, counted(used, "prompt_tokens"), counted(used, "completion_tokens"))

    def post(self, path: str, content: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = Request(self.url + path, json.dumps(content).encode(), headers)  # noqa: S310 - http(s) only
        with urlopen(request, timeout=self.timeout_s) as answer:  # noqa: S310
            return json.loads(answer.read(LARGEST_ANSWER))


def counted(used: Any, name: str) -> int:
    """What the server says it counted; 0 for what is no count."""
    value = used.get(name, 0) if isinstance(used, dict) else 0
    return value if isinstance(value, int) and value >= 0 else 0
