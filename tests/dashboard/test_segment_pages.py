"""Pages of segments, and the rule builder as plain forms post it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from profiles.models import Segment
from profiles.selectors.segments import parse_rules
from profiles.services.segments import save_segment
from tests.factories import make_customer, make_event, make_order, make_product, make_user

pytestmark = pytest.mark.django_db

NEW = "dashboard:segment_new"
VIEWERS: dict[str, Any] = {"groups": [{"conditions": [{"kind": "performed", "action": "view_item"}]}]}
ROW = {
    "g0-match": "all",
    "g0-c0-kind": "performed",
    "g0-c0-shown": "performed",
    "g0-c0-is_done": "yes",
    "g0-c0-action": "view_item",
    "g0-c0-at_least": "1",
    "g0-c0-within_days": "",
    "g0-c0-category": "",
    "g0-c0-sku": "",
}
POSTED = {"segment-name": "Viewers", "segment-match": "all", **ROW}


@pytest.fixture
def merchant(client: Client) -> Client:
    client.force_login(make_user(role="merchant"))
    return client


@pytest.fixture
def viewers(db: None) -> Segment:
    make_event(customer=make_customer(name="Ann Reed"), product=make_product())
    return save_segment(name="Viewers", rules=parse_rules(VIEWERS))


def test_previews_before_anything_is_saved(merchant: Client, viewers: Segment) -> None:
    response = merchant.post(reverse(NEW), {**POSTED, "action": "preview"})
    assert response.context["preview"].preview.size == 1
    assert "Ann Reed" in response.content.decode()
    assert Segment.objects.ruled().count() == 1


def test_saves_and_shows_the_segment(merchant: Client, viewers: Segment) -> None:
    response = merchant.post(reverse(NEW), {**POSTED, "segment-name": "All viewers", "action": "save"})
    saved = Segment.objects.get(name="All viewers")
    assert response["Location"] == reverse("dashboard:segment", args=[saved.pk])
    assert (saved.size, parse_rules(saved.rules)) == (1, parse_rules(VIEWERS))


@pytest.mark.parametrize(
    ("action", "rows"),
    [("add:0", 2), ("add-group", 2), ("remove:0:0", 1), ("add:7", 1), ("remove:x", 1), ("nonsense", 1)],
)
def test_buttons_add_and_remove_rows_without_script(merchant: Client, action: str, rows: int) -> None:
    response = merchant.post(reverse(NEW), {**POSTED, "action": action})
    assert len(response.context["builder"].conditions) == rows
    assert not Segment.objects.exists()


def test_another_kind_shows_its_fields_and_keeps_the_rest(merchant: Client) -> None:
    response = merchant.post(reverse(NEW), {**POSTED, "g0-c0-kind": "trait:age", "action": "update"})
    row = response.context["builder"].conditions[0]
    assert list(row.fields) == ["operator", "value"]
    assert 'value="Viewers"' in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"g0-c0-sku": "NONE"}, "There is no product with this SKU."),
        ({"g0-c0-at_least": "0"}, "greater than or equal to 1"),
        ({"segment-name": ""}, "This field is required."),
    ],
)
def test_says_what_is_wrong_and_saves_nothing(merchant: Client, changed: dict[str, str], words: str) -> None:
    response = merchant.post(reverse(NEW), {**POSTED, **changed, "action": "save"})
    assert words in response.content.decode()
    assert not Segment.objects.exists()


def test_every_kind_of_condition_is_shown_as_it_was_saved(merchant: Client) -> None:
    conditions = [
        {"kind": "performed", "action": "purchase", "is_done": False, "at_least": 2, "within_days": 9},
        {"kind": "trait", "name": "country", "operator": "is_not", "value": "GB"},
        {"kind": "trait", "name": "age", "operator": "at_most", "value": 30},
        {"kind": "tag", "tag": "category", "key": "mugs", "is_shown": False},
        {"kind": "measure", "name": "value_12m", "operator": "at_least", "value": 100.0},
        {"kind": "label", "label": "buys-soon", "operator": "at_least", "percent": 70},
        {"kind": "share", "salt": "spring", "from_percent": 10, "to_percent": 20},
    ]
    rules = parse_rules({"match": "any", "groups": [{"match": "any", "conditions": conditions}]})
    segment = save_segment(name="Everything", rules=rules)
    page = merchant.get(reverse("dashboard:segment_edit", args=[segment.pk]))
    shown = [(form.kind, form.initial) for form in page.context["builder"].conditions]
    assert [kind for kind, _ in shown] == [
        "performed",
        "trait:country",
        "trait:age",
        "tag",
        "measure:value_12m",
        "label",
        "share",
    ]
    assert shown[0][1]["is_done"] == "no"
    assert shown[3][1] == {"tag": "category:mugs", "is_shown": "no"}
    assert merchant.get(reverse("dashboard:segment", args=[segment.pk])).status_code == 200


def test_is_deleted_by_the_merchant_alone(merchant: Client, viewers: Segment) -> None:
    address = reverse("dashboard:segment_delete", args=[viewers.pk])
    analyst = Client()
    analyst.force_login(make_user(role="analyst"))
    assert analyst.post(address).status_code == 403
    assert merchant.get(address).status_code == 405
    merchant.post(address)
    assert not Segment.objects.exists()


def test_an_analyst_sees_sizes_and_nobody_by_name(client: Client, viewers: Segment) -> None:
    client.force_login(make_user(role="analyst"))
    page = client.get(reverse("dashboard:segment", args=[viewers.pk])).content.decode()
    assert "Looked at a product" in page
    assert "Ann Reed" not in page
    assert client.get(reverse(NEW)).status_code == 403


def test_a_support_agent_opens_no_segment(client: Client, viewers: Segment) -> None:
    client.force_login(make_user(role="support agent"))
    pages = [reverse("dashboard:segments"), reverse("dashboard:segment", args=[viewers.pk]), reverse(NEW)]
    assert {client.get(page).status_code for page in pages} == {403}


def test_lists_cost_the_same_however_long(
    merchant: Client, viewers: Segment, assert_queries_do_not_grow: Callable[..., None]
) -> None:
    def grow() -> None:
        for number in range(5):
            customer = make_customer(name=f"Viewer {number}")
            make_event(customer=customer)
            make_order(customer=customer, lines=[(make_product(), 1)])
            save_segment(name=f"Segment {number}", rules=parse_rules(VIEWERS))
        save_segment(viewers, name="Viewers", rules=parse_rules(VIEWERS))

    list_page, own_page = reverse("dashboard:segments"), reverse("dashboard:segment", args=[viewers.pk])
    assert_queries_do_not_grow(lambda: merchant.get(list_page), grow)
    assert_queries_do_not_grow(lambda: merchant.get(own_page), grow)
