from typing import Any

import pytest

from ecommerce_ai.inference.registry import EncoderUnavailable
from ecommerce_ai.shop.models import Product
from recommendations.selectors import Road, SearchResults, search_products
from recommendations.services import count_words, embed_products, index_products
from tests.factories import make_category, make_product

pytestmark = pytest.mark.django_db


def search(query: str, **options: Any) -> SearchResults:
    """The search, with everything indexed that was made before."""
    index_products()
    count_words()
    return search_products(query, **options)


def titles(results: SearchResults) -> list[str]:
    return [item.product.title for item in results.items]


@pytest.fixture
def goods() -> list[Product]:
    return [
        make_product(title=title, description=description)
        for title, description in [
            ("Lambswool scarf", "Soft and warm around the neck"),
            ("Blue mug", "For tea, keeps it warm"),
            ("Garden chair", "Folds flat"),
        ]
    ]


@pytest.mark.usefixtures("encoder")
def test_it_goes_by_meaning_when_the_encoder_is_there() -> None:
    for title in ("warm wool scarf", "red mug for tea"):
        make_product(title=title)
    embed_products()
    results = search("wool scarf warm")
    assert results.road is Road.MEANING
    assert titles(results)[0] == "warm wool scarf"
    assert results.items[0].reason.code == "search_words"  # the meaning ranks it, the words explain it


@pytest.mark.usefixtures("encoder_is_away", "goods")
def test_it_goes_by_words_while_the_encoder_is_away() -> None:
    results = search("warm scarves")
    assert results.road is Road.WORDS
    assert titles(results) == ["Lambswool scarf", "Blue mug"]
    assert results.items[0].reason.code == "search_words"
    assert titles(search("chairs in gardens")) == ["Garden chair"]


@pytest.mark.usefixtures("encoder_is_away")
def test_only_what_can_be_bought_is_found() -> None:
    make_product(title="scarf gone", stock=0)
    make_product(title="scarf dead", is_live=False)
    make_product(title="scarf uncounted", stock=None)
    assert titles(search("scarf")) == ["scarf uncounted"]


@pytest.mark.parametrize("fixture", ["encoder", "encoder_is_away"])
def test_the_very_number_or_title_comes_first(fixture: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(fixture)
    mug = make_product(sku="MUG-7A", title="Blue mug")
    for number in range(5):
        make_product(title=f"Blue mug a {number}")
    embed_products() if fixture == "encoder" else None
    for query in ("MUG-7A", "mug-7a", "blue mug", "  Blue   Mug "):
        results = search(query)
        assert results.items[0].product == mug
        assert results.items[0].score == 1.0
        assert len(set(results.product_ids)) == results.total


@pytest.mark.usefixtures("encoder_is_away", "goods")
@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "\x00",
        "'; DROP TABLE shop_product; --",
        "a & | ! ( <-> :*",
        "%_%",
        "x" * 5000,
        "🧣",
        "the of and",
    ],
)
def test_odd_input_finds_nothing_and_breaks_nothing(query: str) -> None:
    assert search(query).items == ()


@pytest.mark.usefixtures("encoder_is_away")
def test_pages_follow_each_other_without_overlap() -> None:
    for _ in range(5):
        make_product(title="scarf")
    pages = [search("scarf", limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [len(page.items) for page in pages] == [2, 2, 1, 0]
    assert {page.total for page in pages} == {5}
    shown = [item.product.pk for page in pages for item in page.items]
    assert shown == list(pages[0].product_ids)


@pytest.mark.parametrize("fixture", ["encoder", "encoder_is_away"])
def test_it_keeps_to_the_products_it_is_given(fixture: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(fixture)
    shelf = make_category()
    wanted = make_product(title="warm scarf", category=shelf)
    make_product(title="warm scarf")
    embed_products() if fixture == "encoder" else None
    results = search("warm scarf", within=Product.objects.on_shelf(shelf))
    assert [item.product for item in results.items] == [wanted]


@pytest.mark.usefixtures("encoder_is_away")
def test_chinese_is_found_by_its_pieces() -> None:
    scarf = make_product(title="Lambswool scarf", translations={"zh": {"title": "羔羊毛围巾"}})
    make_product(title="Mug", translations={"zh": {"title": "马克杯", "description": "配围巾"}})
    make_product(title="Chair", translations={"zh": {"title": "椅子"}})
    results = search("羊毛围巾")
    assert results.road is Road.WORDS
    assert results.items[0].product == scarf
    assert "Chair" not in titles(results)
    assert titles(search("围巾")) == ["Lambswool scarf", "Mug"]


@pytest.mark.usefixtures("encoder_is_away")
def test_a_chinese_sentence_finds_what_a_title_names() -> None:
    make_product(title="Lambswool scarf", translations={"zh": {"title": "羔羊毛围巾"}})
    make_product(title="Mug", translations={"zh": {"title": "马克杯", "description": "装茶"}})
    assert titles(search("想送给妈妈一条暖和的围巾")) == ["Lambswool scarf"]


@pytest.mark.usefixtures("encoder")
def test_statements_do_not_grow_with_results(assert_queries_do_not_grow: object) -> None:
    make_product(title="warm scarf", category=make_category())
    embed_products()
    search("warm scarf")

    def grow() -> None:
        for _ in range(10):
            make_product(title="warm scarf", category=make_category())
        embed_products()

    def page() -> None:
        for item in search_products("warm scarf").items:
            str(item.product.category)

    assert_queries_do_not_grow(page, grow)  # type: ignore[operator]


def test_an_encoder_that_is_away_says_so_at_once(encoder_is_away: None) -> None:
    from ecommerce_ai.inference.registry import encode_query

    with pytest.raises(EncoderUnavailable):
        encode_query("scarf", timeout_s=60)


def test_a_product_whose_vector_is_still_to_be_made_is_found_by_its_words(encoder: None) -> None:
    make_product(title="Harbour Mug")
    results = search("harbour mug")
    assert results.road == Road.MEANING
    assert [item.product.title for item in results.items] == ["Harbour Mug"]
    assert search_products("mug").total == 1
