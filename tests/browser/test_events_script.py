"""The script that any shop's pages may carry: what it tells reaches the shop."""

import pytest
from playwright.sync_api import Page, expect

from ecommerce_ai.shop.models import Event
from tests.browser.shop import Shelf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_script_tells_of_pages_clicks_and_what_it_is_asked_to(page: Page, filled_shelf: Shelf) -> None:
    page.goto("/")
    page.evaluate(
        """(sku) => {
          const button = document.createElement("button");
          Object.assign(button, { textContent: "Wish for it" });
          Object.assign(button.dataset, { event: "add_to_wishlist", sku });
          document.querySelector("main").prepend(button);
        }""",
        filled_shelf.harbour.sku,
    )
    page.add_script_tag(url="/static/events/events.js")
    page.get_by_role("button", name="Wish for it").click()
    with page.expect_request("**/collect") as told:
        page.evaluate("shopEvents('search', { search_term: 'mug' }); shopEvents.send()")
    told.value.response()
    page.goto("/cart/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    names = dict(Event.objects.values_list("name", "product__sku"))
    assert {"page_view", "search", "add_to_wishlist"} <= set(names)
    assert names["add_to_wishlist"] == filled_shelf.harbour.sku
    assert page.evaluate("localStorage.getItem('shop_visitor')") is None
