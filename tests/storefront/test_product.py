from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.test import Client
from django.utils import timezone

from ecommerce_ai.shop.models import Event, PriceChange, Question
from tests.factories import NOW, make_customer, make_product, make_question, make_review
from tests.storefront.conftest import Shop

Check = Callable[[Callable[[], object], Callable[[], object]], None]


def html_of(client: Client, shop: Shop, prefix: str = "", query: str = "") -> str:
    return client.get(f"{prefix}/products/{shop.mug.pk}/harbour-mug/{query}").content.decode()


def test_tells_the_facts(client: Client, shop: Shop) -> None:
    html = html_of(client, shop)
    for fact in ("Harbour Mug", "£18.00", "Tidewater", "Stoneware", "360 g", shop.mug.sku):
        assert fact in html


def test_tells_them_in_chinese(client: Client, shop: Shop) -> None:
    html = html_of(client, shop, prefix="/zh-hans")
    for fact in ("海港马克杯", "炻器", "海蓝", "£18.00"):
        assert fact in html
    assert "Harbour Mug" not in html


def test_what_is_no_longer_sold_is_gone(client: Client, shop: Shop) -> None:
    hidden = make_product(is_live=False)
    assert client.get(f"/products/{hidden.pk}/").status_code == 404


def test_what_is_sold_out_cannot_be_put_in_the_cart(client: Client, shop: Shop) -> None:
    html = client.get(f"/products/{shop.sold_out.pk}/").content.decode()
    assert "Sold out" in html
    assert "Put in the cart" not in html


def test_a_real_reduction_shows_the_old_price(client: Client, shop: Shop) -> None:
    PriceChange.objects.update(changed_at=timezone.now() - timedelta(days=100))
    shop.mug.price = Decimal("12.00")
    shop.mug.save()
    assert "£18.00" in html_of(client, shop)


def test_a_price_raised_just_before_is_no_old_price(client: Client, shop: Shop) -> None:
    PriceChange.objects.update(price=Decimal("11.00"), changed_at=timezone.now() - timedelta(days=100))
    PriceChange.objects.create(
        product=shop.mug,
        price=Decimal("18.00"),
        currency="GBP",
        changed_at=timezone.now() - timedelta(days=2),
    )
    shop.mug.price = Decimal("12.00")
    shop.mug.save()
    assert "£18.00" not in html_of(client, shop)


def test_shows_approved_reviews_and_their_distribution(client: Client, shop: Shop) -> None:
    make_review(product=shop.mug, rating=5, title="Lovely")
    make_review(product=shop.mug, rating=2, title="Chipped")
    make_review(product=shop.mug, rating=1, title="Spam", status="pending")
    html = html_of(client, shop)
    assert "3.5 of 5 from 2 reviews" in html
    assert "Lovely" in html
    assert "Spam" not in html


def test_reviews_in_the_readers_language_come_first(client: Client, shop: Shop) -> None:
    make_review(product=shop.mug, title="Newest", created_at=NOW)
    make_review(product=shop.mug, title="很好", language="zh-hans", created_at=NOW - timedelta(days=9))
    html = html_of(client, shop, prefix="/zh-hans")
    assert html.index("很好") < html.index("Newest")


def test_shows_questions_once_they_are_answered(client: Client, shop: Shop) -> None:
    make_question(product=shop.mug, body="Oven safe?", answer="Yes.", answered_at=NOW)
    make_question(product=shop.mug, body="Unanswered?")
    html = html_of(client, shop)
    assert "Oven safe?" in html
    assert "Unanswered?" not in html


def test_a_visitor_may_ask_and_the_question_waits(client: Client, shop: Shop) -> None:
    response = client.post(
        f"/products/{shop.mug.pk}/x/questions", {"body": "Is it <b>heavy</b>?"}, follow=True
    )
    question = Question.objects.get()
    assert (question.body, question.status, question.product) == ("Is it <b>heavy</b>?", "pending", shop.mug)
    html = response.content.decode()
    assert "Your question is shown here once we have answered it" in html
    assert "heavy" not in html


def test_an_empty_or_endless_question_is_refused(client: Client, shop: Shop) -> None:
    for body in ("", "   ", "x" * 1001, "nul\x00"):
        assert client.post(f"/products/{shop.mug.pk}/x/questions", {"body": body}).status_code == 422
    assert Question.objects.count() == 0


def test_asking_without_end_is_answered_with_429(client: Client, shop: Shop) -> None:
    address = f"/products/{shop.mug.pk}/x/questions"
    statuses = [client.post(address, {"body": "Again?"}).status_code for _ in range(11)]
    assert statuses == [302] * 10 + [429]
    assert Question.objects.count() == 10


def test_what_a_shopper_writes_is_escaped(client: Client, shop: Shop) -> None:
    make_review(product=shop.mug, title="<script>alert(1)</script>", body="<img src=x onerror=alert(2)>")
    html = html_of(client, shop)
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_queries_do_not_grow(client: Client, shop: Shop, assert_queries_do_not_grow: Check) -> None:
    def grow() -> None:
        make_review(product=shop.mug, customer=make_customer())
        make_question(product=shop.mug, answer="Yes.", answered_at=NOW)
        other = make_product(category=shop.mugs)
        Event.objects.create(
            name="view_item", product=other, customer=Event.objects.all()[0].customer, occurred_at=NOW
        )

    make_review(product=shop.mug)
    make_product(category=shop.mugs)
    html_of(client, shop)
    Event.objects.create(
        name="view_item", product=shop.bowl, customer=Event.objects.all()[0].customer, occurred_at=NOW
    )
    assert_queries_do_not_grow(lambda: html_of(client, shop), grow)
