"""The trained parts that understand messages, as they serve: loaded once, anew after a training."""

from functools import cache

from ecommerce_ai.inference.served import Served
from support.ml.intents import IntentModel
from support.ml.mood import MoodModel, shipped_mood
from support.ml.understanding import Heads

INTENTS = "support-intents"
# How long a process answers with what it knows before it asks again whether another process changed it.
LOOK_EVERY_S = 0.5
intent_model = Served(INTENTS, IntentModel.from_bytes, look_every_s=LOOK_EVERY_S)


def heads() -> Heads:
    return Heads(intents=intent_model.model(), mood=mood_model())


@cache
def mood_model() -> MoodModel:
    return shipped_mood()
