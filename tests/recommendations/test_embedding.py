import pytest
from django.db import IntegrityError, transaction

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.jobs.progress import JobCancelled
from ecommerce_ai.shop.models import Product
from recommendations.models import ProductVector
from recommendations.selectors.staleness import stale_products
from recommendations.services import embed_products
from recommendations.services.vectors import encoded, write_vectors
from tests.factories import make_category, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("encoder")]


def stored(product: Product) -> ProductVector:
    return ProductVector.objects.get(product=product)


def stale() -> list[Product]:
    return list(stale_products(get_encoder().name))


def test_every_live_product_gets_one_vector() -> None:
    products = [make_product(title=f"warm scarf {word}") for word in "abcde"]
    make_product(is_live=False)
    assert embed_products(batch_size=2) == {"embedded": 5, "current": 0, "removed": 0}
    assert set(ProductVector.objects.values_list("product", flat=True)) == {each.pk for each in products}
    assert stored(products[0]).encoder == get_encoder().name


def test_a_second_run_does_nothing() -> None:
    product = make_product()
    embed_products()
    before = stored(product).updated_at
    assert embed_products() == {"embedded": 0, "current": 1, "removed": 0}
    assert stored(product).updated_at == before


@pytest.mark.parametrize(
    "change",
    [{"title": "red mug"}, {"description": "warm"}, {"brand": "b"}, {"attributes": {"material": "wool"}}],
)
def test_a_changed_text_is_embedded_again(change: dict[str, object]) -> None:
    changed, other = make_product(title="wool scarf"), make_product(title="blue cup")
    embed_products()
    before = stored(changed).embedding
    Product.objects.filter(pk=changed.pk).update(**change)
    assert stale() == [changed]
    assert embed_products() == {"embedded": 1, "current": 1, "removed": 0}
    assert stored(changed).embedding != before
    assert stored(other).encoder


def test_a_renamed_shelf_makes_its_products_stale() -> None:
    shelf = make_category(name="Mugs")
    product = make_product(category=shelf)
    make_product()
    embed_products()
    shelf.name = "Cups"
    shelf.save()
    assert stale() == [product]


@pytest.mark.parametrize("change", [{"price": 3}, {"stock": 0}, {"image": "a.png"}])
def test_what_is_no_text_makes_nothing_stale(change: dict[str, object]) -> None:
    product = make_product()
    embed_products()
    Product.objects.filter(pk=product.pk).update(**change)
    assert stale() == []


def test_another_encoder_makes_everything_stale() -> None:
    make_product()
    embed_products()
    assert stale_products("another").count() == 1


def test_a_dead_product_loses_its_vector() -> None:
    product = make_product()
    embed_products()
    Product.objects.filter(pk=product.pk).update(is_live=False)
    assert embed_products() == {"embedded": 0, "current": 0, "removed": 1}
    assert not ProductVector.objects.exists()


def test_only_the_named_products_are_touched() -> None:
    wanted, other = make_product(), make_product()
    assert embed_products([wanted.pk]) == {"embedded": 1, "current": 0, "removed": 0}
    assert stale() == [other]


def test_a_stale_writer_does_not_overwrite_the_vector_of_a_newer_text() -> None:
    product = make_product(title="warm wool scarf")
    slow_batch = stale()
    slow_vectors = encoded(slow_batch, get_encoder())
    Product.objects.filter(pk=product.pk).update(title="red mug for tea")
    embed_products()
    current = stored(product)
    assert write_vectors(slow_batch, encoded=slow_vectors, encoder_name=get_encoder().name) == 0
    assert stored(product).content_hash == current.content_hash
    assert stored(product).embedding == current.embedding


def test_a_product_deleted_while_it_was_encoded_is_passed_over() -> None:
    product = make_product()
    batch = stale()
    vectors = encoded(batch, get_encoder())
    product.delete()
    assert write_vectors(batch, encoded=vectors, encoder_name="x") == 0
    assert not ProductVector.objects.exists()


def test_what_was_done_before_it_was_stopped_stays_and_the_rest_follows() -> None:
    for _ in range(5):
        make_product()

    def stop_after_four(done: int, total: int, note: str = "") -> None:
        assert total == 5
        if done >= 4:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        embed_products(progress=stop_after_four, batch_size=2)
    assert ProductVector.objects.count() == 4
    assert embed_products()["embedded"] == 1
    assert stale() == []


def test_the_database_refuses_a_second_vector_of_a_product() -> None:
    product = make_product()
    embed_products()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductVector.objects.bulk_create([ProductVector(product=product, embedding=[0.0] * 384)])
    assert ProductVector.objects.count() == 1


def test_statements_grow_with_batches_and_not_with_rows(django_assert_max_num_queries: object) -> None:
    for _ in range(30):
        make_product(category=make_category())
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        embed_products()
