"""Training of a writer on lessons: resumes where it was killed, stops when held-out copy gets no better."""

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from ecommerce_ai.inference.backends.devices import choose_device
from ecommerce_ai.inference.backends.writer_checkpoint import (
    load_state,
    load_weights,
    named_and_trained,
    read_tensors,
    save_state,
    write_tensors,
)
from ecommerce_ai.inference.backends.writer_models import context_of, save_writer
from ecommerce_ai.inference.backends.writer_steps import (
    in_low_precision,
    learning_rate,
    next_token_loss,
    optimiser_of,
    train_step,
)
from ecommerce_ai.inference.backends.writer_tokens import as_tokens
from ecommerce_ai.inference.batching import token_batches
from ecommerce_ai.inference.event_files import EventFile
from ecommerce_ai.inference.packing import NO_TARGET, Blocks, PackedDocuments
from ecommerce_ai.inference.training_plan import HeldOut, Ints, Lesson, Lessons, Trained, TrainingPlan
from ecommerce_ai.jobs.progress import Progress, silent

EVENTS = "events"  # what TensorBoard reads, below the folder
JUDGED_TOKENS = 4096  # of a batch that is only read


@dataclass
class Course:
    """Where a training stands."""

    step: int = 0
    losses: dict[int, float] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def best(self) -> float:
        return min(self.losses.values())

    def is_over(self, plan: TrainingPlan) -> bool:
        since = sum(step > self.best_step for step in self.losses)
        return self.step >= plan.steps or since >= plan.patience

    @property
    def best_step(self) -> int:
        return min(self.losses, key=self.losses.__getitem__)


class Training:
    """One model on one set of lessons; everything it keeps lies in the folder."""

    def __init__(
        self, model: Any, tokenizer: Any, lessons: Lessons, folder: Path, plan: TrainingPlan
    ) -> None:
        self.device = choose_device("auto")
        self.model, self.tokenizer, self.folder, self.plan = model.to(self.device), tokenizer, folder, plan
        self.held_out = lessons.held_out
        context = min(plan.tokens, context_of(model))
        documents = [ids for ids, _ in as_tokens(lessons.training, tokenizer, context=context)]
        self.packed = PackedDocuments(documents, rows=plan.rows, tokens=context, seed=plan.seed)
        self.optimiser = optimiser_of(model, plan)
        self.recipe = digest(asdict(plan), [ids.tolist() for ids in documents])
        self.course = Course()
        self.events = EventFile(folder / EVENTS)

    @property
    def checkpoint(self) -> Path:
        return self.folder / "checkpoint.safetensors"

    @property
    def best_weights(self) -> Path:
        return self.folder / "best.safetensors"

    def run(self, progress: Progress = silent) -> Trained:
        """To the end, from the last checkpoint of the same lessons and plan; leaves the best weights."""
        self.resume()
        if not self.course.losses:
            self.evaluate()
        while not self.course.is_over(self.plan):
            self.advance()
            progress(self.course.step, self.plan.steps, f"{self.course.best:.2f}")
        load_weights(read_tensors(self.best_weights)[0], self.model)
        course = self.course
        return Trained(course.losses[0], course.best, course.losses, course.step, course.seconds)

    def resume(self) -> None:
        if self.checkpoint.is_file() and read_tensors(self.checkpoint)[1]["recipe"] == self.recipe:
            notes = cast("dict[str, Any]", load_state(self.checkpoint, self.model, self.optimiser))
            losses = {int(step): loss for step, loss in notes["losses"].items()}
            self.course = Course(notes["step"], losses, notes["seconds"])

    def advance(self) -> None:
        """One step, and what is due after it."""
        started = time.perf_counter()
        self.model.train()
        loss = train_step(
            next_token_loss(self.model),
            self.optimiser,
            on_device(self.packed.batch(self.course.step), self.device),
            rate=learning_rate(self.course.step, self.plan),
            gradient_norm=self.plan.gradient_norm,
        )
        self.course.step += 1
        if self.is_due(self.plan.evaluate_every):
            self.events.scalar("loss/training", float(loss), self.course.step)
            self.evaluate()
        self.course.seconds += time.perf_counter() - started
        if self.is_due(self.plan.checkpoint_every):
            notes = {"recipe": self.recipe, **asdict(self.course)}
            save_state(self.checkpoint, self.model, self.optimiser, notes)

    def is_due(self, every: int) -> bool:
        return self.course.step % every == 0 or self.course.step == self.plan.steps

    def evaluate(self) -> None:
        """The held-out loss; the weights are kept where it is the best."""
        loss = judge(self.model, self.tokenizer, self.held_out).loss
        is_best = not self.course.losses or loss < self.course.best
        self.course.losses[self.course.step] = loss
        self.events.scalar("loss/held out", loss, self.course.step)
        if is_best:
            write_tensors(self.best_weights, dict(named_and_trained(self.model)), {"loss": loss})

    def save(self, target: Path) -> None:
        """The writer alone, under its last name only when it is whole."""
        draft = target.with_suffix(".part")
        save_writer(self.model, self.tokenizer, draft)
        draft.replace(target)
        for path in (self.checkpoint, self.best_weights):
            path.unlink(missing_ok=True)


def digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def on_device(blocks: Blocks, device: torch.device) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    ids, targets, positions = (
        torch.from_numpy(each).to(device) for each in (blocks.ids, blocks.targets, blocks.positions)
    )
    return ids, targets, positions


@torch.inference_mode()
def judge(model: Any, tokenizer: Any, lessons: Sequence[Lesson]) -> HeldOut:
    """How surprised the model is by each copy, given its prompt alone; the end of a copy counts too."""
    model.eval()
    documents = as_tokens(lessons, tokenizer, context=context_of(model))
    nats = np.zeros(len(documents))
    for batch in token_batches([len(ids) for ids, _ in documents], max_tokens=JUDGED_TOKENS):
        nats[batch] = surprise(model, [documents[position] for position in batch])
    tokens = np.array([max(len(ids) - begin, 0) for ids, begin in documents], np.int64)
    return HeldOut(nats, tokens, np.array([len(each.copy) for each in lessons], np.int64))


def surprise(model: Any, documents: Sequence[tuple[Ints, int]]) -> Any:
    """Nats of each copy. What fills a row up stands behind its text, where no token looks."""
    longest = max(len(ids) for ids, _ in documents)
    ids = np.zeros((len(documents), longest), np.int64)
    targets = np.full((len(documents), longest), NO_TARGET, np.int64)
    for row, (document, begin) in enumerate(documents):
        ids[row, : len(document)] = document
        targets[row, begin - 1 : len(document) - 1] = document[begin:]
    device = next(model.parameters()).device
    with in_low_precision(device):
        logits = model(input_ids=torch.from_numpy(ids).to(device), use_cache=False).logits
    wanted = torch.from_numpy(targets).to(device)
    lost = cross_entropy(logits.flatten(0, 1).float(), wanted.flatten(), reduction="none")
    return lost.view_as(wanted).sum(dim=1).double().cpu().numpy()
