"""Every page of the shop, as the browser sees it: readable, still, and no wider than a phone."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from ecommerce_ai.shop.services import customer_of_user
from tests.browser.conftest import DESKTOP, PHONE, LogIn, Shoot, settled
from tests.browser.shop import Shelf
from tests.factories import make_order, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "home": "/",
    "shelf": "/shelves/mugs/",
    "nothing-left": "/shelves/mugs/?colour=oat&price=-5",
    "search": "/search/?q=Harbour+Mug",
    "search-empty": "/search/",
    "product": "/products/{harbour}/",
    "cart": "/cart/",
    "checkout": "/checkout/",
    "account": "/account/",
    "orders": "/account/orders/",
    "order": "/account/orders/N-1/",
    "password": "/account/password/",
}
WITHOUT_LOG_IN = {"log-in": "/account/log-in/", "sign-up": "/account/sign-up/", "cart-empty": "/cart/"}
FIRST_VIEW_BYTES = 200_000  # before compression, which leaves about a third
# How much of the page moved by itself, and what.
SHIFTS = """() => new Promise((resolve) => {
  const found = {total: 0, moved: []};
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
      found.total += entry.value;
      found.moved.push(...entry.sources.map(({node}) => node?.className ?? node?.nodeName ?? "gone"));
    }
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(found)));
})"""


@pytest.fixture
def visited(page: Page, filled_shelf: Shelf, log_in: LogIn) -> Page:
    """Somebody with a log-in, an order, a cart, and a look behind them."""
    user = make_user(email="ann@shop.example", first_name="Ann")
    make_order(customer=customer_of_user(user), lines=[(filled_shelf.harbour, 2)], number="N-1")
    log_in(page, user)
    page.goto(f"/products/{filled_shelf.harbour.pk}/")
    page.get_by_role("button", name="Put in the cart").click()
    page.get_by_role("link", name="See the cart").wait_for()
    return page


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {rule['id']}: {rule['nodes'][0]['html'][:200]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def width_beyond(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def check(page: Page, path: str, name: str, shoot: Shoot) -> list[str]:
    """What is wrong with one page at both widths, each in a colour scheme of its own."""
    wrong = []
    # Without motion: a colour half-way through its change is no colour of ours.
    page.emulate_media(reduced_motion="reduce")
    looks: list[tuple[Any, str, Literal["light", "dark"]]] = [
        (DESKTOP, "1280", "light"),
        (PHONE, "390", "dark"),
    ]
    for size, width, scheme in looks:
        page.set_viewport_size(size)
        page.goto(path)
        settled(page)
        shifts = page.evaluate(SHIFTS)
        if shifts["total"] >= 0.02:
            wrong.append(f"{path} at {width}: layout shifts by {shifts['total']:.3f}: {shifts['moved']}")
        if beyond := width_beyond(page):
            wrong.append(f"{path} at {width}: {beyond} pixels too wide")
        shoot(page, f"shop-{name}-{width}")
        page.emulate_media(color_scheme=scheme)
        wrong += [f"{scheme} {width} {text}" for text in serious(page)]
        page.emulate_media(color_scheme="light")
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_every_page_is_readable_still_and_fits(
    visited: Page, filled_shelf: Shelf, shoot: Shoot, prefix: str
) -> None:
    wrong = []
    for name, address in PAGES.items():
        path = prefix + address.format(harbour=filled_shelf.harbour.pk)
        wrong += check(visited, path, f"{name}{prefix.replace('/', '-')}", shoot)
    assert wrong == []


def test_every_page_is_readable_to_strangers(page: Page, filled_shelf: Shelf, shoot: Shoot) -> None:
    wrong = [check(page, address, name, shoot) for name, address in WITHOUT_LOG_IN.items()]
    assert wrong == [[] for _ in WITHOUT_LOG_IN]


def test_a_page_that_is_not_there_is_readable(
    page: Page, filled_shelf: Shelf, shoot: Shoot, faults: list[str]
) -> None:
    assert check(page, "/nowhere/", "not-found", shoot) == []
    assert all("404" in fault for fault in faults)
    faults.clear()


def test_the_first_view_is_light(page: Page, filled_shelf: Shelf) -> None:
    page.goto("/")
    page.wait_for_load_state("networkidle")
    entries = page.evaluate(
        "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
        ".map((entry) => ({name: entry.name, size: entry.encodedBodySize}))"
    )
    files = [entry for entry in entries if not entry["name"].endswith(("hero.svg", "placeholder.svg"))]
    assert len(files) > 20
    assert (
        sum(entry["size"] for entry in files) < 2 * FIRST_VIEW_BYTES
    )  # uncompressed here; a third on the wire
