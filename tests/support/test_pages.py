"""The messenger and the desk over HTTP: with script and without, and for nobody but whose it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from ecommerce_ai.shop.models import Customer
from support.models import Article, Conversation, Gap, Intent, IntentExample, Message, ServiceRequest
from support.services.conversations import close_conversation
from support.services.people import hand_over
from tests.factories import make_conversation, make_order, make_product, make_user

pytestmark = pytest.mark.django_db
HTMX: Any = {"HTTP_HX-Request": "true"}
QUESTION = "How many working days until parcels arrive after the order?"
Check = Callable[[Callable[[], object], Callable[[], object]], None]


def said(client: Client, text: str) -> str:
    response = client.post("/support/say/", {"text": text}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_without_script_a_form_and_a_page(client: Client, articles: dict[str, Article]) -> None:
    page = said(client, QUESTION)
    assert "two to four working days" in page
    assert f"/help/{articles['delivery'].pk}/?evidence=" in page
    conversation = Conversation.objects.get()
    evidence = conversation.messages.get(author="assistant").evidence.first()
    assert evidence is not None
    address = f"/help/{articles['delivery'].pk}/?evidence={evidence.pk}"
    source = client.get(address).content.decode()
    assert f'<mark id="quote">{evidence.quote}</mark>' in source
    assert (
        "<mark" not in Client().get(address).content.decode()
    )  # somebody else's number opens the page alone


def test_with_script_the_answer_comes_when_typing_is_over(
    client: Client, articles: dict[str, Article]
) -> None:
    part = client.post("/support/say/", {"text": QUESTION}, **HTMX).content.decode()
    assert "data-answer" in part
    assert "<html" not in part
    Message.objects.update(created_at="2026-01-01T00:00Z")
    assert "two to four working days" in client.get("/support/thread/", **HTMX).content.decode()


def test_the_messenger_is_on_every_page_and_looking_makes_no_rows(client: Client) -> None:
    assert 'id="messenger"' in client.get("/").content.decode()
    assert client.get("/support/").status_code == 200
    assert client.get("/support/", **HTMX).status_code == 200
    assert (Customer.objects.count(), Conversation.objects.count()) == (0, 0)


def test_a_thumb_down_with_its_reason(client: Client, articles: dict[str, Article]) -> None:
    said(client, QUESTION)
    message = Message.objects.get(author="assistant")
    address = reverse("storefront:support_rate_answer", args=[message.pk])
    assert client.post(address, {"helpful": "-1"}).status_code == 302
    assert client.post(address, {"helpful": "-1", "complaint": "outdated"}).status_code == 302
    assert client.post(address, {"helpful": "7"}).status_code == 404
    assert Client().post(address, {"helpful": "1"}).status_code == 404
    message.refresh_from_db()
    assert (message.helpful, message.complaint) == (-1, "outdated")


def test_a_return_over_the_forms(client: Client, buyer: Customer) -> None:
    client.force_login(buyer.user)  # type: ignore[arg-type]
    order = make_order(lines=[(make_product(), 2)], customer=buyer, status="delivered")
    order.shipments.create(
        carrier="X", tracking_number="1", status="delivered", delivered_at="2999-01-01T00:00Z"
    )
    chosen = client.post("/support/orders/", {"action": "return", "order": order.number}, follow=True)
    assert 'name="line-1"' in chosen.content.decode()
    nothing = client.post(
        "/support/orders/offer/", {"kind": "return", "order": order.number, "line-1": "0"}, follow=True
    )
    assert "Choose at least one product" in nothing.content.decode()
    filled = {"kind": "return", "order": order.number, "line-1": "1"}
    assert "Is that right?" in client.post("/support/orders/offer/", filled, follow=True).content.decode()
    request = ServiceRequest.objects.get()
    address = reverse("storefront:support_decide", args=[request.pk])
    assert Client().post(address, {"answer": "yes"}).status_code == 404
    talk = Conversation.objects.get(customer=buyer)
    Message.objects.create(conversation=talk, author="shopper", text="The mug goes back")
    Intent.objects.create(name="return-goods", action="return")
    assert "is approved" in client.post(address, {"answer": "yes"}, follow=True).content.decode()
    assert IntentExample.objects.get().is_approved is False  # suggested by what led there
    assert client.post(address, {"answer": "yes"}).status_code == 404
    assert client.get(reverse("storefront:support_invoice", args=[order.number])).status_code == 200


def test_what_a_visitor_talked_about_goes_with_them_when_they_log_in(
    client: Client, articles: dict[str, Article], buyer: Customer
) -> None:
    said(client, QUESTION)
    client.post("/account/log-in/", {"username": "mei@shop.example", "password": "correct horse 1"})
    assert Conversation.objects.get().customer == buyer
    client.post("/account/log-out/")
    assert "two to four working days" not in client.get("/support/").content.decode()


@pytest.mark.parametrize("text", ["x" * 10_000, "\x00", "<script>alert(1)</script>", "{{ 7*7 }} %s", "‮abc"])
def test_stands_hostile_messages(client: Client, articles: dict[str, Article], text: str) -> None:
    response = client.post("/support/say/", {"text": text}, follow=True)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "name", ["support_say", "support_person", "support_rate", "support_end", "support_choose"]
)
def test_forms_of_other_sites_are_refused(name: str) -> None:
    assert Client(enforce_csrf_checks=True).post(reverse(f"storefront:{name}")).status_code == 403


def test_another_shops_page_talks_by_a_signed_token(
    client: Client, articles: dict[str, Article], settings: Any
) -> None:
    def ask(origin: str = "https://friend.example", **given: Any) -> Any:
        return client.post(
            "/widgets/support", given, content_type="application/json", headers={"Origin": origin}
        )

    settings.SUPPORT_ORIGINS = ["https://friend.example"]
    assert ask("https://stranger.example", text="Hello").status_code == 403
    assert ask().json()["messages"] == []
    told = ask(text=QUESTION).json()
    assert "two to four working days" in told["messages"][-1]["text"]
    assert told["messages"][-1]["sources"][0]["quote"] in told["messages"][-1]["text"]
    assert len(ask(token=told["token"]).json()["messages"]) == 2
    assert ask(token=told["token"] + "x").json()["messages"] == []
    assert ask(token=told["token"], person=True).json()["status"] == "waiting"
    assert ask("https://friend.example", text=["x"] * 3).status_code == 200


def test_the_script_for_other_shops_is_small() -> None:
    path = finders.find("widgets/support.js")
    assert isinstance(path, str)
    assert Path(path).stat().st_size < 2_000


def test_help_pages_list_search_and_find_nothing(client: Client, articles: dict[str, Article]) -> None:
    assert "How long delivery takes" in client.get("/help/").content.decode()
    assert "配送时间" in client.get("/zh-hans/help/").content.decode()
    assert "Returning goods" in client.get("/help/?q=paid+back").content.decode()
    assert "Nothing is written" in client.get("/help/?q=xylophone").content.decode()


@pytest.fixture
def agent(client: Client) -> Client:
    client.force_login(make_user(role="support agent", first_name="Ann"))
    return client


def test_an_agent_claims_replies_and_hands_back(agent: Client, articles: dict[str, Article]) -> None:
    talk = make_conversation()
    Message.objects.create(conversation=talk, author="shopper", text=QUESTION)
    hand_over(talk, "customer_request")
    assert "Waiting" in agent.get(reverse("dashboard:support")).content.decode()
    address = reverse("dashboard:support_conversation", args=[talk.pk])
    page = agent.get(address).content.decode()
    assert "two to four working days" in page  # the suggested reply
    for name, data in (
        ("take", {}),
        ("reply", {"text": "Tomorrow."}),
        ("note", {"text": "Nice"}),
        ("back", {}),
    ):
        assert agent.post(reverse(f"dashboard:support_{name}", args=[talk.pk]), data).status_code == 302
    talk.refresh_from_db()
    assert (talk.status, talk.messages.filter(text="Tomorrow.").exists()) == ("open", True)
    assert agent.post(reverse("dashboard:support_close", args=[talk.pk])).status_code == 302


@pytest.mark.parametrize("role", ["analyst", ""])
def test_others_do_not_read_conversations(client: Client, role: str) -> None:
    talk = make_conversation()
    client.force_login(make_user(role=role))
    address = reverse("dashboard:support_conversation", args=[talk.pk])
    assert client.get(address).status_code == (403 if role else 302)
    assert client.post(reverse("dashboard:support_reply", args=[talk.pk]), {"text": "x"}).status_code in (
        302,
        403,
    )
    assert talk.messages.count() == 0


def test_gaps_are_drafted_published_and_dismissed(agent: Client, encoder: None) -> None:
    gap, other = (
        Gap.objects.create(question="Do you engrave mugs?"),
        Gap.objects.create(question="Do you fly?"),
    )
    assert "Do you engrave mugs?" in agent.get(reverse("dashboard:support_gaps")).content.decode()
    for name, row in (("draft", gap), ("live", gap), ("test", gap), ("dismiss", other)):
        assert agent.post(reverse(f"dashboard:support_gap_{name}", args=[row.pk])).status_code == 302
    gap.refresh_from_db()
    other.refresh_from_db()
    assert gap.article is not None
    assert (gap.article.status, other.status) == ("live", "dismissed")


def test_queue_and_conversation_ask_as_often_for_many_rows(
    agent: Client, assert_queries_do_not_grow: Check
) -> None:
    talk = make_conversation(agent=None, status="waiting", waiting_since="2026-01-01T00:00Z")

    def grow() -> None:
        for _ in range(4):
            Message.objects.create(conversation=talk, author="shopper", text="Hello")
            make_conversation(status="waiting", waiting_since="2026-01-01T00:00Z")
            make_order(customer=talk.customer)

    Message.objects.create(conversation=talk, author="shopper", text="Hello")
    make_order(customer=talk.customer)
    for address in (reverse("dashboard:support"), reverse("dashboard:support_conversation", args=[talk.pk])):
        assert_queries_do_not_grow(lambda address=address: agent.get(address, **HTMX), grow)  # type: ignore[misc]


def test_the_quality_page_counts(agent: Client) -> None:
    talk = make_conversation(reason="no_answer")
    for number in range(8):
        Message.objects.create(
            conversation=talk, author="assistant", outcome="answered", score=0.95, helpful=1 if number else -1
        )
    close_conversation(talk)
    page = agent.get(reverse("dashboard:support_quality")).content.decode()
    assert "87.5%" in page
    assert "Nothing known answers it" in page
