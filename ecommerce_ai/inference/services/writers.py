"""Writers that learn a shop's voice: a small GPT-2 from nothing, or adapters on a model that is there."""

import functools
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.services.runs import RunFacts, record_run
from ecommerce_ai.inference.training_plan import (
    Adaptation,
    HeldOut,
    Ints,
    Lesson,
    Lessons,
    Trained,
    TrainingPlan,
    WriterShape,
)
from ecommerce_ai.inference.types import ChatAnswer, Sampler
from ecommerce_ai.jobs.progress import Progress, silent

WRITER = "writer"
SMALL, ADAPTERS = WriterShape(), Adaptation()


@dataclass(frozen=True)
class WriterRecipe:
    """A shape begins with fresh weights; `base`, a causal model on disk, is adapted instead."""

    plan: TrainingPlan
    shape: WriterShape = SMALL
    base: str = ""
    adaptation: Adaptation = ADAPTERS


def fit_writer(lessons: Lessons, recipe: WriterRecipe, folder: Path, progress: Progress = silent) -> Trained:
    """Trains below `folder` and leaves a directory `writer` there that transformers loads.

    Called again after a kill with the same lessons, recipe and folder, it goes on from the last checkpoint.
    """
    from ecommerce_ai.inference.backends.writer_models import adapted_writer, fresh_writer
    from ecommerce_ai.inference.backends.writer_training import Training

    folder.mkdir(parents=True, exist_ok=True)
    seed = recipe.plan.seed
    if recipe.base:
        model, tokenizer = adapted_writer(recipe.base, recipe.adaptation, seed=seed)
    else:
        model, tokenizer = fresh_writer(recipe.shape, lessons, folder, seed=seed)
    training = Training(model, tokenizer, lessons, folder, recipe.plan)
    trained = training.run(progress)
    training.save(folder / WRITER)
    return trained


def train_writer(
    name: str, lessons: Lessons, recipe: WriterRecipe, *, key: str, progress: Progress = silent
) -> ModelRun:
    """A run whose artefact is the writer's directory; it does not serve before it is promoted.

    `key` names this training: the same one again goes on where it was, and returns the run once there is one.
    """
    artefact = Path(name) / key / WRITER
    if run := ModelRun.objects.filter(name=name, artefact_path=str(artefact)).first():
        return run
    trained = fit_writer(lessons, recipe, Path(settings.ARTEFACTS_ROOT) / artefact.parent, progress)
    facts = RunFacts(
        parameters={**asdict(recipe), "lessons": len(lessons.training), "held_out": len(lessons.held_out)},
        metrics={
            "loss_before": trained.loss_before,
            "loss_after": trained.loss_after,
            "steps": trained.steps,
        },
        artefact_path=str(artefact),
        duration_s=trained.seconds,
    )
    return record_run(name, kind="writer", facts=facts)


def judge_writer(folder: Path | str, lessons: Sequence[Lesson]) -> HeldOut:
    """Of each copy, given its prompt: nats, tokens, characters."""
    from ecommerce_ai.inference.backends.writer_models import saved_writer
    from ecommerce_ai.inference.backends.writer_training import judge

    return judge(*saved_writer(str(folder)), lessons)


def tokens_of(folder: Path | str, lessons: Sequence[Lesson]) -> list[tuple[Ints, int]]:
    """Each lesson as the writer of this directory reads it: ids, and where the copy begins."""
    from ecommerce_ai.inference.backends.writer_models import context_of, saved_writer
    from ecommerce_ai.inference.backends.writer_tokens import as_tokens

    model, tokenizer = saved_writer(str(folder))
    return as_tokens(lessons, tokenizer, context=context_of(model))


@functools.lru_cache(maxsize=2)
def opened_writer(folder: str) -> Sampler:
    """A writer that was trained, by the path of its run below `ARTEFACTS_ROOT`; loaded once in a process."""
    from ecommerce_ai.inference.backends.language_model import LanguageModel

    return LanguageModel(model=str(Path(settings.ARTEFACTS_ROOT) / folder))


def asked_server(prompt: str, *, max_tokens: int, temperature: float, **options: Any) -> ChatAnswer:
    """What a server with OpenAI's interface says; the options are those of `ChatServer`.

    Raises OSError where it is away or slow, ValueError for nonsense.
    """
    from ecommerce_ai.inference.backends.chat_server import ChatServer

    return ChatServer(**options).ask(prompt, max_tokens=max_tokens, temperature=temperature)
