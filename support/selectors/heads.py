"""The trained parts that understand messages, as they serve: loaded once, anew after a training."""

import threading
from dataclasses import dataclass
from functools import cache

from ecommerce_ai.inference.selectors import artefact_of, live_run
from support.ml.intents import IntentModel
from support.ml.mood import MoodModel, shipped_mood
from support.ml.understanding import Heads
from support.models import Intent

INTENTS = "support-intents"


@dataclass
class Loaded:
    run: int | None = None
    intents: IntentModel | None = None


loaded = Loaded()
lock = threading.Lock()


def heads() -> Heads:
    return Heads(intents=intent_model(), mood=mood_model())


@cache
def mood_model() -> MoodModel:
    return shipped_mood()


def intent_model() -> IntentModel | None:
    """The head that serves; None before the first training. One query."""
    run = live_run(INTENTS)
    if run is None or run.pk == loaded.run:
        return loaded.intents if run else None
    with lock:
        if content := artefact_of(run):
            loaded.intents, loaded.run = IntentModel.from_bytes(content), run.pk
    return loaded.intents


def action_of(intent: str) -> str:
    """What is done about an intent; unknown ones are looked up."""
    known = Intent.objects.filter(name=intent, is_active=True).values_list("action", flat=True).first()
    return known or Intent.Action.LOOK_UP
