"""The messenger in a browser: its story in both languages, as a plain form, and on another shop's page."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from ecommerce_ai.accounts.models import User
from ecommerce_ai.accounts.roles import SUPPORT_AGENT
from support.models import Conversation, Gap, ServiceRequest
from support.selectors.knowledge import forget_knowledge
from support.services import phrases
from support.services.indexing import index_articles
from support.services.intents import train_intent_head
from support.services.starting import add_starter_intents
from tests.browser.conftest import DESKTOP, PHONE, LogIn, Shoot, settled
from tests.browser.shop import Shelf
from tests.factories import make_article, make_customer, make_order, make_user
from tests.support.conftest import CHINESE, DELIVERY, RETURNS
from tests.support.conftest import packaged_encoder as packaged_encoder

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ORDER = "MEI4HARBR"
# The script asks for an answer when nobody has typed for a while; with a person it looks every four seconds.
WAITED_MS, POLLED_MS = 3_000, 5_000


@dataclass(frozen=True)
class Talk:
    """What is typed in one language, and what has to be in the answers."""

    language: str
    question: str
    answer: str
    follow_up: str
    follow_up_answer: str
    status: str
    goods_back: str
    unknown: str
    person: str
    agents_words: str


ENGLISH = Talk(
    language="en",
    question="How many working days does delivery take?",
    answer="two to four working days",
    follow_up="And what does it cost?",
    follow_up_answer="3.95 GBP",
    status="Where is my order?",
    goods_back="I want to return something",
    unknown="Who sharpens blunt knives?",
    person="A person please",
    agents_words="Kitchen knives are sharpened in our workshop in Leeds within a week.",
)
MANDARIN = Talk(
    language="zh-hans",
    question="国内包裹下单后几个工作日送达？",
    answer="二至四个工作日",
    follow_up="那运费呢？",
    follow_up_answer="免运费",
    status="我的订单到哪了？",
    goods_back="我要退货",
    unknown="钝了的菜刀可以磨吗？",
    person="转人工",
    agents_words="菜刀可以寄到我们的工坊磨，一周内寄回。",
)


@pytest.fixture
def mei(packaged_encoder: None, filled_shelf: Shelf) -> User:
    """Somebody with a delivered order, in a shop that says how it delivers and takes back."""
    forget_knowledge()
    make_article(key="delivery", title="How long delivery takes", body=DELIVERY, topic="Delivery")
    make_article(key="returns", title="Returning goods", body=RETURNS, topic="Returns")
    make_article(key="delivery", language="zh", title="配送时间", body=CHINESE)
    index_articles()
    add_starter_intents()
    train_intent_head()
    user = make_user(email="mei@shop.example", first_name="Mei")
    customer = make_customer(user=user, name="Mei Lin", email="mei@shop.example")
    order = make_order(lines=[(filled_shelf.harbour, 2)], customer=customer, number=ORDER, status="delivered")
    order.shipments.create(
        carrier="Royal Mail", tracking_number="RM12", status="delivered", delivered_at=timezone.now()
    )
    return user


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, log_in: LogIn, mei: User) -> Iterator[Page]:
    """The page of an agent at the desk, in a browser of their own."""
    context = browser.new_context(base_url=live_server.url, viewport=DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    log_in(page, make_user(email="ann@shop.example", first_name="Ann", role=SUPPORT_AGENT))
    yield page
    context.close()


@pytest.mark.parametrize("talk", [ENGLISH, MANDARIN], ids=["en", "zh-hans"])
def test_from_a_question_to_a_person_and_back(
    page: Page, desk: Page, talk: Talk, shoot: Shoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Chinese one on a phone. Nobody here goes on typing, so the page and the server wait for nothing."""
    monkeypatch.setattr("support.services.answering.DEBOUNCE", timedelta())
    page.clock.install()
    page.set_viewport_size(DESKTOP if talk is ENGLISH else PHONE)  # type: ignore[arg-type]
    with translation.override(talk.language):
        page.goto(reverse("storefront:support"))
        ask_and_read(page, talk)
        shoot(page, f"support-answer-{talk.language}")
        log_in_from_the_thread(page, talk)
        send_goods_back(page, talk)
        call_a_person(page, talk)
        answer_at_the_desk(desk, page, talk)
        rate(page)
        write_the_article(desk)
        ask(page, talk.unknown)
        expect(last_answer(page)).to_contain_text(talk.agents_words)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def ask(page: Page, text: str) -> None:
    page.locator("#composer-text").fill(text)
    page.get_by_role("button", name=_("Send"), exact=True).click()
    expect(page.locator(".message-shopper").last).to_contain_text(text)
    page.clock.fast_forward(WAITED_MS)
    expect(page.locator("[data-answer]")).to_have_count(0)
    settled(page)


def last_answer(page: Page) -> Locator:
    return page.locator(".message-assistant").last


def ask_and_read(page: Page, talk: Talk) -> None:
    """A question, its source in full, and a question that is only understood after it."""
    ask(page, talk.question)
    expect(last_answer(page)).to_contain_text(talk.answer)
    source = last_answer(page).locator(".sources li").first
    source.locator("summary").click()
    source.get_by_role("link").click()
    expect(page.locator("mark#quote")).to_contain_text(talk.answer)
    page.go_back()
    ask(page, talk.follow_up)
    expect(last_answer(page)).to_contain_text(talk.follow_up_answer)


def log_in_from_the_thread(page: Page, talk: Talk) -> None:
    """An order is told of after a log-in, and not before; what was said stays."""
    ask(page, talk.status)
    card = page.locator("#thread .message-card")
    expect(card).to_be_visible()
    expect(page.locator("#thread")).not_to_contain_text(ORDER)
    card.get_by_role("link", name=_("Log in")).click()
    page.locator("[name=username]").fill("mei@shop.example")
    page.locator("[name=password]").fill("correct horse 1")
    page.locator("main").get_by_role("button", name=_("Log in")).click()
    expect(page.locator("#thread")).to_contain_text(talk.answer)
    ask(page, talk.status)
    expect(last_answer(page)).to_contain_text(ORDER)


def send_goods_back(page: Page, talk: Talk) -> None:
    ask(page, talk.goods_back)
    card = page.locator("#thread .message-card")
    card.locator("select").select_option("1")
    card.get_by_role("button", name=_("Go on")).click()
    card.get_by_role("button", name=_("Yes, do it")).click()
    expect(last_answer(page)).to_contain_text(ORDER)
    settled(page)
    request = ServiceRequest.objects.get()
    assert (request.kind, request.status, request.details["lines"]) == ("return", "approved", {"1": 1})


def call_a_person(page: Page, talk: Talk) -> None:
    """A question that nothing answers, then a person, because they are asked for."""
    ask(page, talk.unknown)
    expect(page.locator("#thread")).to_contain_text(phrases.not_known())
    ask(page, talk.person)
    expect(page.locator("#thread .message-notice")).to_be_visible()
    assert Conversation.objects.get().status == "waiting"


def answer_at_the_desk(desk: Page, page: Page, talk: Talk) -> None:
    """An agent finds the conversation, answers and closes it; the shopper sees it without doing anything."""
    desk.goto(reverse("dashboard:support"))
    desk.locator("#queue").get_by_role("link", name="Mei Lin").click()
    expect(desk.locator("#talk")).to_contain_text(talk.unknown)
    desk.locator("#reply").fill(talk.agents_words)
    desk.get_by_role("button", name=_("Send"), exact=True).click()
    expect(desk.locator("#talk")).to_contain_text(talk.agents_words)
    page.clock.fast_forward(POLLED_MS)
    expect(page.locator(".message-agent")).to_contain_text(talk.agents_words)
    desk.get_by_role("button", name=_("Close"), exact=True).click()
    expect(desk.locator("#reply")).to_have_count(0)


def rate(page: Page) -> None:
    page.reload()
    page.get_by_label(_("Very good")).check()
    page.get_by_role("button", name=_("Rate"), exact=True).click()
    expect(page.locator("#thread")).to_contain_text(_("Thank you."))
    settled(page)
    assert Conversation.objects.get().rating == 5


def write_the_article(desk: Page) -> None:
    """What was not known becomes an article out of what the agent said."""
    desk.goto(reverse("dashboard:support_gaps"))
    desk.get_by_role("button", name=_("Draft an article")).click()
    desk.get_by_role("button", name=_("Publish and ask again")).click()
    expect(desk.get_by_role("button", name=_("Publish and ask again"))).to_have_count(0)
    assert Gap.objects.get().status == Gap.Status.FILLED


def test_without_script_the_form_answers(client: Client, mei: User) -> None:
    page = client.post("/support/say/", {"text": "How many working days does delivery take?"}, follow=True)
    assert "two to four working days" in page.content.decode()


@pytest.fixture
def friend(live_server: LiveServer) -> Iterator[str]:
    """The address of another shop's page, which carries the script."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            script = f'<script src="{live_server.url}/static/widgets/support.js" async></script>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><html lang=en><title>Friend</title><body>{script}".encode())

        def log_message(self, *args: Any) -> None:
            """Nothing: whoever reads a test's output looks for something else."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_on_a_page_of_another_shop(browser: Browser, friend: str, mei: User, settings: Any) -> None:
    settings.SUPPORT_ORIGINS = [friend]
    page = browser.new_page()
    page.goto(friend)
    page.get_by_text("Help").click()
    page.get_by_label("Write a message").fill(ENGLISH.question)
    page.get_by_role("button", name="Send").click()
    log = page.get_by_role("log")
    expect(log).to_contain_text(ENGLISH.answer)
    expect(log.get_by_role("link", name="How long delivery takes")).to_be_visible()
    page.get_by_role("button", name="Talk to a person").click()
    expect(log.locator(".shop-help-system")).to_be_visible()
    page.reload()
    page.get_by_text("Help").click()
    expect(log).to_contain_text(ENGLISH.answer)  # the token is kept, and with it what was said
    assert not page.context.cookies()
    page.close()
    assert Conversation.objects.get().status == "waiting"
