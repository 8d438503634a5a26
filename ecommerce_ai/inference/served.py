"""Trained models as they serve in this process: read once, anew when another run went live."""

import math
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from ecommerce_ai.inference.selectors import artefact_of, live_run

Model = TypeVar("Model")


class Served(Generic[Model]):
    """The live run of a name, as `read` makes a model of its artefact.

    `look_every_s`: how long it is taken to be the live one. A run whose artefact is gone changes nothing.
    """

    def __init__(self, name: str, read: Callable[[bytes], Model], *, look_every_s: float = 0.0) -> None:
        self.name, self.read, self.look_every_s = name, read, look_every_s
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.run: int | None = None
        self.known: Model | None = None
        self.looked_at = -math.inf

    def look_again(self) -> None:
        """What went live in this process is seen by the next who asks."""
        self.looked_at = -math.inf

    def model(self) -> Model | None:
        """None before the first training."""
        now = time.monotonic()
        if now - self.looked_at >= self.look_every_s:
            self.look()
            self.looked_at = now
        return self.known

    def look(self) -> None:
        run = live_run(self.name)
        if run is None:
            self.run, self.known = None, None
            return
        with self.lock:
            if run.pk != self.run and (content := artefact_of(run)):
                self.known, self.run = self.read(content), run.pk
