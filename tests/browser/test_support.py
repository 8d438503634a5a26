"""A shopper asks, opens the source, returns a mug, talks to a person; then the miss becomes an article."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Order
from support.models import Article, Conversation, Gap, ServiceRequest
from support.selectors.knowledge import forget_knowledge
from support.services.indexing import index_articles
from support.services.intents import train_intent_head
from support.services.learning import draft_article, publish_gap
from support.services.starting import add_starter_intents
from tests.browser.conftest import PHONE, LogIn, Shoot
from tests.browser.shop import Shelf
from tests.factories import make_article, make_customer, make_order, make_user
from tests.support.conftest import CHINESE, DELIVERY, RETURNS
from tests.support.conftest import packaged_encoder as packaged_encoder

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def barriers(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


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
    order = make_order(
        lines=[(filled_shelf.harbour, 2)], customer=customer, number="MEI4HARBR", status="delivered"
    )
    order.shipments.create(
        carrier="Royal Mail", tracking_number="RM12", status="delivered", delivered_at=timezone.now()
    )
    return user


def say(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def test_the_whole_story(page: Page, browser: Browser, shoot: Shoot, mei: User, log_in: LogIn) -> None:
    asks_and_opens_the_source(page, shoot)
    logs_in_and_returns_a_mug(page, shoot, mei, log_in)
    calls_a_person(page)
    an_agent_answers(browser, page, shoot)
    reads_and_rates(page, shoot)
    the_miss_becomes_an_article(page)


def asks_and_opens_the_source(page: Page, shoot: Shoot) -> None:
    thread = page.locator("#thread")
    page.goto("/")
    page.locator("#messenger > summary").click()
    say(page, "How many working days does delivery take?")
    expect(thread).to_contain_text("two to four working days")
    thread.get_by_text("How long delivery takes").click()
    shoot(page, "support-answer-en-1280")
    assert barriers(page) == []
    page.goto("/shelves/mugs/")  # the messenger is still open, and remembers
    expect(thread).to_contain_text("two to four working days")
    say(page, "And what does it cost?")
    expect(thread).to_contain_text("3.95")
    say(page, "Where is my order?")
    expect(thread).to_contain_text("I have to know that it is yours")
    shoot(page, "support-identify-en-1280")
    thread.get_by_text("How long delivery takes").first.click()
    thread.get_by_role("link", name="Read it in full").first.click()
    expect(page.locator("mark")).to_contain_text("two to four working days")
    shoot(page, "support-source-en-1280")


def logs_in_and_returns_a_mug(page: Page, shoot: Shoot, mei: User, log_in: LogIn) -> None:
    thread = page.locator("#thread")
    log_in(page, mei)
    page.goto("/support/")
    say(page, "Where is my order?")
    expect(thread).to_contain_text("MEI4HARBR")
    say(page, "I want to return something")
    thread.get_by_label("Harbour Mug").select_option("1")
    shoot(page, "support-return-en-1280")
    thread.get_by_role("button", name="Go on").click()
    expect(thread).to_contain_text("1 × Harbour Mug. Is that right?")
    assert not ServiceRequest.objects.exclude(status="proposed").exists()
    thread.get_by_role("button", name="Yes, do it").click()
    expect(thread).to_contain_text("is approved")
    assert Order.objects.get().status == "delivered"


def calls_a_person(page: Page) -> None:
    thread = page.locator("#thread")
    say(page, "Do you engrave names on mugs?")
    expect(thread).to_contain_text("rather not guess")
    thread.get_by_role("button", name="A person, please").click()
    expect(thread).to_contain_text("A person has been told")


def reads_and_rates(page: Page, shoot: Shoot) -> None:
    thread = page.locator("#thread")
    expect(thread).to_contain_text("We engrave names on mugs for 6 GBP.")
    expect(thread).to_contain_text("Were we able to help?")
    thread.get_by_label("Very good").check()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shoot(page, "support-rate-en-390")
    assert barriers(page) == []
    thread.get_by_role("button", name="Rate").click()
    expect(thread).to_contain_text("Thank you.")
    assert Conversation.objects.get(rating=5).is_closed


def the_miss_becomes_an_article(page: Page) -> None:
    gap, agent = Gap.objects.get(), User.objects.get(email="ann@shop.example")
    assert draft_article(gap, by=agent).body == "We engrave names on mugs for 6 GBP."
    publish_gap(gap, by=agent)
    assert Article.objects.filter(status="live", body__contains="6 GBP").exists()
    say(page, "Do you engrave names on mugs?")
    expect(page.locator("#thread")).to_contain_text("We engrave names on mugs for 6 GBP.")
    expect(page.get_by_text("Did this help?").last).to_be_visible()


def an_agent_answers(browser: Browser, page: Page, shoot: Shoot) -> None:
    """In a browser of their own: claim, reply, close."""
    agent = make_user(email="ann@shop.example", first_name="Ann", role="support agent")
    context = browser.new_context(
        base_url=page.url.partition("/support")[0], viewport={"width": 1280, "height": 900}
    )
    desk = context.new_page()
    office = Client()  # of its own: a log-in in the shopper's would end the shopper's session
    office.force_login(agent)
    cookie = office.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url}])
    desk.goto(reverse("dashboard:support"))
    shoot(desk, "desk-queue-en-1280")
    desk.get_by_role("link", name="Mei Lin").click()
    desk.get_by_role("button", name="Claim").click()
    desk.get_by_label("Reply to the shopper").fill("We engrave names on mugs for 6 GBP.")
    shoot(desk, "desk-conversation-en-1280")
    assert barriers(desk) == []
    desk.get_by_role("button", name="Send").click()
    expect(desk.locator("#talk")).to_contain_text("6 GBP")
    desk.goto(reverse("dashboard:support_gaps"))
    shoot(desk, "desk-gaps-en-1280")
    desk.goto(reverse("dashboard:support_quality"))
    shoot(desk, "desk-quality-en-1280")
    desk.goto(reverse("dashboard:support_conversation", args=[Conversation.objects.get(status="claimed").pk]))
    desk.get_by_role("button", name="Close").click()
    context.close()


def test_in_chinese_on_a_phone(page: Page, shoot: Shoot, mei: User) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/zh-hans/")
    page.locator("#messenger > summary").click()
    page.get_by_label("您的消息").fill("国内包裹下单后几个工作日送达？")
    page.get_by_role("button", name="发送").click()
    thread = page.locator("#thread")
    expect(thread).to_contain_text("二至四个工作日")
    shoot(page, "support-answer-zh-390")
    page.get_by_role("button", name="转人工").first.click()
    expect(thread).to_contain_text("已通知人工客服")
    assert Conversation.objects.get().status == "waiting"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_without_script_the_form_answers(client: Client, mei: User) -> None:
    page = client.post("/support/say/", {"text": "How many working days does delivery take?"}, follow=True)
    assert "two to four working days" in page.content.decode()
