"""Keeps the passages of what is live: their words, and what they mean. Redoes only what changed."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.inference.types import Encoder
from ecommerce_ai.jobs.progress import Progress, silent
from support.ml.passages import split_article, text_to_encode
from support.ml.types import Passage as Piece
from support.models import DIMENSIONS, Article, Passage
from support.selectors.knowledge import look_again
from support.selectors.words import CONFIG, text_to_find

BATCH_SIZE = 256
WORDS = "UPDATE support_passage SET words = to_tsvector(%s::regconfig, %s) WHERE id = %s"


def index_articles(
    article_ids: Sequence[int] | None = None, *, progress: Progress = silent
) -> dict[str, int]:
    """Split what is live and changed into passages, and drop those of what is not live any more.

    May be killed, repeated, or run beside itself. Returns {"articles", "removed", "embedded"}.
    """
    gone = Passage.objects.exclude(article__status=Article.Status.LIVE)
    stale = stale_articles()
    if article_ids is not None:
        gone, stale = gone.filter(article__in=article_ids), stale.filter(pk__in=article_ids)
    removed, _ = gone.delete()
    articles = list(stale)
    for number, article in enumerate(articles, start=1):
        write_passages(article.pk)
        progress(number, len(articles))
    embedded = embed_passages(article_ids)
    look_again()
    return {"articles": len(articles), "removed": removed, "embedded": embedded}


def stale_articles() -> QuerySet[Article]:
    """Live articles whose passages are missing or of another version."""
    current = Passage.objects.filter(version=F("article__version")).values("article")
    return Article.objects.live().exclude(pk__in=current).order_by("pk")


@transaction.atomic
def write_passages(article_id: int) -> None:
    """The passages of the text as it is now; a piece that was there before keeps its vector."""
    article = Article.objects.select_for_update().get(pk=article_id)
    if article.status != Article.Status.LIVE:
        return
    known = {row.content_hash: row for row in article.passages.all()}
    pieces = split_article(
        article.body,
        article=article.pk,
        version=article.version,
        language=article.language,
        title=article.title,
    )
    rows = [as_row(piece, known) for piece in pieces]
    article.passages.all().delete()
    write_words(Passage.objects.bulk_create(rows), article.title, article.language)


def as_row(piece: Piece, known: dict[str, Passage]) -> Passage:
    content_hash = hash_of(piece)
    before = known.get(content_hash)
    return Passage(
        article_id=piece.article,
        version=piece.version,
        start=piece.start,
        text=piece.text,
        content_hash=content_hash,
        embedding=before.embedding if before else None,
        encoder=before.encoder if before else "",
    )


def hash_of(piece: Piece) -> str:
    return hashlib.sha256(text_to_encode(piece).encode()).hexdigest()[:32]


def write_words(rows: Iterable[Passage], title: str, language: str) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            WORDS, [(CONFIG, text_to_find(f"{title}\n{row.text}", language), row.pk) for row in rows]
        )


def embed_passages(article_ids: Sequence[int] | None = None) -> int:
    """Give a vector to each passage that has none of this encoder; how many were made."""
    encoder = fitting_encoder()
    wanting = Passage.objects.filter(Q(embedding=None) | ~Q(encoder=encoder.name)).select_related("article")
    if article_ids is not None:
        wanting = wanting.filter(article__in=article_ids)
    return sum(embed_batch(batch, encoder) for batch in batches(wanting))


def batches(passages: QuerySet[Passage]) -> Iterator[list[Passage]]:
    last = 0
    while batch := list(passages.filter(pk__gt=last).order_by("pk")[:BATCH_SIZE]):
        last = batch[-1].pk
        yield batch


def embed_batch(rows: list[Passage], encoder: Encoder) -> int:
    """A row that was replaced meanwhile is not there to be written; the next run sees the new one."""
    vectors = encoder.encode_documents([text_to_encode(as_piece(row)) for row in rows])
    for row, vector in zip(rows, vectors, strict=True):
        row.embedding, row.encoder = np.asarray(vector, np.float32), encoder.name
    with transaction.atomic():
        still_there = set(
            Passage.objects.select_for_update()
            .filter(pk__in=[row.pk for row in rows])
            .values_list("pk", flat=True)
        )
        kept = [row for row in rows if row.pk in still_there]
        Passage.objects.bulk_update(kept, ["embedding", "encoder"])
        Passage.objects.filter(pk__in=still_there).update(updated_at=TransactionNow())
    return len(kept)


def as_piece(row: Passage) -> Piece:
    return Piece(
        article=row.article_id,
        version=row.version,
        language=row.article.language,
        title=row.article.title,
        text=row.text,
        start=row.start,
    )


def fitting_encoder() -> Encoder:
    """The encoder, whose vectors have to fit the column."""
    encoder = get_encoder()
    if encoder.dimensions != DIMENSIONS:
        raise ImproperlyConfigured(
            f"{encoder.name} makes {encoder.dimensions} dimensions, the column holds {DIMENSIONS}."
        )
    return encoder
