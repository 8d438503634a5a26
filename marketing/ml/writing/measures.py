"""How varied a batch is and how easy it reads."""

import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from marketing.ml.lexicon import CHINESE

TOKEN = re.compile(r"[\u4e00-\u9fff]|[^\W_]+(?:['’-][^\W_]+)*")
SENTENCE_END = re.compile(r"[!?。！？\n]|\.(?!\d)")
VOWELS = re.compile(r"[aeiouy]+")


def distinct_bigrams(texts: Sequence[str]) -> float:
    """Different bigrams of all bigrams (Li et al. 2016), over the batch; Chinese by characters."""
    found = [pair for text in texts for pair in bigrams(text)]
    return len(set(found)) / len(found)


def bigrams(text: str) -> list[tuple[str, str]]:
    tokens = TOKEN.findall(text.lower())
    return list(pairwise(tokens))


def largest_share(skeletons: Sequence[Set[str]]) -> float:
    """Of the texts, the share that holds the sentence skeleton which most of them hold."""
    counts = Counter(each for of_text in skeletons for each in of_text)
    return max(counts.values()) / len(skeletons)


def reading_level(text: str) -> float:
    """Flesch-Kincaid grade (Kincaid et al. 1975) of English; of Chinese the characters in a sentence."""
    sentences = [each for each in SENTENCE_END.split(text) if TOKEN.search(each)]
    if CHINESE.search(text):
        return len(CHINESE.findall(text)) / len(sentences)
    words = [each for each in TOKEN.findall(text.lower()) if each[0].isalpha()]
    syllables = sum(max(1, len(VOWELS.findall(word.removesuffix("e")))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
