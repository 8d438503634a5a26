"""A shopper reads what the shop believes, corrects it, and is forgotten."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ecommerce_ai import celery_app
from ecommerce_ai.accounts.models import User
from tests.browser.conftest import PHONE, LogIn, Shoot, settled
from tests.browser.shop import Shelf
from tests.factories import make_customer, make_interest, make_user

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def barriers(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


@pytest.fixture
def mei(filled_shelf: Shelf) -> User:
    """Somebody who looked at a mug and seems to like stoneware and mugs."""
    user = make_user(email="mei@shop.example", first_name="Mei")
    customer = make_customer(user=user, name="Mei", email="mei@shop.example")
    evidence = [
        {"source": "view", "id": 1, "at": "2026-05-01T10:00:00+00:00", "product": filled_shelf.harbour.pk}
    ]
    make_interest(customer, "Stoneware", kind="attribute", evidence=evidence)
    make_interest(customer, "Mugs", strength=3)
    return user


def test_a_shopper_corrects_what_we_believe(page: Page, log_in: LogIn, shoot: Shoot, mei: User) -> None:
    log_in(page, mei)
    page.goto("/account/")
    page.get_by_role("navigation", name="Your account").get_by_role("link", name="Your data").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What we know about you")
    shoot(page, "your-data-en-1280")
    assert barriers(page) == []
    page.get_by_text("From what?").first.click()
    expect(page.get_by_text("looked at · Harbour Mug")).to_be_visible()
    page.evaluate("document.body.dataset.stays = 'yes'")
    page.get_by_role("button", name="Remove Stoneware").click()
    expect(page.get_by_role("button", name="Bring Stoneware back")).to_be_visible()
    settled(page)
    switch = page.get_by_role("switch", name="Personal suggestions")
    switch.press("Space")
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(page.get_by_text("so we infer nothing about you")).to_be_visible()
    assert page.evaluate("document.body.dataset.stays") == "yes"


def test_a_shopper_is_forgotten_and_sees_the_receipt(
    page: Page, log_in: LogIn, shoot: Shoot, mei: User
) -> None:
    celery_app.loader.import_default_modules()  # so that jobs run at once
    log_in(page, mei)
    page.goto("/your-data/")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.get_by_role("button", name="See what would be erased").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This would be erased")
    shoot(page, "erase-en-390")
    assert barriers(page) == []
    page.get_by_label("Your password").fill("correct horse 1")
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are forgotten")
    shoot(page, "erased-en-390")
    page.goto("/your-data/")
    expect(page.get_by_text("Nothing yet.")).to_be_visible()


def test_a_visitor_answers_the_notice_once(page: Page, filled_shelf: Shelf) -> None:
    page.goto("/shelves/mugs/")
    notice = page.get_by_role("complementary", name="Your data")
    notice.get_by_role("button", name="No, thank you").click()
    expect(page).to_have_url("/shelves/mugs/")
    expect(notice).to_have_count(0)
