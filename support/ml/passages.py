"""Articles in pieces that are found one by one: whole sentences, a few of them together."""

from support.ml.sentences import sentence_spans
from support.ml.types import Passage

LONGEST = 480  # characters; one sentence may be longer


def split_article(body: str, *, article: int, version: int, language: str, title: str) -> list[Passage]:
    """Pieces of a paragraph each, long paragraphs in several; every offset points into `body`."""
    found: list[tuple[int, int]] = []
    for start, end in sentence_spans(body):
        if found and goes_on(body, found[-1], (start, end)):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [Passage(article, version, language, title, body[start:end], start) for start, end in found]


def goes_on(body: str, piece: tuple[int, int], sentence: tuple[int, int]) -> bool:
    """Whether a sentence belongs to the piece before: the same paragraph, and not too long together."""
    return "\n" not in body[piece[1] : sentence[0]] and sentence[1] - piece[0] <= LONGEST


def text_to_encode(passage: Passage) -> str:
    """What the encoder reads of a passage: its title says what it is about."""
    return f"{passage.title}\n{passage.text}"
