"""The head that reads reviews, as it serves, and those it calls complaints."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from ecommerce_ai.inference.served import Served
from ecommerce_ai.shop.models import Review
from support.ml.sentiment import Opinion, SentimentModel

SENTIMENT = "support-sentiment"
READ = 300  # the newest reviews of a period that are read for a page


sentiment_model = Served(SENTIMENT, SentimentModel.from_bytes)


@dataclass(frozen=True)
class Complaint:
    """A review that reads as one; `stars_disagree`: it was given four or five of them."""

    review: Review
    chance: float

    @property
    def stars_disagree(self) -> bool:
        return self.review.rating >= 4


def complaints(days: int, *, limit: int = 10) -> list[Complaint] | None:
    """What the newest reviews complain of, the surest first; None before the head has learned."""
    model = sentiment_model.model()
    if model is None:
        return None
    since = timezone.now() - timedelta(days=days)
    recent = Review.objects.approved().filter(created_at__gte=since).select_related("product")
    rows = recent.order_by("-created_at")[:READ]
    read = [row for row in rows if Opinion(row.title, row.body)]
    chances = model.complaints([Opinion(row.title, row.body) for row in read])
    found = [Complaint(row, float(chance)) for row, chance in zip(read, chances, strict=True)]
    called = [each for each in found if each.chance >= model.threshold]
    return sorted(called, key=lambda each: -each.chance)[:limit]
