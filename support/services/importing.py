"""Articles out of files: the importer of the shop reads them, this writes them."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ecommerce_ai.shop.models import ImportedKey
from ecommerce_ai.shop.services.importing import TARGETS, Outcome, Target
from ecommerce_ai.shop.services.importing.records import ArticleRecord
from ecommerce_ai.shop.services.importing.rows import Rejection
from support.models import Article
from support.services.articles import save_article

FIELDS = ("kind", "topic", "title", "body", "audience", "valid_from", "valid_until")


def upsert(cursor: Any, records: list[ArticleRecord], run_id: int, fields: frozenset[str]) -> Outcome:
    """Articles by key and language; one that came before in the file is rejected, the first one counts."""
    created, updated, rejections = 0, 0, list[Rejection]()
    before = set(ImportedKey.objects.filter(run=run_id).values_list("key", flat=True))
    for record in records:
        name = f"{record.language}/{record.key}"[:120]
        if name in before:
            rejections.append(
                Rejection(record.line, "key", f"“{name}” was on an earlier line; that one counts")
            )
            continue
        before.add(name)
        ImportedKey.objects.create(run_id=run_id, key=name)
        try:
            outcome = write_record(record)
        except ValidationError as error:
            field, reasons = next(iter(error.message_dict.items()))
            rejections.append(Rejection(record.line, field, str(reasons[0])))
            continue
        created += outcome == "created"
        updated += outcome == "updated"
    return Outcome(created, updated, rejections)


def write_record(record: ArticleRecord) -> str:
    """What is live here stays live: whether an article is shown is decided in this shop once it is here."""
    article = Article.objects.filter(key=record.key, language=record.language).first()
    if article is None:
        article = Article(key=record.key, language=record.language, status=record.status)
        outcome = "created"
    elif all(getattr(article, field) == getattr(record, field) for field in FIELDS):
        return "unchanged"
    else:
        outcome = "updated"
    for field in FIELDS:
        setattr(article, field, getattr(record, field))
    with transaction.atomic():
        save_article(article)
    return outcome


def import_articles(records: Iterable[ArticleRecord]) -> int:
    """Write records that come from nowhere but this project; how many were new or changed."""
    return sum(write_record(record) != "unchanged" for record in records)


TARGETS["articles"] = Target(upsert)
