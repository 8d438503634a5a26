"""What is asked of the database again and again, and changes seldom."""

import math
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
# How long a process answers with what it knows before it asks again whether another process changed it.
LOOK_EVERY_S = 0.5


class Recent(Generic[Value]):
    """What `read` said at most `every_s` ago."""

    def __init__(self, read: Callable[[], Value], *, every_s: float) -> None:
        self.read, self.every_s = read, every_s
        self.look_again()

    def look_again(self) -> None:
        """What changed in this process is seen by whoever asks next."""
        self.looked_at = -math.inf

    def value(self) -> Value:
        now = time.monotonic()
        if now - self.looked_at >= self.every_s:
            self.known = self.read()
            self.looked_at = now
        return self.known
