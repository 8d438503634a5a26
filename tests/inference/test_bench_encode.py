from pathlib import Path

import pytest

from ecommerce_ai.inference.backends.sentence_transformer import SentenceTransformerEncoder, plain_encode
from ecommerce_ai.inference.benchmarks import compare, encode, product_texts


def test_texts_are_the_same_on_every_call_and_grow_with_their_sentences() -> None:
    short, long = product_texts(0), product_texts(7)
    assert short == product_texts(0)
    assert len(set(short)) == len(short)
    assert sum(map(len, long)) > 4 * sum(map(len, short))


def test_a_comparison_tells_the_ratio_and_the_cosine(tiny_model: Path) -> None:
    ours = SentenceTransformerEncoder(model=str(tiny_model), device="cpu").encode_documents
    line = compare("x", product_texts(1, count=20), ours=ours, baseline=plain_encode(str(tiny_model)))
    assert line.baseline_value is not None
    assert line.ratio == pytest.approx(line.value / line.baseline_value)
    assert "smallest cosine 1.0000" in line.note


@pytest.mark.slow
def test_the_encoder_is_never_slower_than_the_library_and_says_the_same() -> None:
    for line in encode():
        assert line.ratio is not None
        assert line.ratio >= 1
        assert float(line.note.rpartition(" ")[2]) >= 0.995
