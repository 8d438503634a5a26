from collections.abc import Callable

from django.test import Client

from ecommerce_ai.shop.models import Event
from recommendations.models import ProductVector
from tests.factories import make_category, make_event, make_product
from tests.storefront.conftest import Shop

Check = Callable[[Callable[[], object], Callable[[], object]], None]


def vector(**weights: float) -> list[float]:
    row = [0.0] * 384
    row[0], row[1] = weights.get("a", 0.0), weights.get("b", 0.0)
    return row


def give_vectors(shop: Shop) -> None:
    ProductVector.objects.create(product=shop.mug, embedding=vector(a=1.0), encoder="test", content_hash="1")
    ProductVector.objects.create(
        product=shop.bowl, embedding=vector(a=0.9, b=0.4), encoder="test", content_hash="2"
    )


def test_a_new_visitor_sees_goods_and_shelves(client: Client, shop: Shop) -> None:
    html = client.get("/").content.decode()
    assert "Rice Bowl" in html
    assert "Kitchen" in html
    assert "For you" not in html
    assert "Because you looked at" not in html


def test_somebody_with_events_sees_their_own_page_and_why(client: Client, shop: Shop) -> None:
    give_vectors(shop)
    client.get(f"/products/{shop.mug.pk}/")
    html = client.get("/").content.decode()
    assert "For you" in html
    assert "Because you looked at Harbour Mug" in html  # the reason on the card
    assert "Because you looked at “Harbour Mug”" in html  # the shelf of similar goods
    assert "You looked at it on" in html


def test_chinese_readers_read_chinese(client: Client, shop: Shop) -> None:
    html = client.get("/zh-hans/").content.decode()
    assert "海港马克杯" in html
    assert "厨房" in html
    assert "Harbour Mug" not in html


def test_an_empty_shop_is_a_page_too(client: Client, db: None) -> None:
    assert client.get("/").status_code == 200


def test_queries_do_not_grow(client: Client, shop: Shop, assert_queries_do_not_grow: Check) -> None:
    give_vectors(shop)
    client.get(f"/products/{shop.mug.pk}/")
    customer = Event.objects.get().customer

    def grow() -> None:
        make_category()
        make_event(customer=customer, product=make_product(category=shop.kitchen))

    assert_queries_do_not_grow(lambda: client.get("/"), grow)
