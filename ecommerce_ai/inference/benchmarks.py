"""`manage.py bench encode`: the encoder beside the library it is built on, on the same texts, in one run."""

import random
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.inference.types import Vectors
from ecommerce_ai.measurement import Measurement, benchmark

TEXTS = 400
REPETITIONS = 5
BASELINE = "SentenceTransformer(...).encode"
MATERIALS = ("Linen", "Stoneware", "Walnut", "Merino", "Brass", "Recycled glass", "Cotton", "Oak", "Enamel")
THINGS = (
    "scarf",
    "mug",
    "cutting board",
    "desk lamp",
    "notebook",
    "blanket",
    "teapot",
    "planter",
    "backpack",
)
PHRASES = (
    "Made in small batches by a family workshop.",
    "Keeps its shape after many washes.",
    "The glaze is lead-free and safe in the dishwasher.",
    "A quiet piece that fits a small flat as well as a large house.",
    "Comes in a box of recycled card and makes an easy present.",
    "Measures 24 by 18 by 6 centimetres and weighs 480 grams.",
    "Wipe with a damp cloth; keep away from open fire.",
)
Encode = Callable[[Sequence[str]], Vectors]


@benchmark("encode")
def encode() -> list[Measurement]:
    """Short and long product texts: texts per second, ratio to the library, smallest cosine."""
    from ecommerce_ai.inference.backends.sentence_transformer import plain_encode

    return [
        compare(name, product_texts(sentences), ours=get_encoder().encode_documents, baseline=plain_encode())
        for name, sentences in (("encode short texts", 0), ("encode long texts", 7))
    ]


def product_texts(sentences: int, *, count: int = TEXTS) -> list[str]:
    """`count` titles, each followed by up to `sentences` sentences; the same on every call."""
    rng = random.Random(7)
    return [product_text(rng, number, sentences=sentences) for number in range(count)]


def product_text(rng: random.Random, number: int, *, sentences: int) -> str:
    title = f"{rng.choice(MATERIALS)} {rng.choice(THINGS)} no. {number}."
    return " ".join([title, *rng.choices(PHRASES, k=rng.randint(sentences // 2, sentences))])


def compare(name: str, texts: list[str], *, ours: Encode, baseline: Encode) -> Measurement:
    """Both in turn, so that whatever else the machine does meets both; medians of all turns."""
    our_s, baseline_s, cosine = [], [], 1.0
    ours(texts[:8]), baseline(texts[:8])
    for _ in range(REPETITIONS):
        seconds, expected = timed(baseline, texts)
        baseline_s.append(seconds)
        seconds, found = timed(ours, texts)
        our_s.append(seconds)
        cosine = min(cosine, smallest_cosine(found, expected))
    value, reference = len(texts) / statistics.median(our_s), len(texts) / statistics.median(baseline_s)
    return Measurement(
        name=name,
        value=value,
        unit="texts/s",
        baseline=BASELINE,
        baseline_value=reference,
        ratio=value / reference,
        note=f"{len(texts)} texts, smallest cosine {cosine:.4f}",
    )


def timed(encode: Encode, texts: list[str]) -> tuple[float, Vectors]:
    started = time.perf_counter()
    vectors = encode(texts)
    return time.perf_counter() - started, vectors


def smallest_cosine(first: Vectors, second: Vectors) -> float:
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    return float(((first * second).sum(axis=1) / norms).min())


@benchmark("writer")
def writer() -> list[Measurement]:
    """Training: GPT-2 medium on a GPU; without one a small shape, which says nothing about a GPU."""
    from ecommerce_ai.inference.backends.writer_speed import speed_on_this_machine

    return [
        Measurement(
            name=f"train {shape}, {speed.way}",
            value=speed.tokens_per_s,
            unit="tokens/s",
            baseline="square matrix product, TFLOP/s",
            baseline_value=speed.matrix_tflops,
            ratio=speed.share,
            note=f"{speed.device}, {speed.model_tflops:.3g} TFLOP/s of the model, {speed.rows} rows",
        )
        for shape, speed in speed_on_this_machine()
    ]
