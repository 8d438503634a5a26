"""What a message says: masked, in its language, complete by what was talked about, with intent and mood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from ecommerce_ai.text_analysis import lexemes_of
from support.ml.entities import entities_of
from support.ml.intents import Classified, IntentModel
from support.ml.language import detect_language
from support.ml.masking import mask
from support.ml.mood import MoodModel
from support.ml.types import Encode, Turn, Understanding

FOLLOWS = re.compile(
    r"^\s*(?:and|but|also|what about|how about|then|so|y|et|und)\b|^\s*(?:那|还有|那么|它|如果是)|"
    r"\b(?:it|that|this|they|them|there|those|these)\b",
    re.IGNORECASE,
)
FEW_WORDS, MOST_TIMES = 4, 12
NOTHING = Classified((), is_in_scope=False, is_close=False)


@dataclass(frozen=True)
class Heads:
    """Trained parts; no intents before the first training."""

    intents: IntentModel | None
    mood: MoodModel


def understand(
    text: str, heads: Heads, *, language_hint: str, history: Sequence[Turn] = (), encode: Encode
) -> Understanding:
    """Everything that decides about a message; nothing of it holds personal data."""
    masked = mask(text)
    language = detect_language(masked.text, hint=language_hint)
    told = heads.intents.classify([masked.text], encode)[0] if heads.intents else NOTHING
    return Understanding(
        text=masked.text,
        language=language,
        question=complete(masked.text, language, history),
        intents=told.intents,
        is_in_scope=told.is_in_scope,
        is_close=told.is_close,
        entities=entities_of(masked.text, today=datetime.now(UTC).date()),
        mood=heads.mood.mood_of(masked.text),
        has_personal_data=bool(masked.kinds),
    )


def complete(text: str, language: str, history: Sequence[Turn]) -> str:
    """A follow-up stands alone with the words of the question before it; its own weigh twice as much."""
    before = next((turn.text for turn in reversed(history) if turn.is_shopper), "")
    is_short = len(lexemes_of(text, language)) <= FEW_WORDS
    if not (before and is_short and FOLLOWS.search(text)):
        return text
    times = min(max(ceil(2 * len(before) / len(text)), 3), MOST_TIMES)
    return " ".join([before, *[text] * times])
