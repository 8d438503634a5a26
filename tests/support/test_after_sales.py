"""After-sales: what the rules allow, what is shown before it happens, and that it happens once."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ecommerce_ai.shop.models import Customer, Order, Product
from ecommerce_ai.shop.services.after_sales import credit_notes_of
from support.models import Conversation, ServiceRequest
from support.rules import (
    OrderFacts,
    Terms,
    may_cancel,
    may_match_price,
    may_return,
    under_warranty,
    years_after,
)
from support.selectors.orders import lines_left
from support.services.after_sales import about_orders, tell_refund, tell_status
from support.services.conversations import Asker, open_conversation
from support.services.requests import (
    NotAllowed,
    NotHere,
    alert_when_back,
    confirm,
    move_on,
    propose,
    refuse,
    send_stock_alerts,
    withdraw,
)
from tests.factories import make_order, make_product, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
DELIVERED = OrderFacts(False, False, False, date(2026, 5, 1), date(2026, 5, 10), 2)


@given(st.integers(0, 80))
def test_a_return_is_possible_until_the_shops_last_day_and_withdrawal_until_the_laws(days: int) -> None:
    verdict = may_return(DELIVERED, Terms(), date(2026, 5, 10) + timedelta(days=days))
    assert verdict.is_allowed == (days <= 30)
    assert (verdict.withdraw_until, verdict.until) == (date(2026, 5, 24), date(2026, 6, 9))


def test_rules_by_state() -> None:
    waiting = OrderFacts(True, False, False, TODAY, None, 1)
    assert may_cancel(waiting).is_allowed
    assert may_return(waiting, Terms(), TODAY).refusal == "not_delivered"
    assert may_cancel(DELIVERED).refusal == "sent"
    assert may_return(OrderFacts(False, False, False, TODAY, None, 1), Terms(), TODAY).is_allowed
    assert under_warranty(DELIVERED, Terms(), date(2028, 5, 11)).refusal == "too_late"
    assert years_after(date(2024, 2, 29), 2) == date(2026, 2, 28)
    kwargs: dict[str, Any] = {"placed_on": TODAY, "terms": Terms(), "today": TODAY}
    assert may_match_price(paid=1000, found=900, **kwargs).is_allowed
    assert may_match_price(paid=1000, found=1000, **kwargs).refusal == "not_lower"


@pytest.fixture
def mug(db: None) -> Product:
    return make_product(title="Harbour Mug", stock=3)


@pytest.fixture
def bowl(db: None) -> Product:
    return make_product(title="Rice Bowl", price=Decimal("24.50"))


@pytest.fixture
def mei(buyer: Customer) -> Asker:
    return Asker(buyer, is_logged_in=True)


@pytest.fixture
def talk(mei: Asker) -> Conversation:
    return open_conversation(mei.customer, language="en")


def bought(mei: Asker, *lines: tuple[Product, int], days_ago: int | None = None, **fields: Any) -> Order:
    """An order; delivered so many days ago, or not sent yet."""
    order = make_order(
        lines=list(lines), customer=mei.customer, email=mei.customer.email, placed_at=timezone.now(),
        status="paid" if days_ago is None else "delivered", **fields,
    )  # fmt: skip
    if days_ago is not None:
        at = timezone.now() - timedelta(days=days_ago)
        order.shipments.create(
            carrier="Royal Mail", tracking_number=f"RM{order.pk}", status="delivered", delivered_at=at
        )
    return order


def test_status_says_where_the_parcel_is(mei: Asker, talk: Conversation, mug: Product) -> None:
    order = bought(mei, (mug, 1))
    saying = about_orders("order_status", talk, mei)
    assert order.number in saying.text
    order.shipments.create(
        carrier="Royal Mail", tracking_number="RM77", status="in_transit",
        promised_at=datetime(2026, 6, 5, tzinfo=timezone.get_default_timezone()),
    )  # fmt: skip
    assert "RM77" in tell_status(order).text
    assert "June 5" in tell_status(order).text


def test_without_log_in_it_asks_who_that_is_and_several_orders_are_offered(
    mei: Asker, talk: Conversation, mug: Product
) -> None:
    first, second = bought(mei, (mug, 1)), bought(mei, (mug, 2))
    assert about_orders("cancel", talk, Asker(mei.customer)).card["kind"] == "identify"
    card = about_orders("cancel", talk, mei).card
    assert (card["kind"], set(card["orders"])) == ("orders", {first.number, second.number})
    assert about_orders("cancel", talk, mei, number=second.number).card["order"] == second.number
    assert about_orders("cancel", talk, mei, number="SOMEBODYS").card["kind"] == "orders"


def test_cancel_shown_confirmed_done_once(mei: Asker, talk: Conversation, mug: Product) -> None:
    order = bought(mei, (mug, 2))
    request = propose(talk, mei, "cancel", order=order, details={})
    order.refresh_from_db()
    assert order.status == "paid"  # nothing happens before the yes
    confirm(request.pk, talk, mei)
    with pytest.raises(NotHere):
        confirm(request.pk, talk, mei)
    order.refresh_from_db()
    mug.refresh_from_db()
    (credit,) = credit_notes_of(order)
    assert (order.status, mug.stock, credit.total) == ("cancelled", 5, Decimal("-20.00"))
    assert list(talk.log.order_by("id").values_list("kind", flat=True)) == ["proposed", "confirmed"]


def test_an_order_that_left_meanwhile_is_not_cancelled(mei: Asker, talk: Conversation, mug: Product) -> None:
    order = bought(mei, (mug, 1))
    request = propose(talk, mei, "cancel", order=order, details={})
    order.shipments.create(carrier="Royal Mail", tracking_number="RM1", status="in_transit")
    with pytest.raises(NotAllowed):
        confirm(request.pk, talk, mei)
    order.refresh_from_db()
    assert order.status == "paid"


def test_address_changes_once_it_is_confirmed(mei: Asker, talk: Conversation, mug: Product) -> None:
    order = bought(mei, (mug, 1))
    new = {
        "name": "Mei Lin",
        "address": "9 New Road",
        "city": "Leeds",
        "postcode": "LS1 1AA",
        "country": "GB",
    }
    request = propose(talk, mei, "address", order=order, details={"delivery": new})
    confirm(request.pk, talk, mei)
    order.refresh_from_db()
    request.refresh_from_db()
    assert (order.shipping_address, order.shipping_city, order.email) == (
        "9 New Road",
        "Leeds",
        "mei@shop.example",
    )
    assert request.details == {}


def test_a_return_from_the_form_to_the_money(
    mei: Asker, talk: Conversation, mug: Product, bowl: Product
) -> None:
    order, agent = bought(mei, (mug, 2), (bowl, 1), days_ago=3), make_user(role="support agent")
    request = propose(talk, mei, "return", order=order, details={"lines": {"1": 1}})
    assert sum(row.quantity for row in lines_left(order)) == 3
    request = confirm(request.pk, talk, mei)
    assert (request.status, sum(row.quantity for row in lines_left(order))) == ("approved", 2)
    with pytest.raises(NotAllowed):
        propose(talk, mei, "return", order=order, details={"lines": {"1": 2}})
    for _ in range(4):  # a step too many changes nothing
        request = move_on(request, by=agent)
    assert request.status == "done"
    (credit,) = credit_notes_of(order)
    assert credit.total == Decimal("-10.00")
    assert "£10.00" in tell_refund(order).text
    order.refresh_from_db()
    assert order.status == "delivered"  # the rest is kept


@pytest.mark.parametrize("lines", [{}, {"1": 0}, {"1": 3}, {"9": 1}, {"1": -1}])
def test_only_what_was_bought_can_be_returned(
    mei: Asker, talk: Conversation, mug: Product, lines: dict[str, int]
) -> None:
    order = bought(mei, (mug, 2), days_ago=3)
    with pytest.raises(NotAllowed):
        propose(talk, mei, "return", order=order, details={"lines": lines})


def test_too_late_is_said_with_the_date(mei: Asker, talk: Conversation, mug: Product) -> None:
    bought(mei, (mug, 1), days_ago=40)
    saying = about_orders("return", talk, mei)
    assert (saying.card["kind"], "possible until" in saying.text) == ("offer_person", True)


def test_called_off_refused_and_too_old(mei: Asker, talk: Conversation, mug: Product) -> None:
    order, agent = bought(mei, (mug, 2), days_ago=3), make_user(role="support agent")
    request = propose(talk, mei, "return", order=order, details={"lines": {"1": 1}})
    assert withdraw(request.pk, talk).status == "withdrawn"
    request = propose(talk, mei, "return", order=order, details={"lines": {"1": 1}})
    ServiceRequest.objects.update(created_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(NotHere):
        confirm(request.pk, talk, mei)
    request = confirm(
        propose(talk, mei, "warranty", order=order, details={"why": "it cracked"}).pk, talk, mei
    )
    refuse(request, by=agent)
    request.refresh_from_db()
    assert request.status == "refused"


def test_who_waits_for_goods_gets_one_letter(mei: Asker, talk: Conversation) -> None:
    lamp = make_product(title="Reading Lamp", stock=0)
    assert alert_when_back(talk, lamp) == alert_when_back(talk, lamp)
    assert send_stock_alerts() == 0
    Product.objects.update(stock=4)
    assert (send_stock_alerts(), send_stock_alerts()) == (1, 0)
    assert mail.outbox[0].to == ["mei@shop.example"]
    assert "Reading Lamp" in mail.outbox[0].subject
