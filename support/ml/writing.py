"""A fluent reply where a writer is set and says nothing that the quotes do not; else the quotes."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from ecommerce_ai.inference.types import Generator, Reader
from support.ml.grounding import verify
from support.ml.types import Evidence, Reply

MAX_TOKENS = 160
SURE = 0.5
PROMPT = (
    "Answer the question in one or two sentences, in the language of the question, using only these facts.\n"
    "Facts:\n{facts}\nQuestion: {question}\nAnswer:"
)
workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="writer")
REST_S = 30.0  # after a failure nobody is asked for as long: shoppers would wait for nothing


class Breaker:
    """Whether models are asked at all; open for a while after one failed or was too slow."""

    def __init__(self) -> None:
        self.open_until = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self.open_until

    def trip(self) -> None:
        self.open_until = time.monotonic() + REST_S


breaker = Breaker()


def write(
    question: str,
    reply: Reply,
    *,
    generator: Generator | None = None,
    reader: Reader | None = None,
    timeout_s: float,
) -> Reply:
    """Within `timeout_s`; whatever a model does wrong, `reply` is what is sent."""
    is_wanted = reply.status == "answered" and (generator is not None or reader is not None)
    if not is_wanted or breaker.is_open:
        return reply
    work = workers.submit(written, question, reply, generator, reader)
    try:
        return work.result(timeout=timeout_s)
    except Exception:  # noqa: BLE001 - too late, killed, out of memory: the quotes answer as well
        work.cancel()
        breaker.trip()
        return reply


def written(question: str, reply: Reply, generator: Generator | None, reader: Reader | None) -> Reply:
    if generator is not None:
        facts = "\n".join(each.quote for each in reply.evidence)
        text = generator.generate([PROMPT.format(facts=facts, question=question)], max_tokens=MAX_TOKENS)[
            0
        ].strip()
        is_supported = bool(text) and verify(text, reply.evidence, language=reply.language).is_supported
        return replace(reply, text=text) if is_supported else reply
    return read(question, reply, reader) if reader is not None else reply


def read(question: str, reply: Reply, reader: Reader) -> Reply:
    """The evidence whose words answer, alone, where the reader is sure."""
    spans = reader.read(question, [each.quote for each in reply.evidence])
    pairs = list(zip(reply.evidence, spans, strict=True))
    sure: list[Evidence] = [each for each, span in pairs if span is not None and span.probability >= SURE]
    return replace(reply, text=" ".join(each.quote for each in sure), evidence=tuple(sure)) if sure else reply
