from pathlib import Path

import pytest

from ecommerce_ai.inference.backends.sentence_transformer import SentenceTransformerEncoder, plain_encode
from ecommerce_ai.inference.benchmarks import compare, product_texts


def test_texts_are_the_same_on_every_call_and_grow_with_their_sentences() -> None:
    short, long = product_texts(0), product_texts(7)
    assert short == product_texts(0)
    assert len(set(short)) == len(short)
    assert sum(map(len, long)) > 4 * sum(map(len, short))


@pytest.mark.usefixtures("full_precision")
def test_a_comparison_tells_the_ratio_and_the_cosine(tiny_model: Path) -> None:
    ours = SentenceTransformerEncoder(model=str(tiny_model), device="cpu").encode_documents
    line = compare("x", product_texts(1, count=20), ours=ours, baseline=plain_encode(str(tiny_model)))
    assert line.baseline_value is not None
    assert line.ratio == pytest.approx(line.value / line.baseline_value)
    assert "smallest cosine 1.0000" in line.note


@pytest.mark.slow
def test_the_packaged_encoder_says_what_the_library_says() -> None:
    """The ratio is for `bench encode` on a quiet machine; a busy one would make this fail now and then."""
    texts = product_texts(7, count=32)
    line = compare("x", texts, ours=SentenceTransformerEncoder().encode_documents, baseline=plain_encode())
    assert float(line.note.rpartition(" ")[2]) >= 0.995
