"""What the merchant sees of searches, and does about them."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.models import SearchPin, Synonym
from recommendations.services import count_words, index_products
from tests.factories import make_category, make_customer, make_event, make_product, make_user

pytestmark = pytest.mark.django_db
Check = Callable[[Callable[[], object], Callable[[], object]], None]


@pytest.fixture
def merchant(client: Client) -> Client:
    client.force_login(make_user(role="merchant"))
    return client


def search(term: str, results: int) -> None:
    make_event(
        name="search",
        customer=make_customer(),
        search_term=term,
        occurred_at=timezone.now(),
        properties={"results": results, "shown": []},
    )


def test_a_search_without_results_offers_a_synonym_and_a_product(merchant: Client) -> None:
    search("Wool beanie", 0)
    html = merchant.get("/admin/searches/").content.decode()
    assert "/admin/recommendations/synonym/add/?words=wool%20beanie" in html
    form = merchant.get("/admin/recommendations/synonym/add/", {"words": "wool beanie"})
    assert form.context["adminform"].form.initial["words"] == "wool beanie"
    assert "/admin/search/draft-product/?q=wool%20beanie" in html


def test_a_product_is_written_from_the_words_and_not_for_sale_yet(merchant: Client) -> None:
    to = merchant.get("/admin/search/draft-product/", {"q": "wool beanie"}).headers["Location"]
    initial = parse_qs(urlparse(to).query, keep_blank_values=True)
    assert (initial["title"], initial["is_live"]) == (["Wool beanie"], [""])
    form = merchant.get(to)
    assert form.status_code == 200
    assert 'value="Wool beanie"' in form.content.decode()
    assert not form.context["adminform"].form["is_live"].value()


def test_the_report_asks_as_often_for_many_searches(
    merchant: Client, assert_queries_do_not_grow: Check
) -> None:
    search("mug", 3)

    def more() -> None:
        for number in range(8):
            search(f"mug {number}", number)

    assert_queries_do_not_grow(lambda: merchant.get("/admin/searches/"), more)


def test_exports_every_wording_without_formulas(merchant: Client) -> None:
    search("=1+1", 0)
    body = merchant.get("/admin/searches/searches.csv").getvalue().decode()
    assert "'=1+1,1,1,0,0,0" in body


def test_a_draft_pin_shows_in_the_preview_and_goes_live_by_one_press(merchant: Client) -> None:
    shelf = make_category(name="Mugs")
    mugs = [make_product(title=f"Mug {n}", category=shelf) for n in range(3)]
    index_products()
    count_words()
    last = [row.product for row in merchant.get("/admin/search/preview/?q=mug").context["preview"].now][-1]
    pin = SearchPin.objects.create(query="mug", product=last, position=1)
    preview = merchant.get("/admin/search/preview/?q=mug").context["preview"]
    assert len(preview.now) == len(mugs)
    assert preview.pins == [pin]
    assert [(row.product == last, row.before) for row in preview.then] == [(True, 3), (False, 1), (False, 2)]
    merchant.post(reverse("dashboard:searchpin_live", args=[pin.pk]), {"q": "mug"})
    pin.refresh_from_db()
    assert pin.is_live


def test_an_analyst_looks_and_puts_nothing_live(client: Client) -> None:
    client.force_login(make_user(role="analyst"))
    draft = Synonym.objects.create(words="beanie", means="hat")
    assert client.get("/admin/search/preview/?q=beanie").context["preview"].synonyms == [draft]
    assert client.post(reverse("dashboard:synonym_live", args=[draft.pk])).status_code == 403
    draft.refresh_from_db()
    assert not draft.is_live
