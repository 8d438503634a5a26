"""A saved article is found at once; the job that runs each minute is what makes that certain."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from ecommerce_ai.shop.models import CustomerMerge
from support.models import Article, Intent, IntentExample, OrderProof
from support.selectors.actions import actions_now
from support.services.conversations import move_conversations
from support.tasks import deliver_code, embed_articles, train_intents


@receiver(post_save, sender=Article)
def index_saved_article(instance: Article, *, raw: bool = False, **kwargs: Any) -> None:
    """Without a broker it is saved, and the next minute finds it."""
    if not raw and instance.kind not in Article.DERIVED:
        transaction.on_commit(partial(embed_articles.delay, [instance.pk]), robust=True)


@receiver(post_save, sender=IntentExample)
def learn_saved_example(instance: IntentExample, *, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.is_approved:
        transaction.on_commit(train_intents.delay, robust=True)


@receiver((post_save, post_delete), sender=Intent)
def act_on_saved_intent(**kwargs: Any) -> None:
    """At once in this process."""
    actions_now.forget()


@receiver(post_save, sender=CustomerMerge)
def keep_conversations(instance: CustomerMerge, *, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """In the transaction of the merge."""
    if created and not raw:
        move_conversations(instance)


@receiver(post_save, sender=OrderProof)
def deliver_asked_code(instance: OrderProof, *, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """By the queue, whether there is such an order or not: the request takes the same time."""
    if created and not raw:
        transaction.on_commit(partial(deliver_code.delay, instance.pk), robust=True)
