"""What came of texts that were sent: for ranking, and for pairs to learn from."""

from dataclasses import dataclass

from django.db.models import Count, Q

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
    sent = Q(recipients__status=Recipient.Status.SENT)
    rows = (
        Variant.objects.filter(channel=channel, language=language)
        .select_related("product__category", "brief__offer")
        .annotate(
            sends=Count("recipients", filter=sent),
            responses=Count("recipients", filter=sent & Q(recipients__clicked_at__isnull=False)),
        )
        .filter(sends__gt=0)
        .order_by("-id")[:REMEMBERED]
    )
    return [Answered(row, int(vars(row)["sends"]), int(vars(row)["responses"])) for row in rows]


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
