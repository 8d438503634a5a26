"""What a writer model promises, on one that is built here and loaded by its path."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from ecommerce_ai.inference import registry
from ecommerce_ai.inference.types import Generator, Sampling
from tests.inference.tiny_language_model import REPLY, WINDOW, save_encoder_decoder, save_language_model

LESSONS = [("red? ", "0.9"), ("blue, and much more of it? ", "0.1")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_language_model(tmp_path_factory.mktemp("writer"), LESSONS)


@pytest.fixture
def writer(folder: Path, settings: LazySettings, fresh_registry: None) -> Generator:
    settings.INFERENCE = {
        "generator": {
            "BACKEND": "ecommerce_ai.inference.backends.language_model.LanguageModel",
            "OPTIONS": {"model": str(folder), "device": "cpu"},
        }
    }
    found = registry.get_generator()
    assert found is not None
    return found


def test_it_answers_each_prompt_in_order_and_leaves_the_prompt_out(writer: Generator) -> None:
    prompts, replies = zip(*LESSONS, strict=True)
    assert writer.generate(prompts, max_tokens=REPLY) == list(replies)
    assert writer.generate(prompts[::-1], max_tokens=REPLY) == list(replies[::-1])


def test_it_is_named_after_its_weights(writer: Generator, folder: Path, tmp_path: Path) -> None:
    from ecommerce_ai.inference.backends.weights import model_name

    untaught = save_language_model(tmp_path / folder.name)
    assert isinstance(writer, Generator)
    assert writer.name == model_name(str(folder)) != model_name(str(untaught))


def test_it_says_no_more_than_it_may(writer: Generator) -> None:
    assert writer.generate(["red? "], max_tokens=1) == ["0"]
    assert writer.generate([], max_tokens=5) == []


def test_of_a_prompt_beyond_its_window_the_end_counts(writer: Generator) -> None:
    prompt = "x" * 1000 + "red? "
    assert writer.generate([prompt], max_tokens=REPLY) == writer.generate(
        [prompt[REPLY - WINDOW :]], max_tokens=REPLY
    )


def test_a_model_with_an_encoder_writes_too(tmp_path: Path) -> None:
    from ecommerce_ai.inference.backends.language_model import LanguageModel

    model = LanguageModel(model=str(save_encoder_decoder(tmp_path)), device="cpu")
    first, second = model.sample(["red mug", "red mug"], max_tokens=8, sampling=Sampling(seed=1))
    assert first != second
    assert model.sample(["red mug", "red mug"], max_tokens=8, sampling=Sampling(seed=1)) == [first, second]
    assert model.generate(["red mug"], max_tokens=8) == model.generate(["red mug"], max_tokens=8)
