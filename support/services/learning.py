"""What nobody could answer becomes an article: gathered, drafted from what agents said, tested."""

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from pgvector.django import CosineDistance

from ecommerce_ai.accounts.models import User
from ecommerce_ai.inference.types import Vectors
from support.ml import answering as ml
from support.ml.likeness import are_alike, likeness
from support.models import Article, Gap, Message, Miss
from support.selectors.articles import EVERYONE, base
from support.selectors.knowledge import knowledge
from support.services.articles import publish_article, save_article
from support.services.encoding import TimedEncode
from support.services.indexing import index_articles

ALIKE_MEANING = 0.28  # cosine distance
UNDERSTOOD = ("en",)  # the packaged encoder was trained on English
REPLIES, MOST_COMPARED = 3, 500


@transaction.atomic
def keep_miss(message: Message, question: str, language: str, encode: TimedEncode) -> Gap:
    """Put a question that nothing answered to those alike; once per message."""
    known = Miss.objects.filter(message=message).select_related("gap").first()
    if known:
        return known.gap
    code = base(language)
    vector = encode([question])[0]
    meaning = None if encode.is_away else vector
    gap = like_it(question, code, meaning) or Gap.objects.create(
        question=question[:500], language=code, embedding=meaning
    )
    Miss.objects.create(gap=gap, message=message, question=question[:500])
    return gap


def like_it(question: str, language: str, vector: Vectors | None) -> Gap | None:
    """The open gap whose question means the same, or is about the same in other words."""
    open_ones = Gap.objects.open().filter(language=language)
    near = nearest_in_meaning(open_ones, vector) if vector is not None and language in UNDERSTOOD else None
    if near:
        return near
    alike = [gap for gap in open_ones[:MOST_COMPARED] if are_alike(question, gap.question, language)]
    return max(alike, key=lambda gap: likeness(question, gap.question, language), default=None)


def nearest_in_meaning(gaps: QuerySet[Gap], vector: Vectors) -> Gap | None:
    distance = CosineDistance("embedding", np.asarray(vector, np.float32))
    near = gaps.filter(embedding__isnull=False).annotate(distance=distance)
    return near.filter(distance__lt=ALIKE_MEANING).order_by("distance").first()


@transaction.atomic
def draft_article(gap: Gap, *, by: User | None = None) -> Article:
    """An article for review out of what agents answered to these questions; the one that is there, again."""
    if gap.article:
        return gap.article
    replies = agents_replies(gap)
    key = f"{slugify(gap.question)[:80] or 'question'}-{gap.pk}"
    article = Article(
        key=key, language=gap.language, kind=Article.Kind.ANSWER, status=Article.Status.REVIEW,
        title=gap.question[:300], body="\n\n".join(replies) or gap.question,
    )  # fmt: skip
    save_article(article, by=by)
    gap.article, gap.status = article, Gap.Status.DRAFTED
    gap.save(update_fields=["article", "status"])
    return article


def agents_replies(gap: Gap) -> list[str]:
    """What agents said after these questions, the newest first, each once."""
    texts: list[str] = []
    for miss in gap.misses.select_related("message").order_by("-asked_at"):
        later = Message.objects.filter(
            conversation=miss.message.conversation_id, author=Message.Author.AGENT, pk__gt=miss.message_id
        )
        texts += list(later.order_by("pk").values_list("text", flat=True)[:REPLIES])
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))[:REPLIES]


def publish_gap(gap: Gap, *, by: User) -> dict[str, int]:
    """The reviewed article goes live; the old questions are asked again. Returns {"asked", "answered"}."""
    if gap.article is None:
        raise ValueError("There is no article to publish.")
    publish_article(gap.article, by=by)
    index_articles([gap.article.pk])
    return test_again(gap)


def test_again(gap: Gap) -> dict[str, int]:
    """Whether the questions of a gap are answered by what is live now."""
    encode, index = TimedEncode(), knowledge(EVERYONE)
    misses = list(gap.misses.all())
    for miss in misses:
        reply = ml.answer(miss.question, index, language=gap.language, encode=encode)
        miss.is_answered_now = reply.status == "answered"
    Miss.objects.bulk_update(misses, ["is_answered_now"])
    answered = sum(bool(miss.is_answered_now) for miss in misses)
    gap.tested_at = timezone.now()
    gap.status = Gap.Status.FILLED if misses and answered * 2 >= len(misses) else gap.status
    gap.save(update_fields=["tested_at", "status"])
    return {"asked": len(misses), "answered": answered}


def dismiss_gap(gap: Gap) -> None:
    """Nothing that this shop answers."""
    Gap.objects.filter(pk=gap.pk).update(status=Gap.Status.DISMISSED)


def drop_empty_gaps() -> int:
    """Gaps whose questions are gone with the people who asked them."""
    return Gap.objects.open().filter(misses=None, article=None).delete()[0]
