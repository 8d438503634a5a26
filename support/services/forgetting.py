"""What the desk learnt from in the words of somebody who is erased: questions, drafts, examples."""

from django.db.models import F, QuerySet
from django.db.models.functions import Left

from ecommerce_ai.data_register import Subject
from support.models import Article, Gap, IntentExample, Message, Miss
from support.services.encoding import TimedEncode
from support.services.starting import starter_intents

LONGEST = 500  # of an example


def gaps_in_words_of(subject: Subject) -> QuerySet[Gap]:
    theirs = Gap.objects.filter(misses__in=misses_of(subject), question=F("misses__question"))
    return theirs.distinct()


def misses_of(subject: Subject) -> QuerySet[Miss]:
    return Miss.objects.filter(message__conversation__customer__in=subject.customer_ids)


def drafts_about(subject: Subject) -> QuerySet[Article]:
    """What nobody published yet of questions that they asked: agents' replies stand in it."""
    unseen = (Article.Status.DRAFT, Article.Status.REVIEW)
    return Article.objects.filter(
        pk__in=Gap.objects.filter(misses__in=misses_of(subject)).values("article"), status__in=unseen
    )


def examples_of(subject: Subject) -> QuerySet[IntentExample]:
    """Their sentences among the examples of intents; those that every shop begins with are nobody's."""
    said = Message.objects.filter(
        conversation__customer__in=subject.customer_ids, author=Message.Author.SHOPPER
    )
    everyones = [text for _name, _action, texts in starter_intents() for text in texts]
    begun = said.values(begun=Left("text", LONGEST))
    return IntentExample.objects.filter(text__in=begun).exclude(text__in=everyones)


def count_learnt(subject: Subject) -> int:
    found = (gaps_in_words_of(subject), drafts_about(subject), examples_of(subject))
    return sum(rows.count() for rows in found)


def forget_learnt(subject: Subject) -> None:
    """A question that others asked too stays, in the words of one of them."""
    Gap.objects.filter(article__in=drafts_about(subject)).update(status=Gap.Status.OPEN)
    drafts_about(subject).delete()
    examples_of(subject).delete()
    for gap in gaps_in_words_of(subject):
        retell(gap, gap.misses.exclude(pk__in=misses_of(subject)).order_by("asked_at").first())


def retell(gap: Gap, other: Miss | None) -> None:
    if other is None:
        gap.delete()
        return
    encode = TimedEncode()
    meaning = encode([other.question])[0]
    gap.question, gap.embedding = other.question, None if encode.is_away else meaning
    gap.save(update_fields=["question", "embedding"])
