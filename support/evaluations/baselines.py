"""What answers have to beat: BM25 on stems or pairs of characters, and the encoder alone."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.inference.types import Vectors
from ecommerce_ai.text_analysis import lexemes_of
from support.ml.sentences import sentence_spans
from support.ml.types import Passage

Ints = npt.NDArray[np.int64]


def bm25_ranks(passages: Sequence[Passage], questions: Sequence[str], language: str) -> Ints:
    """The first passage of each question."""
    import bm25s

    index = bm25s.BM25()
    index.index([lexemes_of(passage.text, language) for passage in passages], show_progress=False)
    return np.array(
        [int(index.get_scores(lexemes_of(question, language)).argmax()) for question in questions]
    )


def encoder_ranks(paragraphs: Vectors, questions: Vectors) -> Ints:
    found: Ints = (questions @ paragraphs.T).argmax(axis=1)
    return found


def encoder_sentences(own: Sequence[Passage], questions: Vectors) -> list[str]:
    """Of each question's own paragraph, the sentence nearest to the question."""
    sentences = {p.text: [p.text[slice(*span)] for span in sentence_spans(p.text)] for p in own}
    flat = list(dict.fromkeys(text for group in sentences.values() for text in group))
    vectors = dict(zip(flat, get_encoder().encode_documents(flat), strict=True))
    found = []
    for passage, question in zip(own, questions, strict=True):
        group = sentences[passage.text]
        found.append(group[int(np.argmax([vectors[text] @ question for text in group]))])
    return found
