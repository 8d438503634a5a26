"""A shopper looks, is understood within the visit, and has the last word."""

import pytest
from playwright.sync_api import Page, expect

from ecommerce_ai.shop.models import Product
from recommendations.models import Outcome, Refusal
from recommendations.services import attribute_outcomes, drain_impressions
from tests.browser.conftest import PHONE, Shoot
from tests.browser.test_shop_pages import SHIFTS
from tests.factories import make_product
from tests.recommendations.conftest import encoder as encoder
from tests.recommendations.conftest import small_model as small_model

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]

KINDS = ("wool scarf", "tea cup", "oak chair")
COLOURS = ("red", "blue", "green", "white", "black", "brown")


@pytest.fixture
def goods(transactional_db: None, encoder: None) -> dict[str, Product]:
    """Three kinds of things; saving them gives them their vectors."""
    names = [f"{kind} {colour}" for kind in KINDS for colour in COLOURS]
    return {name: make_product(title=name) for name in names}


def for_you(page: Page) -> list[str]:
    page.goto("/")
    return page.locator("#shelf-for-you").locator("xpath=ancestor::section").locator("h3").all_inner_texts()


def test_three_clicks_show_that_kind_and_the_shopper_has_the_last_word(
    page: Page, goods: dict[str, Product], shoot: Shoot
) -> None:
    for colour in ("red", "blue", "green"):
        page.goto(f"/products/{goods[f'tea cup {colour}'].pk}/")
    shown = for_you(page)
    assert set(shown[:3]) == {"tea cup white", "tea cup black", "tea cup brown"}
    assert page.evaluate(SHIFTS)["total"] < 0.02
    shoot(page, "recommendations-home")

    newcomer = make_product(title="tea cup gold")
    assert newcomer.title in for_you(page)[:6]

    shelf = page.get_by_role("region", name="For you")
    refused = shelf.get_by_role("article").filter(has_text="tea cup white")
    refused.get_by_role("button", name="Not for me").click()
    expect(shelf.get_by_text("We will not suggest this again.")).to_be_visible()
    expect(shelf.get_by_role("button", name="Undo")).to_be_focused()
    assert page.evaluate(SHIFTS)["total"] < 0.02
    assert "tea cup white" not in for_you(page)

    card = shelf.get_by_role("article").filter(has_text="tea cup black")
    card.locator("summary").click()
    shoot(page, "recommendations-reason")
    card.get_by_role("button", name="Do not go by this").click()
    expect(shelf.get_by_text("We will not go by this any more.")).to_be_visible()
    expect(shelf.get_by_role("button", name="Undo")).to_be_focused()
    assert Refusal.objects.exclude(code=Refusal.NOT_FOR_ME).count() == 1
    page.keyboard.press("Enter")
    expect(shelf.get_by_role("article").filter(has_text="tea cup black")).to_be_visible()
    assert Refusal.objects.count() == 1


def test_a_click_on_a_card_counts_for_its_list(page: Page, goods: dict[str, Product], shoot: Shoot) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"/products/{goods['tea cup red'].pk}/")
    for_you(page)
    shoot(page, "recommendations-home-phone")
    card = page.get_by_role("region", name="For you").get_by_role("article").first
    title = card.locator("h3").inner_text()
    card.get_by_role("link", name=title).click()
    page.wait_for_url("**via=**")
    drain_impressions()
    assert attribute_outcomes()["clicks"] == 1
    assert Outcome.objects.get().product == goods[title]


def test_a_shelf_moves_by_keyboard_and_by_its_buttons(page: Page, goods: dict[str, Product]) -> None:
    page.goto("/")
    row = page.get_by_role("group", name="Popular now")
    row.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("row => row.scrollLeft > 0", arg=row.element_handle())
    page.get_by_role("button", name="Next").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("row => row.scrollLeft > row.clientWidth / 2", arg=row.element_handle())
