"""Slips of the finger and of the ear, repaired to words that exist.

Two words that share a key are at most a slip apart (symmetric deletion: Garbe, SymSpell, 2012), or sound
alike; the true edit distance then decides among the few.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import log1p

from rapidfuzz.distance import DamerauLevenshtein

LEAST_LENGTH = 3
# A shorter word than this is as likely another word as a slip.
LEAST_TYPED = 4
SPELLINGS = (
    ("ph", "f"),
    ("ck", "k"),
    ("qu", "k"),
    ("gh", ""),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("x", "ks"),
)
VOWELS = re.compile(r"[aeiouyw]+")
TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Candidate:
    """A word of the vocabulary, in how many products it stands."""

    word: str
    documents: int


@dataclass(frozen=True)
class Repair:
    """What a word was most likely meant to be; `confidence` in 0-1."""

    word: str
    confidence: float


def keys_of(word: str) -> list[str]:
    """The word, the word without each of its letters, and how it sounds. Short words have none."""
    if len(word) < LEAST_LENGTH or not word.isalpha():
        return []
    shorter = {word[:place] + word[place + 1 :] for place in range(len(word))}
    return sorted({word, *shorter, f"~{sound_of(word)}"})


def sound_of(word: str) -> str:
    """Consonants as they sound; vowels are only where they are: headfones and headphones become the same."""
    for written, heard in SPELLINGS:
        word = word.replace(written, heard)
    return TWICE.sub(r"\1", VOWELS.sub("a", word))


def best_repair(word: str, candidates: Iterable[Candidate]) -> Repair | None:
    """The likeliest candidate within the slips that a word of this length allows."""
    if len(word) < LEAST_TYPED:
        return None
    allowed = 1 if len(word) < 6 else 2
    best, best_score = None, 0.0
    for candidate in candidates:
        distance = DamerauLevenshtein.distance(word, candidate.word, score_cutoff=allowed)
        if not 0 < distance <= allowed:
            continue
        score = likeliness(word, candidate, distance)
        if score > best_score:
            best, best_score = Repair(candidate.word, min(score, 1.0)), score
    return best


def likeliness(word: str, candidate: Candidate, distance: int) -> float:
    """Less for each slip, more for the same start, the same sound and a word that is common in the shop."""
    same_start = 0.1 if word[0] == candidate.word[0] else -0.2
    same_sound = 0.15 if sound_of(word) == sound_of(candidate.word) else 0.0
    return 1.0 - 1.6 * distance / len(word) + same_start + same_sound + 0.02 * log1p(candidate.documents)
