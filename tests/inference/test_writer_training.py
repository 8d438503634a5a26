"""A writer learns from lessons, goes on after a kill, and adapts a model that is there."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from django.conf import LazySettings

from ecommerce_ai.inference.services import WriterRecipe, fit_writer, judge_writer, tokens_of, train_writer
from ecommerce_ai.inference.training_plan import Lesson, Trained
from ecommerce_ai.jobs.progress import Progress
from tests.inference.writer_lessons import PLAN, TINY, lessons

RECIPE = WriterRecipe(PLAN, shape=TINY)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Trained]:
    folder = tmp_path_factory.mktemp("taught")
    return folder / "writer", fit_writer(lessons(), RECIPE, folder)


def test_the_loss_on_copy_that_it_never_saw_falls_by_half(taught: tuple[Path, Trained]) -> None:
    folder, trained = taught
    assert trained.loss_after < trained.loss_before / 2
    assert judge_writer(folder, lessons().held_out).loss == pytest.approx(trained.loss_after, rel=1e-4)


def test_the_writer_is_a_directory_without_pickles(taught: tuple[Path, Trained]) -> None:
    folder, _ = taught
    assert {path.suffix for path in folder.iterdir()} <= {".safetensors", ".json"}
    assert [path.name for path in folder.parent.glob("*.safetensors")] == []


def test_what_it_writes_is_in_the_voice_that_it_learned(taught: tuple[Path, Trained]) -> None:
    from ecommerce_ai.inference.backends.language_model import LanguageModel

    (text,) = LanguageModel(model=str(taught[0]), device="cpu").generate(["red mug\n"], max_tokens=24)
    assert text.startswith("Meet our")


def test_killed_half_way_it_ends_where_it_would_have_ended(
    taught: tuple[Path, Trained], tmp_path: Path
) -> None:
    killed = subprocess.run(
        [sys.executable, "-m", "tests.inference.killed_training", str(tmp_path), "35"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    steps: list[int] = []
    resumed = fit_writer(lessons(), RECIPE, tmp_path, lambda done, total, note="": steps.append(done))
    assert steps[0] == 31  # after the checkpoint of step 30
    assert resumed.loss_after == pytest.approx(taught[1].loss_after, rel=0.01)
    assert resumed.losses == pytest.approx(taught[1].losses, rel=0.01)


def test_a_checkpoint_of_other_lessons_is_not_taken_up(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    fit_writer_killed_in_process(folder)
    steps: list[int] = []
    others = lessons("Another {thing} in {colour}.")
    with pytest.raises(KeyboardInterrupt):
        fit_writer(others, RECIPE, folder, interrupt_at(1, steps))
    assert steps == [1]


def fit_writer_killed_in_process(folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        fit_writer(lessons(), RECIPE, folder, interrupt_at(11, []))
    assert (folder / "checkpoint.safetensors").is_file()


def interrupt_at(step: int, seen: list[int]) -> Progress:
    def progress(done: int, total: int, note: str = "") -> None:
        seen.append(done)
        if done == step:
            raise KeyboardInterrupt

    return progress


def test_adapters_bring_a_saved_model_nearer_to_another_voice(
    taught: tuple[Path, Trained], tmp_path: Path
) -> None:
    others = lessons("A {colour} {thing} at last: simple, honest, yours.")
    base = {name: path.read_bytes() for path in taught[0].iterdir() if (name := path.name)}
    trained = fit_writer(others, WriterRecipe(PLAN, base=str(taught[0])), tmp_path)
    before, after = (judge_writer(path, others.held_out).loss for path in (taught[0], tmp_path / "writer"))
    assert before == pytest.approx(trained.loss_before, rel=1e-4)
    assert after == pytest.approx(trained.loss_after, rel=1e-3)  # melted into the weights
    assert after < before * 0.8
    assert base == {path.name: path.read_bytes() for path in taught[0].iterdir()}


def test_it_stops_when_held_out_copy_gets_no_better(tmp_path: Path) -> None:
    """Words that follow nothing can only be learned by heart."""
    rng = np.random.default_rng(0)
    noise = lessons()
    for part in (noise.training, noise.held_out):
        part[:] = [Lesson("", " ".join(rng.choice(["mug", "red", "day"], 8))) for _ in part]
    plan = replace(PLAN, steps=400, evaluate_every=5, patience=2)
    assert fit_writer(noise, WriterRecipe(plan, shape=TINY), tmp_path).steps < 400


def test_documents_of_one_block_do_not_see_each_other(taught: tuple[Path, Trained]) -> None:
    from ecommerce_ai.inference.backends.writer_models import saved_writer

    model, _ = saved_writer(str(taught[0]))
    (first, _), (second, _) = tokens_of(taught[0], lessons().held_out[:2])
    ids = torch.from_numpy(np.concatenate([first, second]))[None]
    positions = torch.from_numpy(np.concatenate([np.arange(len(first)), np.arange(len(second))]))[None]
    model.eval()
    with torch.inference_mode():
        packed = model(input_ids=ids, position_ids=positions, use_cache=False).logits[0, len(first) :]
        alone = model(input_ids=ids[:, len(first) :], use_cache=False).logits[0]
    assert torch.allclose(packed, alone, atol=1e-4)


@pytest.mark.django_db
def test_a_training_is_recorded_once(tmp_path: Path, settings: LazySettings) -> None:
    settings.ARTEFACTS_ROOT = tmp_path
    recipe = WriterRecipe(replace(PLAN, steps=4, evaluate_every=4), shape=TINY)
    run, again = (train_writer("voice", lessons(), recipe, key="first") for _ in range(2))
    assert run == again
    assert (tmp_path / run.artefact_path / "model.safetensors").is_file()
    assert run.metrics["loss_after"] < run.metrics["loss_before"]
    assert not run.is_live
