"""Any server that speaks the chat API of OpenAI: vLLM, `transformers serve`, llama.cpp, a paid one."""

import json
import os
from collections.abc import Sequence
from typing import Any
from urllib.request import Request

from ecommerce_ai.inference.backends.timed_http import answer_in_time
from ecommerce_ai.inference.types import ChatAnswer

LARGEST_ANSWER = 1_000_000  # bytes
MOST_TOKENS = 10_000_000  # of one call: more is no count


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
        return ChatAnswer(text, *counted(told.get("usage")))

    def post(self, path: str, content: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = Request(self.url + path, json.dumps(content).encode(), headers)  # noqa: S310 - http(s) only
        body = answer_in_time(request, timeout_s=self.timeout_s, most=LARGEST_ANSWER)
        try:
            return json.loads(body)
        except RecursionError as error:
            raise ValueError("The server's answer is nested too deep.") from error


def counted(used: Any) -> tuple[int, int]:
    """Tokens read and written, as the server says; 0 for both where either is no count."""
    told = used if isinstance(used, dict) else {}
    read, written = told.get("prompt_tokens", 0), told.get("completion_tokens", 0)
    return (read, written) if is_count(read) and is_count(written) else (0, 0)


def is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MOST_TOKENS
