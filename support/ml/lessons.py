"""Questions that a knowledge base makes of itself, to learn from them how sure an answer may be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ecommerce_ai.text_analysis import is_without_spaces, words_of
from support.ml.types import Passage

STARTS = {
    "en": ("how", "what", "when", "can i", "do you", "where", "is it"),
    "es": ("cómo", "qué", "cuándo", "puedo", "dónde"),
    "zh": ("怎么", "什么", "什么时候", "可以", "哪里"),
}
# How much of a passage a question repeats, from little to most of it; how many words come from elsewhere.
REPEATED, STRANGE = (0.25, 0.7), 0.25
FEWEST_WORDS, MOST_WORDS = 3, 9


@dataclass(frozen=True)
class Lesson:
    """A question about passage number `passage`."""

    question: str
    passage: int
    language: str


def lessons_of(passages: Sequence[Passage], count: int, *, seed: int = 0) -> Iterator[Lesson]:
    """Parts of passages, in order, with gaps and with words of other passages, as questions."""
    rng = np.random.default_rng(seed)
    units = [units_of(passage) for passage in passages]
    long = [number for number, words in enumerate(units) if len(words) > FEWEST_WORDS]
    for _lesson in range(count if long else 0):
        number = int(rng.choice(long))
        language = passages[number].language
        others = [each for each in long if passages[each].language == language]
        strangers = units[int(rng.choice(others))]
        words = asked_words(units[number], strangers, rng)
        start = rng.choice(STARTS.get(language, STARTS["en"]))
        gap = "" if language == "zh" else " "
        yield Lesson(gap.join([str(start), *words]), number, language)


def units_of(passage: Passage) -> list[str]:
    """Words; pairs of characters where a script has no spaces."""
    found: list[str] = []
    for word in words_of(passage.text):
        pairs = [word[start : start + 2] for start in range(0, len(word), 2)]
        found += pairs if is_without_spaces(word) else [word]
    return found


def asked_words(own: Sequence[str], strangers: Sequence[str], rng: np.random.Generator) -> list[str]:
    length = int(rng.integers(FEWEST_WORDS, MOST_WORDS + 1)) * 2
    start = int(rng.integers(max(len(own) - length, 0) + 1))
    share = rng.uniform(*REPEATED)
    kept = [word for word in own[start : start + length] if rng.random() < share] or [own[start]]
    foreign = [str(word) for word in rng.choice(strangers, rng.binomial(len(kept), STRANGE))]
    return kept + foreign
