"""How a shopper searches, in a browser: by mouse, by keyboard, in Chinese, and back again."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from ecommerce_ai.shop.models import Event
from recommendations.services import count_words, index_products
from tests.browser.conftest import settled
from tests.browser.shop import Shelf
from tests.factories import make_product

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two_pages_of_mugs(filled_shelf: Shelf) -> Shelf:
    """Fifty plain mugs of two colours at 15 pounds, and a dear one."""
    for number in range(50):
        colour = "oat" if number % 2 else "sea"
        make_mug(filled_shelf, f"Plain Mug {number}", colour=colour, price="15.00")
    make_mug(filled_shelf, "Plain Mug of Silver", colour="oat", price="90.00")
    index_products()
    count_words()
    return filled_shelf


def make_mug(shelf: Shelf, title: str, *, colour: str, price: str) -> None:
    make_product(title=title, category=shelf.mugs, price=Decimal(price), attributes={"colour": colour})


def found(page: Page) -> int:
    """How many products the page says it found."""
    return int(page.locator("#results [role=status]").inner_text().split()[0])


def type_for_suggestions(page: Page, letters: str, *, whole: str) -> None:
    """Suggestions for fewer letters may come first and go again."""
    with page.expect_response(re.compile(rf"q={whole}$")):
        page.keyboard.type(letters, delay=10)
    settled(page)


@pytest.mark.slow
def test_from_letters_to_the_second_page_and_back(page: Page, two_pages_of_mugs: Shelf) -> None:
    page.goto("/search/")
    page.get_by_role("searchbox").press_sequentially("plain mug under 20", delay=10)
    chips = page.locator(".understood").get_by_role("link")
    expect(chips).to_contain_text("£20")
    expect(page).to_have_url(re.compile(r"q=plain"))
    settled(page)
    expect(page.locator(".product-card")).to_have_count(24)  # nobody pressed Enter
    cheap = found(page)
    chips.click()
    expect(page).to_have_url(re.compile("drop=price"))
    expect(chips).to_have_count(0)
    settled(page)
    everything = found(page)
    assert everything > cheap
    page.get_by_role("checkbox", name="Oat").check()
    expect(page.locator(".chosen")).to_contain_text("Oat")
    settled(page)
    oat = found(page)
    assert 24 < oat < everything
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".product-card")).to_have_count(oat - 24)
    page.go_back()
    expect(page.get_by_role("checkbox", name="Oat")).to_be_checked()
    expect(page.get_by_role("searchbox")).to_have_value("plain mug under 20")
    assert found(page) == oat
    page.go_back()
    expect(page.get_by_role("checkbox", name="Oat")).not_to_be_checked()
    assert found(page) == everything


def tab_to(page: Page, wanted: Locator) -> None:
    """The focus goes on from where it is until it is there."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"The keyboard does not reach {wanted}.")


@pytest.mark.slow
def test_the_keyboard_alone_narrows_and_turns_the_page(page: Page, two_pages_of_mugs: Shelf) -> None:
    page.goto("/search/")
    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("plain mug under 20", delay=10)
    chip = page.locator(".understood").get_by_role("link")
    expect(page.locator(".product-card")).to_have_count(24)  # nobody pressed Enter
    settled(page)
    tab_to(page, chip)
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    settled(page)
    everything = found(page)
    oat = page.get_by_role("checkbox", name="Oat")
    tab_to(page, oat)
    page.keyboard.press("Space")
    expect(page.locator(".chosen")).to_contain_text("Oat")
    settled(page)
    narrowed = found(page)
    assert narrowed < everything
    tab_to(page, page.get_by_role("link", name="Next"))
    page.keyboard.press("Enter")
    expect(page.locator(".product-card")).to_have_count(narrowed - 24)
    settled(page)
    page.keyboard.press("Alt+ArrowLeft")
    expect(oat).to_be_checked()
    assert found(page) == narrowed


def test_words_that_stay_are_remembered_once(page: Page, filled_shelf: Shelf) -> None:
    page.goto("/search/")
    with page.expect_response("**/search/settled/"):
        page.get_by_role("searchbox").press_sequentially("Harbour", delay=10)
    assert list(Event.objects.values_list("name", "search_term")) == [("search", "Harbour")]


def test_finds_in_chinese(page: Page, filled_shelf: Shelf) -> None:
    index_products()
    count_words()
    page.goto("/zh-hans/")
    page.locator("#search").fill("海港")
    page.get_by_role("option", name="海港马克杯").wait_for()
    page.locator("#search").press("Enter")
    expect(page.locator(".product-card").first).to_contain_text("海港马克杯")
    expect(page.locator(".product-card mark").first).to_have_text("海港")


def test_the_keyboard_alone_finds_and_chooses(page: Page, filled_shelf: Shelf) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Search")
    box.focus()
    type_for_suggestions(page, "mug", whole="mug")
    page.get_by_role("option", name="Breakfast Mug").wait_for()
    expect(box).to_have_attribute("aria-expanded", "true")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("mug")
    type_for_suggestions(page, "s", whole="mugs")
    page.get_by_role("option", name="Mugs", exact=True).wait_for()
    while page.locator("[aria-selected=true]").all_inner_texts() != ["Mugs"]:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mugs")
