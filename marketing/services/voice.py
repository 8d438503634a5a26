"""The shop's voice: a writer taught on its approved copy, compared with the one before, live by one click."""

import uuid

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from ecommerce_ai.accounts.models import User
from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.selectors import live_run, run_history
from ecommerce_ai.inference.services import (
    WriterRecipe,
    note_on_run,
    opened_writer,
    promote_run,
    retire_run,
    train_writer,
)
from ecommerce_ai.inference.training_plan import Lesson, Lessons, TrainingPlan
from ecommerce_ai.inference.types import Sampling
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.progress import JobError, Progress, silent
from ecommerce_ai.jobs.services import start_job
from marketing.ml.writing.prompts import readable
from marketing.selectors.lessons import copy_lessons
from marketing.selectors.voice import VOICE
from marketing.services.writers.model import MAX_TOKENS

TASK = "marketing.tasks.train_voice"
ENOUGH = 50  # texts to learn from
SAMPLES = 5


def start_voice(*, by: User) -> JobRun:
    """A training as a job; the one under way, where there is one. Its key lets it go on after a kill."""
    under_way = JobRun.objects.unfinished().filter(task=TASK).first()
    return under_way or start_job(
        TASK,
        title=gettext_noop("Training of the voice"),
        arguments={"key": uuid.uuid4().hex},
        requested_by=by,
    )


def train_voice(key: str, *, recipe: WriterRecipe | None = None, progress: Progress = silent) -> ModelRun:
    """A run that does not serve yet, with samples beside the voice of now. Raises JobError without copy."""
    lessons = copy_lessons()
    if len(lessons.training) < ENOUGH or not lessons.held_out:
        raise JobError(
            gettext("There is too little copy to learn from: %(have)s texts, %(need)s are needed.")
            % {"have": len(lessons.training), "need": ENOUGH}
        )
    recipe = recipe or WriterRecipe(TrainingPlan(), base=settings.COPY_VOICE_BASE)
    run = train_writer(VOICE, lessons, recipe, key=key, progress=progress)
    if "samples" not in run.parameters:
        note_on_run(run, samples=samples_of(run, lessons))
    return run


def samples_of(run: ModelRun, lessons: Lessons) -> list[dict[str, str]]:
    """Held-out copy beside what the voice of now and the new one write in its place."""
    chosen = lessons.held_out[:SAMPLES]
    before = live_run(VOICE)
    old = written(before, chosen) if before and before.pk != run.pk else [""] * len(chosen)
    new = written(run, chosen)
    return [
        {"asked": lesson.prompt.strip(), "own": lesson.copy, "before": earlier, "after": later}
        for lesson, earlier, later in zip(chosen, old, new, strict=True)
    ]


def written(run: ModelRun, lessons: list[Lesson]) -> list[str]:
    prompts = [lesson.prompt for lesson in lessons]
    texts = opened_writer(run.artefact_path).sample(prompts, max_tokens=MAX_TOKENS, sampling=Sampling())
    return [readable(text) for text in texts]


def put_voice_live(run: ModelRun) -> None:
    """An older one the same way is the road back."""
    promote_run(run)


def silence_voice() -> None:
    """No voice serves; texts come from the facts or from the model that is set."""
    for run in run_history(VOICE).live():
        retire_run(run)
