"""The index that questions are answered from: in memory, per audience, made anew when articles change."""

import threading
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count, Max
from django.utils import timezone

from support.ml.retrieval import Index, build_index
from support.ml.types import Passage as Piece
from support.models import DIMENSIONS, Passage
from support.selectors.articles import Audiences, valid_articles
from support.selectors.heads import LOOK_EVERY_S

# A small index is made while the shopper waits; a large one beside the old one, which answers meanwhile.
WAIT_UP_TO = 3_000


@dataclass(frozen=True)
class Stamp:
    """Two equal stamps mean the same passages: what is counted, what changed last, which day it is."""

    count: int
    changed_at: Any
    day: date


@dataclass(frozen=True)
class Known:
    stamp: Stamp
    index: Index


class Shelf:
    """The indexes of this process."""

    def __init__(self) -> None:
        self.known: dict[Audiences, Known] = {}
        self.lock = threading.Lock()
        self.builders: dict[Audiences, threading.Thread] = {}
        self.looked_at: dict[Audiences, float] = {}

    def index(self, audiences: Audiences) -> Index:
        known, now = self.known.get(audiences), time.monotonic()
        if known and now - self.looked_at.get(audiences, -LOOK_EVERY_S) < LOOK_EVERY_S:
            return known.index
        self.looked_at[audiences] = now
        stamp = current_stamp()
        if known and known.stamp == stamp:
            return known.index
        if known and stamp.count > WAIT_UP_TO:
            self.build_beside(audiences, stamp)
            return known.index
        return self.build(audiences, stamp)

    def build(self, audiences: Audiences, stamp: Stamp) -> Index:
        with self.lock:
            known = self.known.get(audiences)
            if known is None or known.stamp != stamp:
                known = Known(stamp, built_index(audiences))
                self.known[audiences] = known
            return known.index

    def build_beside(self, audiences: Audiences, stamp: Stamp) -> None:
        builder = self.builders.get(audiences)
        if builder is None or not builder.is_alive():
            builder = threading.Thread(target=self.build_and_close, args=(audiences, stamp), daemon=True)
            self.builders[audiences] = builder
            builder.start()

    def build_and_close(self, audiences: Audiences, stamp: Stamp) -> None:
        """A thread of its own has a connection of its own, which it gives back."""

        try:
            self.build(audiences, stamp)
        finally:
            connection.close()


shelf = Shelf()


def knowledge(audiences: Audiences) -> Index:
    """Everything that may be told to this audience, as `ml.answering` searches it."""
    return shelf.index(audiences)


def look_again() -> None:
    """What this process changed is seen by its next question."""
    shelf.looked_at.clear()


def forget_knowledge() -> None:
    """The next question reads the articles again."""
    global shelf
    shelf = Shelf()


def current_stamp() -> Stamp:
    seen = Passage.objects.aggregate(count=Count("pk"), changed_at=Max("updated_at"))
    return Stamp(seen["count"], seen["changed_at"], timezone.localdate())


def built_index(audiences: Audiences) -> Index:
    rows = list(
        Passage.objects.filter(article__in=valid_articles(audiences))
        .order_by("article_id", "start")
        .values_list(
            "article_id", "version", "article__language", "article__title", "text", "start", "embedding"
        )
    )
    pieces = [Piece(*row[:6]) for row in rows]
    return build_index(pieces, vectors_of([row[6] for row in rows]))


def vectors_of(given: list[Any]) -> "np.typing.NDArray[np.float32]":
    """One row each; a passage that the encoder has not read yet lies nowhere."""
    vectors = np.zeros((len(given), DIMENSIONS), np.float32)
    for place, vector in enumerate(given):
        if vector is not None:
            vectors[place] = vector
    return vectors
