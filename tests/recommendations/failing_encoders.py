"""Encoders as they fail in real life: one never answers, one breaks."""

import threading
from collections.abc import Sequence

from ecommerce_ai.inference.types import Vectors

released = threading.Event()


class HangingEncoder:
    name = "hanging"
    dimensions = 384

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        released.wait(30)
        raise TimeoutError


class CrashingEncoder(HangingEncoder):
    name = "crashing"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        raise RuntimeError("CUDA error: out of memory")
