"""Praise and complaints: learned from the stars of the shop's reviews, shown on the quality page."""

from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ecommerce_ai.privacy.selectors import Purpose
from ecommerce_ai.privacy.services import change_consent
from support.ml.sentiment import Opinion, SentimentModel
from support.ml.sentiment_training import train_sentiment
from support.selectors.sentiment import complaints
from support.services.sentiment import train_sentiment_head
from tests.factories import make_customer, make_product, make_review, make_user

PRAISE = (
    "I love it, soft and warm",
    "fits well and looks lovely",
    "great colour, very happy",
    "非常喜欢，很合身",
)
BLAME = (
    "it tore at once, poor seams",
    "not worth it, went back",
    "itchy and far too small",
    "质量很差，退货了",
)


@pytest.fixture(autouse=True)
def artefacts(settings: Any, tmp_path: Any) -> None:
    settings.ARTEFACTS_ROOT = tmp_path


def opinions(texts: tuple[str, ...], count: int) -> list[Opinion]:
    return [Opinion("", f"{texts[number % len(texts)]} {number}") for number in range(count)]


def test_words_never_seen_together_are_told_apart_in_two_languages() -> None:
    model = train_sentiment(opinions(PRAISE, 40) + opinions(BLAME, 12), [False] * 40 + [True] * 12)
    told = model.complaints(
        [
            Opinion("Great", "soft, fits well"),
            Opinion("", "poor seams, itchy"),
            Opinion("很喜欢", ""),
            Opinion("", "质量很差"),
        ]
    )
    assert list(told >= model.threshold) == [False, True, False, True]
    again = SentimentModel.from_bytes(model.to_bytes())
    assert np.array_equal(again.complaints([Opinion("", "itchy")]), model.complaints([Opinion("", "itchy")]))


def fill_reviews(**fields: Any) -> None:
    product = make_product()
    for number, opinion in enumerate(opinions(PRAISE, 60) + opinions(BLAME, 30)):
        make_review(product=product, body=opinion.body, rating=5 if number < 60 else 1, **fields)


@pytest.mark.django_db
def test_the_shop_learns_from_stars_and_shows_who_complains(client: Client) -> None:
    assert complaints(30) is None
    fill_reviews()
    run = train_sentiment_head()
    assert run is not None
    assert run.metrics == {"reviews": 90, "complaints": 30}
    assert train_sentiment_head() is None  # nothing is new
    make_review(title="Poor seams", body="it tore at once", rating=5, created_at=timezone.now())
    make_review(title="A happy one", body="very happy, great colour", rating=5, created_at=timezone.now())
    make_review(title="Poor and itchy", status="pending", created_at=timezone.now())
    found = complaints(30)
    assert found is not None
    assert [(each.review.title, each.stars_disagree) for each in found] == [("Poor seams", True)]
    client.force_login(make_user(role="support agent", is_staff=True))
    page = client.get(reverse("dashboard:support_quality")).content.decode()
    assert "the words disagree" in page
    assert "A happy one" not in page


@pytest.mark.django_db
def test_nobody_who_declined_teaches() -> None:
    customer = make_customer()
    fill_reviews(customer=customer)
    change_consent(customer, purpose=Purpose.TRAINING, is_granted=False, source="shopper")
    assert train_sentiment_head() is None
