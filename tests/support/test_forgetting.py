"""What the desk learnt from does not keep the words of whoever is erased."""

import pytest

from ecommerce_ai.privacy.selectors.subjects import subject_of
from support.models import Article, Gap, Intent, IntentExample, Message, Miss
from support.services.forgetting import count_learnt, forget_learnt
from support.services.starting import starter_intents
from tests.factories import make_conversation, make_customer

THEIRS, ANOTHERS = "Does Zephyrine's lid fit my teapot?", "Does the lid fit my teapot?"


@pytest.mark.django_db
def test_a_question_that_others_asked_too_stays_in_their_words(encoder: None) -> None:
    draft = Article.objects.create(key="lid", title=THEIRS, body="It does, Zephyrine.", status="review")
    gap = Gap.objects.create(question=THEIRS, status="drafted", article=draft)
    people = [make_customer(), make_customer()]
    for customer, question in zip(people, (THEIRS, ANOTHERS), strict=True):
        said = Message.objects.create(conversation=make_conversation(customer=customer), author="shopper")
        Miss.objects.create(gap=gap, message=said, question=question)
    forget_learnt(subject_of(people[0]))
    gap.refresh_from_db()
    assert (gap.question, gap.status, gap.article) == (ANOTHERS, "open", None)
    assert not Article.objects.exists()
    assert gap.embedding is not None


@pytest.mark.django_db
def test_examples_that_every_shop_begins_with_are_nobodys() -> None:
    customer, intent = make_customer(), Intent.objects.create(name="teapots")
    everyones, talk = starter_intents()[0][2][0], make_conversation(customer=customer)
    for text in (everyones, "My teapot " + "x" * 600):
        Message.objects.create(conversation=talk, author="shopper", text=text)
        IntentExample.objects.create(intent=intent, text=text[:500])
    assert count_learnt(subject_of(customer)) == 1
    forget_learnt(subject_of(customer))
    assert IntentExample.objects.get().text == everyones
