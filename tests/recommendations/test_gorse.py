"""The unmodified PyGorse client talks to a running server of ours."""

import pytest
from gorse import Gorse, GorseException
from pytest_django.live_server_helper import LiveServer

from ecommerce_ai.api.services import create_key
from ecommerce_ai.shop.models import Customer, Event, Product
from recommendations.services import embed_products


@pytest.fixture
def gorse(transactional_db: None, live_server: LiveServer) -> Gorse:
    _, secret = create_key("Gorse's clients", scopes=["admin"])
    return Gorse(live_server.url, secret, timeout=20)


def test_pygorse_inserts_and_gets_recommendations(gorse: Gorse, encoder: None) -> None:
    for number, thing in enumerate(("wool scarf", "wool hat", "tea cup", "tea pot", "oak chair", "oak desk")):
        body = {"ItemId": f"i{number}", "Comment": thing, "Categories": [thing.split()[0]], "Labels": ["a"]}
        assert gorse.insert_item({**body, "IsHidden": False, "Timestamp": "2026-01-01"}) == {"RowAffected": 1}
    embed_products()
    assert gorse.insert_user({"UserId": "mei", "Labels": ["b"], "Comment": "Mei"}) == {"RowAffected": 1}
    assert gorse.insert_users([{"UserId": "ann"}, {"UserId": "bob"}]) == {"RowAffected": 2}
    assert gorse.insert_feedback("read", "mei", "i0", "2026-02-01T10:00:00Z") == {"RowAffected": 1}
    twice = [
        {"FeedbackType": "read", "UserId": "mei", "ItemId": item, "Timestamp": ""} for item in ("i0", "i2")
    ]
    assert gorse.insert_feedbacks(twice) == {"RowAffected": 1}

    assert gorse.get_item("i0")["Comment"] == "wool scarf"
    assert gorse.get_user("mei")["Comment"] == "Mei"
    assert {each["ItemId"] for each in gorse.list_feedbacks("read", "mei")} == {"i0", "i2"}
    assert Event.objects.get(product__sku="i0").customer == Customer.objects.get(external_id="mei")

    recommended = gorse.get_recommend("mei", n=3)
    assert len(recommended) == 3
    assert all(each.score >= 0 for each in recommended)
    session = [{"FeedbackType": "read", "UserId": "", "ItemId": "i4", "Timestamp": ""}]
    found = gorse.session_recommend(session, n=2)
    assert len(found) == 2
    assert "i4" not in [each["Id"] for each in found]
    assert len(gorse.get_neighbors("i2", n=2)) == 2


def test_pygorse_pages_changes_and_deletes(gorse: Gorse) -> None:
    for number in range(3):
        gorse.insert_item({"ItemId": f"i{number}", "Comment": f"Thing {number}"})
    items, cursor = gorse.get_items(2)
    rest, end = gorse.get_items(2, cursor)
    assert [each["ItemId"] for each in items + rest] == ["i0", "i1", "i2"]
    assert end == ""
    gorse.update_item("i1", comment="Another")
    assert Product.objects.get(sku="i1").title == "Another"
    gorse.delete_item("i1")
    assert not Product.objects.get(sku="i1").is_live
    gorse.insert_feedback("star", "new", "i2", "2026-02-01T10:00:00Z")
    assert gorse.delete_feedback("new", "i2") == {"RowAffected": 1}
    with pytest.raises(GorseException) as missing:
        gorse.get_item("nothing")
    assert missing.value.status_code == 404
    with pytest.raises(GorseException) as refused:
        Gorse(gorse.entry_point, "wrong").get_users(5)
    assert refused.value.status_code == 401
