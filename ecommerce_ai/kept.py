"""What a process asked a moment ago and need not ask again with each request."""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.conf import settings

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
MOST = 1000


class Kept(Generic[Key, Value]):
    """The answers of `ask`, each for `KEPT_S` seconds; None is asked again.

    For what staff change (keys, rules, versions). What shoppers do has to count with the next request.
    """

    def __init__(self, ask: Callable[[Key], Value | None]) -> None:
        self.ask = ask
        self.answers: dict[Key, tuple[float, Value]] = {}

    def of(self, key: Key) -> Value | None:
        now, found = time.monotonic(), self.answers.get(key)
        if found and now - found[0] < settings.KEPT_S:
            return found[1]
        value = self.ask(key)
        if len(self.answers) >= MOST:
            self.answers.clear()
        if value is not None:
            self.answers[key] = (now, value)
        return value

    def forget(self) -> None:
        """This process asks everything anew."""
        self.answers.clear()
