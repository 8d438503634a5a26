"""What every encoder promises, whichever backend it is."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ecommerce_ai.inference.types import Encoder

pytestmark = pytest.mark.usefixtures("full_precision")

TEXTS = [
    "warm wool scarf",
    "a",
    "",
    "red mug for tea, the cup of tea and the mug of tea",
    "🧣🧣 emoji",
    "nul \x00 inside",
    "温暖的羊毛围巾",
    "  \n\t ",
    "é\u0301 \u202e reversed \ud7ff",
    "warm wool scarf " * 5000,
]


@pytest.fixture(scope="module", params=["tiny", pytest.param("packaged", marks=pytest.mark.slow)])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    from ecommerce_ai.inference.backends.sentence_transformer import SentenceTransformerEncoder

    model = "packaged" if request.param == "packaged" else str(request.getfixturevalue("tiny_model"))
    return SentenceTransformerEncoder(model=model, device="cpu")


def test_it_is_an_encoder(encoder: Encoder) -> None:
    assert isinstance(encoder, Encoder)
    assert encoder.name
    assert encoder.dimensions == encoder.encode_documents(["a"]).shape[1]


def test_rows_are_float32_unit_vectors(encoder: Encoder) -> None:
    for vectors in (encoder.encode_documents(TEXTS), encoder.encode_queries(TEXTS)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), encoder.dimensions)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_documents([]).shape == (0, encoder.dimensions)
    assert encoder.encode_queries([]).dtype == np.float32


def test_rows_keep_the_order_of_the_texts(encoder: Encoder) -> None:
    forward, backward = encoder.encode_documents(TEXTS), encoder.encode_documents(TEXTS[::-1])
    np.testing.assert_allclose(forward, backward[::-1], atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_a_batch(encoder: Encoder) -> None:
    together = encoder.encode_documents(TEXTS)
    alone = np.vstack([encoder.encode_documents([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_equal_texts_have_equal_vectors_and_others_differ(encoder: Encoder) -> None:
    first, other, again = encoder.encode_documents(["warm wool scarf", "red mug", "warm wool scarf"])
    np.testing.assert_array_equal(first, again)
    assert float(first @ other) < 0.999


def test_a_long_text_is_read_up_to_its_window(encoder: Encoder) -> None:
    long, longer = encoder.encode_documents(["wool " * 1_000, "wool " * 200_000])
    np.testing.assert_allclose(long, longer, atol=1e-5)


def test_threads_get_the_vectors_they_asked_for(encoder: Encoder) -> None:
    texts = [f"{word} scarf" for word in ["a", "b", "c", "d", "e", "f"]] * 5
    expected = encoder.encode_queries(texts)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: encoder.encode_queries([text])[0], texts))
    np.testing.assert_allclose(np.vstack(found), expected, atol=1e-5)
