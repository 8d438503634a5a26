"""The models of this process: named in `settings.INFERENCE`, loaded once, on first use, never over a fork."""

import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, cast

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from ecommerce_ai.inference.remembering import RememberedQueries
from ecommerce_ai.inference.types import Classifier, Encoder, Generator, Reader, Sampler, Vectors
from ecommerce_ai.inference.waiting import WaitingQueries

log = structlog.get_logger(__name__)
RETRY_AFTER_S = 60


class EncoderUnavailable(Exception):
    """The encoder is still loading, failed, or did not answer in time; use words instead."""


class Registry:
    """Loaded backends by kind, and the threads that wait for them."""

    def __init__(self) -> None:
        self.backends: dict[str, Any] = {}
        self.lock = threading.Lock()
        self.warming: threading.Thread | None = None
        self.no_warming_before = 0.0
        self.queries = WaitingQueries()
        self.remembered = RememberedQueries()

    def backend(self, kind: str) -> Any:
        """The backend of this kind, or None where the settings name none."""
        if kind in self.backends:
            return self.backends[kind]
        with self.lock:
            if kind not in self.backends:
                self.backends[kind] = load_backend(kind)
        return self.backends[kind]

    def warm(self, kind: str) -> threading.Thread | None:
        """The thread that loads this kind; None where it is loaded, or failed a short while ago."""
        if kind in self.backends or time.monotonic() < self.no_warming_before:
            return None
        if self.warming is None or not self.warming.is_alive():
            self.warming = threading.Thread(target=self.try_to_load, args=(kind,), daemon=True)
            self.warming.start()
        return self.warming

    def try_to_load(self, kind: str) -> None:
        try:
            self.backend(kind)
        except Exception:
            # A thread has nobody to raise to: whoever needs the model gets the error from `backend` itself.
            self.no_warming_before = time.monotonic() + RETRY_AFTER_S
            log.exception("model_failed_to_load", kind=kind)


def load_backend(kind: str) -> Any:
    config = settings.INFERENCE.get(kind)
    if config is None:
        return None
    backend = import_string(config["BACKEND"])(**config.get("OPTIONS", {}))
    log.info("model_loaded", kind=kind, model=backend.name)
    return backend


registry = Registry()


def reset_registry() -> None:
    """Forget every loaded model; the next use loads again. A forked child does this by itself."""
    global registry
    registry = Registry()


os.register_at_fork(after_in_child=reset_registry)


def get_encoder() -> Encoder:
    """The encoder; the first call in a process loads it, which takes seconds."""
    encoder = registry.backend("encoder")
    if encoder is None:
        raise ImproperlyConfigured("INFERENCE names no encoder.")
    return cast("Encoder", encoder)


def get_classifier() -> Classifier | None:
    """The classifier, where one is set."""
    return cast("Classifier | None", registry.backend("classifier"))


def get_generator() -> Generator | None:
    """The writer, where one is set."""
    return cast("Generator | None", registry.backend("generator"))


def get_sampler() -> Sampler | None:
    """The writer, where one is set that varies what it says."""
    found = registry.backend("generator")
    return found if isinstance(found, Sampler) else None


def get_reader() -> Reader | None:
    """The reader, where one is set."""
    return cast("Reader | None", registry.backend("reader"))


def warm_encoder() -> threading.Thread | None:
    """Start to load the encoder without waiting; the thread that does, None where there is nothing to do."""
    return registry.warm("encoder")


def encode_query(text: str, *, timeout_s: float) -> Vectors:
    """The unit vector of one query, within its time; as `encode_queries`. Not to be written to."""
    key = registry.remembered.key(loaded_encoder(), text)
    known = registry.remembered.get(key)
    if known is None:
        known = cast("Vectors", encode_queries([text], timeout_s=timeout_s)[0])
        registry.remembered.put(key, known)
    return known


def loaded_encoder() -> Encoder:
    """The encoder. Raises EncoderUnavailable at once while it loads."""
    if "encoder" not in registry.backends:
        warm_encoder()
        raise EncoderUnavailable("The encoder is still loading.")
    return get_encoder()


def encode_queries(texts: Sequence[str], *, timeout_s: float) -> Vectors:
    """The unit rows of short texts, within their time.

    Raises EncoderUnavailable at once while the encoder loads, and after `timeout_s` when it does not answer.
    """
    answer: Future[Vectors] = registry.queries.submit(loaded_encoder().encode_queries, texts)
    try:
        return answer.result(timeout=timeout_s)
    except FutureTimeout as error:
        answer.cancel()
        raise EncoderUnavailable(f"No answer within {timeout_s} s.") from error
    except Exception as error:
        log.exception("encoder_failed")
        raise EncoderUnavailable("The encoder failed.") from error
