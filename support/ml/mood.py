"""How somebody feels, by the words they use. It sets the tone; fury calls a person."""

import re
from dataclasses import dataclass
from functools import cache

from support.ml.types import Mood

FURIOUS = (
    r"\b(?:furious|outrage\w*|disgust\w*|scam\w*|fraud\w*|thieves|liars?|unacceptable|never again"
    r"|worst (?:shop|service))\b",
    r"(?:气死|骗子|太过分|无耻|垃圾|忍无可忍|欺诈|投诉你们)",
)
ANNOYED = (
    r"\b(?:annoy\w*|frustrat\w*|disappoint\w*|ridiculous|still (?:no|not|nothing|waiting)|fed up|"
    r"useless|how many times|third time|terrible|awful)\b",
    r"(?:失望|烦|怎么还|等了很久|太慢|第三次|一直没|不满意|糟糕)",
)
SHOUTING = re.compile(r"(?:\b[A-Z]{4,}\b\W+){3,}|[!！]{3,}")


@dataclass(frozen=True)
class MoodModel:
    furious: re.Pattern[str]
    annoyed: re.Pattern[str]

    def mood_of(self, text: str) -> Mood:
        if self.furious.search(text):
            return "furious"
        return "annoyed" if self.annoyed.search(text) or SHOUTING.search(text) else "calm"


@cache
def shipped_mood() -> MoodModel:
    """The one in the package."""
    return MoodModel(
        re.compile("|".join(FURIOUS), re.IGNORECASE), re.compile("|".join(ANNOYED), re.IGNORECASE)
    )
