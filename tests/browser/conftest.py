"""Headless Chromium on a live server. Skipped with a message where Debian's Chromium is not installed.

`page` fails its test on console errors, failed scripts, breaches of the content policy and foreign requests.
Set SCREENSHOTS to a folder to keep what `shoot` sees.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from ecommerce_ai.accounts.models import User
from tests.browser.shop import Shelf, make_filled_shelf
from tests.factories import make_user

# Playwright's own event loop runs in this thread; the ORM is used between its calls, never inside of them.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = shutil.which("chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

UNSETTLED = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
LogIn = Callable[[Page, User], None]
Shoot = Callable[[Page, str], None]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def faults() -> list[str]:
    """What went wrong in the page so far; a test that expects one takes it out."""
    return []


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, faults: list[str]) -> Iterator[Page]:
    """A fresh page at 1280 pixels whose relative addresses lead to the live server."""
    context = browser.new_context(base_url=live_server.url, viewport=DESKTOP)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.on("console", lambda message: note_message(message, faults))
    page.on("pageerror", lambda error: faults.append(f"script failed: {error}"))
    page.on("request", lambda request: note_request(request, live_server.url, faults))
    yield page
    context.close()
    assert faults == []


def note_message(message: ConsoleMessage, faults: list[str]) -> None:
    if message.type == "error":
        faults.append(f"console: {message.text} ({message.location.get('url', '')})")


def note_request(request: Request, own: str, faults: list[str]) -> None:
    address = urlparse(request.url)
    if address.scheme in ("http", "https") and address.netloc != urlparse(own).netloc:
        faults.append(f"request to another host: {request.url}")


def settled(page: Page) -> None:
    """Returns when htmx is through: what it has put in a page is seen some moments before it answers."""
    expect(page.locator(UNSETTLED)).to_have_count(0)


@pytest.fixture
def log_in(client: Client, live_server: LiveServer) -> LogIn:
    """`(page, user)`: the page's next request is that user's."""

    def enter(page: Page, user: User) -> None:
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )

    return enter


@pytest.fixture
def shoot() -> Shoot:
    """`(page, name)`: keep a picture of the whole page, where a folder is set for them."""

    def keep(page: Page, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return keep


@pytest.fixture
def filled_shelf(transactional_db: None) -> Shelf:
    """A shelf of three mugs, alike enough to be recommended for each other."""
    return make_filled_shelf()


@pytest.fixture
def make_shopper(transactional_db: None) -> Callable[[], tuple[str, str]]:
    """Makes somebody with a log-in: their e-mail and password."""

    def make() -> tuple[str, str]:
        return make_user(email="mei@shop.example", first_name="Mei").email, "correct horse 1"

    return make
