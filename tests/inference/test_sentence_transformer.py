from pathlib import Path

import numpy as np
import pytest
import torch

from ecommerce_ai.inference.backends import devices
from ecommerce_ai.inference.backends.laid_out import LaidOut, can_lay_out, lay_out
from ecommerce_ai.inference.backends.sentence_transformer import SentenceTransformerEncoder, plain_encode
from ecommerce_ai.inference.backends.weights import model_name
from tests.inference.tiny_model import save_tiny_model

pytestmark = pytest.mark.usefixtures("full_precision")


def test_it_agrees_with_the_library(tiny_model: Path) -> None:
    texts = ["warm wool scarf", "red mug for tea", "", "a b c d e f " * 20]
    ours = SentenceTransformerEncoder(model=str(tiny_model), device="cpu").encode_documents(texts)
    np.testing.assert_allclose(ours, plain_encode(str(tiny_model))(texts), atol=1e-5)


def test_it_puts_the_models_own_words_before_a_query(tmp_path: Path) -> None:
    model = save_tiny_model(tmp_path, prompts={"query": "the cup of ", "document": ""})
    encoder = SentenceTransformerEncoder(model=str(model), device="cpu")
    query = encoder.encode_queries(["tea"])
    np.testing.assert_allclose(query, encoder.encode_documents(["the cup of tea"]), atol=1e-6)
    assert not np.allclose(query, encoder.encode_documents(["tea"]), atol=1e-3)


def test_other_weights_have_another_name(tmp_path: Path, tiny_model: Path) -> None:
    other = save_tiny_model(tmp_path, seed=1)
    assert model_name(str(other)) != model_name(str(tiny_model))
    assert model_name(str(tiny_model)) == model_name(str(tiny_model))


def test_a_model_that_is_not_on_disk_is_an_error_and_not_a_download() -> None:
    with pytest.raises((OSError, ValueError)):
        SentenceTransformerEncoder(model="somebody/some-model-that-is-not-here", device="cpu")


@pytest.mark.parametrize("device", ["cpu", "auto"])
def test_the_device_is_one_that_exists(device: str) -> None:
    assert torch.zeros(1, device=devices.choose_device(device)).device.type in ("cpu", "cuda")


@pytest.mark.parametrize(
    ("flags", "expected"),
    [({"avx2"}, torch.float32), ({"avx2", "amx_bf16"}, torch.bfloat16), ({"avx512_bf16"}, torch.bfloat16)],
)
def test_the_processor_decides_the_precision(
    flags: set[str], expected: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "processor_flags", lambda: flags)
    assert devices.choose_dtype(torch.device("cpu")) is expected


def test_half_precision_stays_close_and_pools_in_full(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["warm wool scarf", "red mug for tea", "the cup"]
    full = SentenceTransformerEncoder(model=str(tiny_model), device="cpu").encode_documents(texts)
    monkeypatch.setattr(devices, "processor_flags", lambda: {"amx_bf16"})
    half = SentenceTransformerEncoder(model=str(tiny_model), device="cpu")
    assert half.dtype is torch.bfloat16
    vectors = half.encode_documents(texts)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert float((vectors * full).sum(axis=1).min()) > 0.98


def test_weights_laid_out_once_say_the_same(tiny_model: Path) -> None:
    encoder = SentenceTransformerEncoder(model=str(tiny_model), device="cpu")
    texts = ["warm wool scarf", "red mug for tea", "the cup of tea", "a"]
    before = encoder.encode_documents(texts)
    lay_out(encoder.model[0])
    assert sum(isinstance(module, LaidOut) for module in encoder.model[0].modules()) >= 2 * 6
    np.testing.assert_allclose(encoder.encode_documents(texts), before, atol=1e-4)


def test_only_half_precision_is_laid_out() -> None:
    assert not can_lay_out(torch.float32)


def test_few_texts_are_shared_out_among_the_threads(tiny_model: Path) -> None:
    encoder = SentenceTransformerEncoder(model=str(tiny_model), device="cpu")
    encoder.threads, encoder.max_tokens = 4, 2048
    assert [encoder.budget(total) for total in (40, 1600, 1601, 80_000)] == [128, 400, 401, 2048]
