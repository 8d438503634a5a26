"""The head that tells what shoppers want: trained from the examples that the merchant edits."""

import hashlib
import time
from typing import Any

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.inference.selectors import live_run
from ecommerce_ai.inference.services import RunFacts, promote_run, record_run, store_artefact
from ecommerce_ai.privacy.selectors import Purpose, is_allowed
from support.ml.intents import train_intents
from support.models import Conversation, Intent, IntentExample, Message
from support.selectors.heads import INTENTS, intent_model

FEWEST = 2  # intents, and examples of each


def train_intent_head() -> ModelRun | None:
    """Train on every approved example and let it serve; None where there are too few, or nothing new."""
    rows = list(IntentExample.objects.approved().order_by("pk").values_list("text", "intent__name"))
    by_intent: dict[str, list[str]] = {}
    for text, name in rows:
        by_intent.setdefault(name, []).append(text)
    kept = {name: texts for name, texts in by_intent.items() if len(texts) >= FEWEST}
    if len(kept) < FEWEST:
        return None
    encoder, began = get_encoder(), time.monotonic()
    parameters: dict[str, Any] = {
        "examples": stamp_of(kept),
        "encoder": encoder.name,
        "intents": sorted(kept),
    }
    serving = live_run(INTENTS)
    if serving and serving.parameters == parameters:
        return None
    pairs = [(text, name) for name, texts in kept.items() for text in texts]
    model = train_intents([text for text, _ in pairs], [name for _, name in pairs], encoder.encode_queries)
    path = store_artefact(INTENTS, model.to_bytes(), suffix=".npz")
    facts = RunFacts(
        parameters=parameters,
        metrics={"examples": len(pairs)},
        artefact_path=path,
        duration_s=time.monotonic() - began,
    )
    run = promote_run(record_run(INTENTS, kind="intents", facts=facts))
    intent_model.look_again()
    return run


def stamp_of(examples: dict[str, list[str]]) -> str:
    """The same for the same examples in any order."""
    lines = sorted(f"{name}\x1f{text}" for name, texts in examples.items() for text in texts)
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()[:32]


def suggest_example(conversation: Conversation, action: str) -> IntentExample | None:
    """The last thing a shopper wrote before this action was confirmed, for the merchant to approve.

    Masked as it is; None where it is known, or where they do not let the shop learn from them.
    """
    intent = Intent.objects.filter(action=action, is_active=True).first()
    said = conversation.messages.filter(author=Message.Author.SHOPPER).order_by("-pk").first()
    if intent is None or said is None or not is_allowed(conversation.customer, Purpose.TRAINING):
        return None
    example, is_new = IntentExample.objects.get_or_create(
        intent=intent, text=said.text[:500],
        defaults={"language": conversation.language, "is_approved": False},
    )  # fmt: skip
    return example if is_new else None
