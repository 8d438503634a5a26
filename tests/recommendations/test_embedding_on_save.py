from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.shop.models import Product
from recommendations.models import CustomerRanking, ProductVector
from recommendations.selectors import recommended_for, similar_products
from recommendations.selectors.staleness import stale_products
from recommendations.selectors.stored import RANKER
from recommendations.services import embed_products
from tests.factories import make_customer, make_event, make_product

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("encoder")]


def test_a_saved_product_gets_its_vector() -> None:
    product = make_product(title="warm scarf")
    before = ProductVector.objects.get(product=product).content_hash
    product.title = "red mug"
    product.save()
    assert ProductVector.objects.get(product=product).content_hash != before


def test_a_save_that_touches_no_text_starts_nothing() -> None:
    product = make_product()
    ProductVector.objects.all().delete()
    product.stock = 3
    product.save(update_fields=["stock"])
    assert not ProductVector.objects.exists()


def test_two_runs_side_by_side_leave_one_current_vector_each() -> None:
    for word in "abcdef":
        make_product(title=f"scarf {word}")
    ProductVector.objects.all().delete()

    def run() -> None:
        try:
            embed_products(batch_size=2)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ProductVector.objects.count() == 6
    assert not stale_products(get_encoder().name).exists()


def test_a_product_saved_in_the_office_is_similar_and_for_a_ranked_shopper_at_once(
    admin_client: Client,
) -> None:
    cups = [make_product(title=f"tea cup {colour}") for colour in ("red", "blue", "green")]
    shopper, now = make_customer(), timezone.now()
    for cup in cups:
        make_event(customer=shopper, product=cup, occurred_at=now - timedelta(days=2))
    run = ModelRun.objects.create(
        name=RANKER, kind="x", parameters={"sources": [], "groups": []}, is_live=True
    )
    CustomerRanking.objects.create(
        customer=shopper, run=run, product_ids=[cups[0].pk], scores=[1.0], sources=[1], contributions=b"",
        input_hash="x", computed_at=now,
    )  # fmt: skip
    address = reverse("admin:shop_product_add")
    form = admin_client.get(address).context["adminform"].form
    given = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    given |= {"sku": "cup-gold", "title": "tea cup gold", "price": "9.00", "currency": "GBP", "stock": "5"}
    assert admin_client.post(address, {**given, "is_live": "on"}).status_code == 302
    gold = Product.objects.get(sku="cup-gold")
    assert gold in [item.product for item in similar_products(cups[0], 5)]
    assert gold in [item.product for item in recommended_for(shopper, 5)]
