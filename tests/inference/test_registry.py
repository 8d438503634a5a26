import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured

from ecommerce_ai.inference import registry, remembering
from ecommerce_ai.inference.registry import EncoderUnavailable
from ecommerce_ai.inference.types import Vectors

pytestmark = pytest.mark.usefixtures("fresh_registry")
SENTENCE_TRANSFORMER = "ecommerce_ai.inference.backends.sentence_transformer.SentenceTransformerEncoder"
released = threading.Event()


class StuckEncoder:
    """An encoder that answers nothing until it is released."""

    name = "stuck"
    dimensions = 3

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        released.wait(30)
        return np.ones((len(texts), 3), np.float32)

    encode_queries = encode_documents


class BrokenEncoder(StuckEncoder):
    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        raise RuntimeError("out of memory")


def use(settings: Any, backend: str, **options: Any) -> None:
    settings.INFERENCE = {"encoder": {"BACKEND": backend, "OPTIONS": options}}


@pytest.fixture
def tiny(settings: Any, tiny_model: Path) -> None:
    use(settings, SENTENCE_TRANSFORMER, model=str(tiny_model), device="cpu")


def test_it_loads_once_for_all_threads(tiny: None) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(registry.get_encoder())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len({id(encoder) for encoder in found}) == 1


def test_a_query_before_the_encoder_is_there_fails_at_once_and_loads_it(tiny: None) -> None:
    started = time.perf_counter()
    with pytest.raises(EncoderUnavailable, match="loading"):
        registry.encode_query("warm scarf", timeout_s=30)
    assert time.perf_counter() - started < 0.5
    thread = registry.warm_encoder()
    if thread:
        thread.join(30)
    vector = registry.encode_query("warm scarf", timeout_s=30)
    np.testing.assert_allclose(vector, registry.get_encoder().encode_queries(["warm scarf"])[0], atol=1e-6)


class LengthEncoder(StuckEncoder):
    """The length of a text three times; tells how often it was asked."""

    asked: ClassVar[list[str]] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return np.array([[len(text)] * 3 for text in texts], np.float32)


def test_the_same_words_are_encoded_once_and_the_oldest_are_forgotten(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(settings, f"{__name__}.LengthEncoder")
    monkeypatch.setattr(remembering, "MOST", 2)
    registry.get_encoder()
    asked = ["a", "bb", "a", "ccc", "bb", "ccc"]
    found = [registry.encode_query(text, timeout_s=30)[0] for text in asked]
    assert found == [1, 2, 1, 3, 2, 3]
    assert LengthEncoder.asked == ["a", "bb", "ccc", "bb"]
    with pytest.raises(ValueError, match="read-only"):
        registry.encode_query("ccc", timeout_s=30)[0] = 0


def test_a_query_that_takes_too_long_fails_in_time(settings: Any) -> None:
    use(settings, f"{__name__}.StuckEncoder")
    registry.get_encoder()
    started = time.perf_counter()
    try:
        for _ in range(4):  # more than go at once
            with pytest.raises(EncoderUnavailable, match="No answer"):
                registry.encode_query("warm scarf", timeout_s=0.05)
        assert time.perf_counter() - started < 2
    finally:
        released.set()


class CountingEncoder(StuckEncoder):
    """Waits for its first call to be let go, and tells how many texts came with each."""

    calls: ClassVar[list[int]] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(len(texts))
        started.release()
        going.wait(30)
        return np.array([[len(text)] * 3 for text in texts], np.float32)


started, going = threading.Semaphore(0), threading.Event()


def test_queries_that_wait_go_together_and_each_gets_its_own(settings: Any) -> None:
    use(settings, f"{__name__}.CountingEncoder")
    encode = registry.get_encoder().encode_queries
    queries = registry.registry.queries
    answers = [queries.submit(encode, ["a"])]
    assert started.acquire(timeout=30)  # the thread is busy
    answers += [queries.submit(encode, ["a" * length]) for length in range(2, 23)]
    assert answers.pop().cancel()
    going.set()
    assert [answer.result(30)[0, 0] for answer in answers] == list(range(1, 22))
    assert CountingEncoder.calls == [1, 20]


def test_a_failing_encoder_is_an_unavailable_one(settings: Any) -> None:
    use(settings, f"{__name__}.BrokenEncoder")
    registry.get_encoder()
    with pytest.raises(EncoderUnavailable, match="failed"):
        registry.encode_query("warm scarf", timeout_s=5)


def test_an_encoder_that_cannot_load_is_not_tried_on_every_query(settings: Any) -> None:
    use(settings, "ecommerce_ai.inference.nowhere.Encoder")
    thread = registry.warm_encoder()
    assert thread is not None
    thread.join(30)
    for _ in range(2):
        with pytest.raises(EncoderUnavailable):
            registry.encode_query("warm scarf", timeout_s=30)
        assert registry.warm_encoder() is None


def test_a_forked_child_loads_its_own(tiny: None) -> None:
    registry.get_encoder().encode_documents(["warm"])
    child = os.fork()
    if child == 0:
        os._exit(0 if registry.registry.backends == {} else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert "encoder" in registry.registry.backends


def test_what_is_not_set_is_none(settings: Any) -> None:
    settings.INFERENCE = {}
    assert registry.get_generator() is None
    assert registry.get_reader() is None
    assert registry.get_classifier() is None
    with pytest.raises(ImproperlyConfigured):
        registry.get_encoder()
