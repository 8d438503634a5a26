from threading import Thread

import pytest
from django.db import connection

from ecommerce_ai.inference.registry import get_encoder
from recommendations.models import ProductVector
from recommendations.selectors.staleness import stale_products
from recommendations.services import embed_products
from tests.factories import make_product

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
