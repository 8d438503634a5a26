"""Help articles, and pairs of question and answer, under plain column names."""

import hashlib
from datetime import date
from typing import Any

from django.utils.text import slugify

from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.records import ArticleRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

KINDS = ["help", "policy", "answer"]
STATUSES = ["draft", "review", "live", "retired"]
AUDIENCES = ["everyone", "customers", "staff"]
KEY_CHARS, TITLE_CHARS, TOPIC_CHARS = 120, 300, 80


def map_article(row: Row, default_currency: str) -> ArticleRecord:
    """One article; it waits for a review unless the file says that it is live."""
    values = row.values
    title = v.required(values, "title", TITLE_CHARS, "name")
    body = v.required(values, "body", 0, "text", "content")
    kind = v.choice(v.text(values, "kind"), "kind", KINDS, "help")
    status = v.choice(v.text(values, "status"), "status", STATUSES, "review")
    return record(row, title=title, body=body, kind=kind, status=status)


def map_question(row: Row, default_currency: str) -> ArticleRecord:
    """A question with its answer; an approved one is live, any other waits for a review."""
    values = row.values
    is_approved = v.boolean(v.text(values, "approved", 10), "approved", default=False)
    question = v.required(values, "question", TITLE_CHARS)
    answer = v.required(values, "answer", 0)
    status = "live" if is_approved else "review"
    return record(row, title=question, body=answer, kind="answer", status=status)


def record(row: Row, *, title: str, body: str, kind: str, status: str) -> ArticleRecord:
    values = row.values
    first, last = day(values, "valid_from"), day(values, "valid_until")
    if first and last and last < first:
        raise RejectedValue("valid_until", "before valid_from")
    return ArticleRecord(
        line=row.line,
        key=v.text(values, "key", KEY_CHARS, "slug", "id") or key_of(title),
        language=(v.text(values, "language", 10, "lang", "locale") or "en").lower().replace("_", "-"),
        kind=kind,
        topic=v.text(values, "topic", TOPIC_CHARS, "category"),
        title=title,
        body=body,
        status=status,
        audience=v.choice(v.text(values, "audience"), "audience", AUDIENCES, "everyone"),
        valid_from=first,
        valid_until=last,
    )


def key_of(title: str) -> str:
    """From the title's words; a title in other letters gets a number of its own."""
    words = slugify(title)[:80]
    digest = hashlib.sha256(title.encode()).hexdigest()[:10]
    return words if len(words) > 8 else f"{words}-{digest}".strip("-")


def day(values: dict[str, Any], field: str) -> date | None:
    text = v.text(values, field, 40)
    return v.moment(text, field).date() if text else None
