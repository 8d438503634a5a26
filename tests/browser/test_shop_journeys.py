"""What a shopper does, in a browser: every step by what is seen on the page."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ecommerce_ai.shop.models import Event, Order
from tests.browser.conftest import PHONE
from tests.browser.shop import Shelf, fill_in_address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_front_page_to_an_order(page: Page, filled_shelf: Shelf) -> None:
    page.goto("/")
    page.get_by_role("link", name="Harbour Mug").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour Mug")
    page.get_by_role("region", name="Similar").get_by_role("link", name="Breakfast Mug").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Breakfast Mug")
    page.get_by_role("button", name="Put in the cart").click()
    page.get_by_role("link", name="See the cart").click()
    page.get_by_role("button", name="One more of Breakfast Mug").click()
    expect(page.locator(".summary-total")).to_contain_text("£44.00")
    page.get_by_role("link", name="To checkout").click()
    fill_in_address(page)
    page.get_by_role("button", name="Place the order").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your order is placed")
    assert Order.objects.get().total == 44
    assert set(Event.objects.values_list("name", flat=True)) >= {
        "view_item",
        "add_to_cart",
        "view_cart",
        "begin_checkout",
        "purchase",
    }


def test_the_count_in_the_head_follows_the_cart(page: Page, filled_shelf: Shelf) -> None:
    page.goto(f"/products/{filled_shelf.harbour.pk}/")
    page.get_by_role("button", name="Put in the cart").click()
    expect(page.locator("#cart-count")).to_contain_text("1")
    page.goto("/cart/")
    page.get_by_role("button", name="One more of Harbour Mug").click()
    expect(page.locator("#cart-count")).to_contain_text("2")
    page.get_by_role("button", name="Take Harbour Mug out").click()
    expect(page.get_by_role("heading", name="Your cart is empty")).to_be_visible()


def test_searches_while_one_types(page: Page, filled_shelf: Shelf) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Search")
    box.press_sequentially("Harb", delay=20)
    page.get_by_role("option", name="Harbour Mug").wait_for()
    box.fill("Harbour Mug")
    box.press("Enter")
    expect(page.locator(".product-card").first).to_contain_text("Harbour Mug")
    page.get_by_role("searchbox").fill("Breakfast Mug")
    expect(page.locator(".product-card").first).to_contain_text("Breakfast Mug")
    expect(page).to_have_url(re.compile("Breakfast"))


def test_a_shelf_narrows_in_place_and_goes_back(page: Page, filled_shelf: Shelf) -> None:
    page.goto("/shelves/mugs/")
    page.get_by_role("checkbox", name="Oat").check()
    expect(page.locator(".product-card")).to_have_count(1)
    expect(page).to_have_url(re.compile("colour=oat"))
    page.go_back()
    expect(page.locator(".product-card")).to_have_count(3)


def test_changes_to_chinese_on_the_same_page(page: Page, filled_shelf: Shelf) -> None:
    page.goto("/shelves/mugs/?colour=oat")
    page.get_by_role("banner").get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("马克杯")
    expect(page.locator(".product-card")).to_have_count(1)
    expect(page.get_by_role("link", name="早餐马克杯")).to_be_visible()
    page.get_by_role("banner").get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mugs")


def test_the_keyboard_is_enough(page: Page, filled_shelf: Shelf) -> None:
    page.goto(f"/products/{filled_shelf.harbour.pk}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, "Put in the cart")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="See the cart").wait_for()
    tab_to(page, "See the cart")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cart")


def tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == name:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_works_without_script(page: Page, filled_shelf: Shelf, live_server: LiveServer) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    plain = context.new_page()
    plain.goto("/shelves/mugs/")
    plain.get_by_role("checkbox", name="Oat").check()
    plain.get_by_role("button", name="Apply").click()
    expect(plain.locator(".product-card")).to_have_count(1)
    plain.get_by_role("link", name="Breakfast Mug").click()
    plain.get_by_role("button", name="Put in the cart").click()
    plain.goto("/cart/")
    plain.get_by_role("button", name="One more of Breakfast Mug").click()
    expect(plain.locator(".quantity-now")).to_have_text("2")
    plain.get_by_role("button", name="Dark").click()
    expect(plain.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()


def test_the_drawer_of_a_phone_opens_and_closes(page: Page, filled_shelf: Shelf) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/shelves/mugs/")
    expect(page.get_by_role("checkbox", name="Oat")).to_be_hidden()
    page.get_by_role("button", name="Narrow down").click()
    page.get_by_role("checkbox", name="Oat").check()
    expect(page.locator(".product-card")).to_have_count(1)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("checkbox", name="Oat")).to_be_hidden()


def test_a_customer_logs_in_and_finds_the_cart(
    page: Page, filled_shelf: Shelf, make_shopper: Callable[[], tuple[str, str]]
) -> None:
    email, password = make_shopper()
    page.goto(f"/products/{filled_shelf.harbour.pk}/")
    page.get_by_role("button", name="Put in the cart").click()
    page.get_by_role("link", name="See the cart").wait_for()
    page.goto("/account/log-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    expect(page.locator("#cart-count")).to_contain_text("1")
    assert Client().get("/account/").status_code == 302
