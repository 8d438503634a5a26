"""Which sentence of the passages found answers: by its words, by what it carries on, by meaning, by kind."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecommerce_ai.inference.types import Vectors
from support.ml.cues import holds, kind_asked
from support.ml.retrieval import MEANING, Asked, Found, Hit, Index
from support.ml.terms import PAIR, STEM
from support.ml.types import Encode

Floats = npt.NDArray[np.float32]
# A sentence goes on about what the one before it named: the words of both count most. Then words that tell
# it from its neighbours, its own words, its meaning (a share of what passages give it), the kind of answer.
CARRIED, TELLING, OWN, MEANT, KIND = 1.0, 0.25, 0.25, 0.7, 0.12
PASSAGE = 4.0  # what the passage's own score counts beside its sentence's


@dataclass(frozen=True)
class Sentence:
    """Number `number` of the index, in passage `hit`.

    `carried`: the share of the question that it and the sentence before it hold; `total`: with its passage.
    """

    number: int
    hit: Hit
    text: str
    carried: float
    meaning: float
    has_kind: bool
    score: float
    total: float


def ranked_sentences(
    index: Index, found: Found, question: str, vector: Vectors, encode: Encode
) -> list[Sentence]:
    """All sentences of the passages found, best first."""
    kind = kind_asked(question)
    share = MEANING.get(found.asked.language, 0.0) * MEANT
    worded = [(hit, *word_scores(index, index.sentences_of(hit.number), found.asked)) for hit in found.hits]
    meanings = cosines(index, may_win(worded, share), vector, encode) if share else {}
    ranked = []
    for hit, carried, words in worded:
        for place, number in enumerate(index.sentences_of(hit.number)):
            text, meaning = index.sentence_text(number), meanings.get(number, 0.0)
            has_kind = kind is None or holds(text, kind, question)
            score = float(words[place]) + share * meaning + KIND * has_kind
            total = PASSAGE * hit.score + score
            ranked.append(Sentence(number, hit, text, float(carried[place]), meaning, has_kind, score, total))
    return sorted(ranked, key=lambda sentence: -sentence.total)


def may_win(worded: Sequence[tuple[Hit, Floats, Floats]], share: float) -> list[Hit]:
    """Passages that hold the best sentence if it means just what is asked; no other has to be read."""
    bests = [PASSAGE * hit.score + float(words.max()) for hit, _, words in worded]
    return [hit for (hit, _, _), best in zip(worded, bests, strict=True) if best + share + KIND >= max(bests)]


def word_scores(index: Index, numbers: Sequence[int], asked: Asked) -> tuple[Floats, Floats]:
    """Of the sentences of one passage: the share of the question they carry, and the score of their words."""
    there = index.holding(numbers, asked)
    carried = there.copy()
    carried[1:] |= there[:-1]
    rarity = index.rarity[asked.places] * asked.times
    shares = carried @ rarity / asked.full
    count = len(numbers)
    held = there.sum(axis=0)
    is_word = np.array([kind in (STEM, PAIR) for kind in asked.kinds], np.bool_)
    telling = rarity * is_word * np.log1p((count - held + 0.5) / (held + 0.5))
    most = max(float(telling[held > 0].sum()), 1e-9)
    own = there @ rarity / asked.full / length_factors(index, numbers)
    scores = CARRIED * shares + TELLING * (there @ telling) / most + OWN * own
    return np.asarray(shares, np.float32), np.asarray(scores, np.float32)


def length_factors(index: Index, numbers: Sequence[int]) -> Floats:
    """Above 1 for sentences that are longer than the others of their passage."""
    lengths = np.array([index.spans[number][1] - index.spans[number][0] for number in numbers], np.float32)
    return (1 + 0.15 * (lengths / max(float(lengths.mean()), 1e-9) - 1)).astype(np.float32)


def cosines(index: Index, hits: Sequence[Hit], vector: Vectors, encode: Encode) -> dict[int, float]:
    """Of each sentence with the question. What was encoded once stays with the index: articles repeat."""
    alone = {
        index.sentences_of(hit.number)[0]: index.vectors[hit.number] for hit in hits if is_one(index, hit)
    }
    index.sentence_vectors.update({number: row for number, row in alone.items() if row.any()})
    numbers = [number for hit in hits for number in index.sentences_of(hit.number)]
    missing = [number for number in numbers if number not in index.sentence_vectors]
    if missing:
        rows = encode([index.sentence_text(number) for number in missing])
        # Zeros are what an encoder that is away says; the next question asks again.
        index.sentence_vectors.update(
            {number: row for number, row in zip(missing, rows, strict=True) if row.any()}
        )
    return {
        number: float(index.sentence_vectors[number] @ vector)
        for number in numbers
        if number in index.sentence_vectors
    }


def is_one(index: Index, hit: Hit) -> bool:
    """Whether a passage is a single sentence: it has been read as the passage."""
    return len(index.sentences_of(hit.number)) == 1
