"""What came of texts that were sent: for ranking, and for pairs to learn from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from marketing.ml.ranking import Outcome, features_of
from marketing.ml.writing.channels import in_order
from marketing.models import Variant
from marketing.models.recipients import Recipient
from marketing.selectors.product_facts import known_facts

REMEMBERED = 200  # approved texts of a channel, the last ones


@dataclass(frozen=True)
class Answered:
    """To how many an approved text went, and how many followed its link."""

    variant: Variant
    sends: int
    responses: int


def answered(channel: str, language: str) -> list[Answered]:
    """Of the approved texts of this channel that were sent, the last ones."""
    rows = last_sent(channel, language)
    counts = answers_of([row.pk for row in rows])
    return [Answered(row, *counts[row.pk]) for row in rows]


def last_sent(channel: str, language: str) -> list[Variant]:
    places = Recipient.objects.filter(text=OuterRef("pk"), status=Recipient.Status.SENT)
    rows = Variant.objects.filter(Exists(places), channel=channel, language=language)
    return list(rows.select_related("product__category", "brief__offer").order_by("-id")[:REMEMBERED])


def answers_of(variants: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By text: how many got it, and how many of them followed its link."""
    sent = Recipient.objects.filter(text__in=variants, status=Recipient.Status.SENT).order_by()
    rows = sent.values("text").annotate(sends=Count("pk"), responses=Count("clicked_at"))
    return {text: (sends, clicks) for text, sends, clicks in rows.values_list("text", "sends", "responses")}


def outcomes_of(channel: str, language: str) -> list[Outcome]:
    """What these texts were like, and how they were answered."""
    found = answered(channel, language)
    products = {each.variant.product_id: each.variant.product for each in found if each.variant.product}
    known = known_facts(products.values(), language)
    return [
        Outcome(
            features_of(
                "\n".join(in_order(each.variant.parts, channel).values()),
                known[each.variant.product_id].facts,
            ),
            each.sends,
            each.responses,
        )
        for each in found
        if each.variant.product_id in known
    ]
