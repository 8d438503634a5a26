"""The part of Gorse's REST interface that its clients use: they move over by changing their address.

Items are products, users are customers, feedback is events. What we do not have (labels of users) is read
and not kept. Functions carry the names of Gorse's operations.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query, Schema
from pydantic import Field

from ecommerce_ai.api.gorse_rows import (
    FeedbackBody,
    ItemBody,
    UserBody,
    as_feedback,
    as_item,
    as_user,
    event_name,
    keep_feedback,
    keep_item,
    keep_users,
)
from ecommerce_ai.api.keys import Key
from ecommerce_ai.api.problems import Problem, add_handlers
from ecommerce_ai.shop.models import Customer, Event, Product
from recommendations.models import Slot
from recommendations.selectors import Recommendation, recommended_after, search_products, similar_products
from recommendations.services import serve

MOST_ROWS, MOST_ASKED = 1000, 100
api = NinjaAPI(
    title="Gorse-compatible", version="gorse", urls_namespace="api-gorse", docs_url=None, openapi_url=None,
    auth=Key("read"),
)  # fmt: skip
add_handlers(api)
WRITE, ADMIN = Key("write"), Key("admin")


class Page(Schema):
    """Gorse pages by a cursor: ours is the key of the last row."""

    n: int = Field(10, ge=1, le=MOST_ROWS)
    cursor: str = Field("", pattern=r"^[0-9]{0,18}$")
    q: str = Field("", max_length=300)


class Count(Schema):
    n: int = Field(10, ge=1, le=100)
    offset: int = Field(0, ge=0, le=100)


def affected(count: int) -> dict[str, int]:
    return {"RowAffected": count}


@api.post("item", auth=WRITE)
def insert_item(request: HttpRequest, body: ItemBody) -> dict[str, int]:
    keep_item(body)
    return affected(1)


@api.post("items", auth=WRITE)
def insert_items(request: HttpRequest, bodies: list[ItemBody]) -> dict[str, int]:
    check_count(bodies)
    return affected(len([keep_item(body) for body in bodies]))


def check_count(bodies: list[Any]) -> None:
    if len(bodies) > MOST_ROWS:
        raise Problem(413, f"At most {MOST_ROWS} rows in one request.")


@api.get("items")
def get_items(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    if page.q:
        found = search_products(page.q, limit=page.n).items
        return {"Items": [as_item(item.product) for item in found], "Cursor": ""}
    rows, cursor = page_of(Product.objects.select_related("category"), page)
    return {"Items": [as_item(row) for row in rows], "Cursor": cursor}


def page_of(rows: QuerySet[Any], page: Page) -> tuple[list[Any], str]:
    """Rows by rising key after the cursor, and where the next page begins: nowhere after the last."""
    found = list(rows.filter(pk__gt=int(page.cursor or 0)).order_by("pk")[: page.n + 1])
    return found[: page.n], str(found[page.n - 1].pk) if len(found) > page.n else ""


@api.get("item/{item_id}")
def get_item(request: HttpRequest, item_id: str) -> dict[str, Any]:
    return as_item(item_of(item_id))


def item_of(item_id: str) -> Product:
    product: Product = get_object_or_404(Product.objects.select_related("category"), sku=item_id)
    return product


class ItemPatch(Schema):
    IsHidden: bool | None = None
    Categories: list[str] | None = None
    Labels: Any = None
    Timestamp: str | None = None
    Comment: str | None = Field(None, max_length=500)


@api.patch("item/{item_id}", auth=WRITE)
def modify_item(request: HttpRequest, item_id: str, body: ItemPatch) -> dict[str, int]:
    given = {name: value for name, value in body.dict().items() if value is not None}
    keep_item(ItemBody(**{**as_item(item_of(item_id)), **given}))
    return affected(1)


@api.delete("item/{item_id}", auth=WRITE)
def delete_item(request: HttpRequest, item_id: str) -> dict[str, int]:
    """Takes it off the shelves: orders and reviews still know it."""
    return affected(Product.objects.live().filter(sku=item_id).update(is_live=False))


@api.post("user", auth=WRITE)
def insert_user(request: HttpRequest, body: UserBody) -> dict[str, int]:
    return affected(keep_users([body]))


@api.post("users", auth=WRITE)
def insert_users(request: HttpRequest, bodies: list[UserBody]) -> dict[str, int]:
    check_count(bodies)
    return affected(keep_users(bodies))


@api.get("users", auth=ADMIN)
def get_users(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    rows, cursor = page_of(Customer.objects.current().exclude(external_id=None), page)
    return {"Users": [as_user(row) for row in rows], "Cursor": cursor}


@api.get("user/{user_id}")
def get_user(request: HttpRequest, user_id: str) -> dict[str, Any]:
    return as_user(get_object_or_404(Customer, external_id=user_id))


@api.post("feedback", auth=WRITE)
def insert_feedback(request: HttpRequest, bodies: list[FeedbackBody]) -> dict[str, int]:
    check_count(bodies)
    return affected(keep_feedback(bodies))


def all_feedback() -> QuerySet[Event]:
    """Events that came as feedback."""
    return Event.objects.filter(properties__has_key="feedback_type").select_related("customer", "product")


@api.get("feedback", auth=ADMIN)
def get_feedback(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    rows, cursor = page_of(all_feedback(), page)
    return {"Feedback": [as_feedback(row) for row in rows], "Cursor": cursor}


@api.get("user/{user_id}/feedback/{feedback_type}")
def list_feedback(request: HttpRequest, user_id: str, feedback_type: str) -> list[dict[str, Any]]:
    rows = all_feedback().filter(customer__external_id=user_id, properties__feedback_type=feedback_type)
    return [as_feedback(row) for row in rows[:MOST_ROWS]]


@api.delete("feedback/{user_id}/{item_id}", auth=WRITE)
def delete_feedback(request: HttpRequest, user_id: str, item_id: str) -> dict[str, int]:
    rows = all_feedback().filter(customer__external_id=user_id, product__sku=item_id)
    return affected(rows.delete()[0])


@api.get("recommend/{user_id}")
@api.get("recommend/{user_id}/")
def get_recommend(request: HttpRequest, user_id: str, asked: Query[Count]) -> list[Any]:
    """Products by number; with scores where the client asks for version 2."""
    return answer(request, for_user(user_id, asked.offset + asked.n)[asked.offset :])


@api.get("recommend/{user_id}/{category}")
def get_recommend_in(request: HttpRequest, user_id: str, category: str, asked: Query[Count]) -> list[Any]:
    """The same, of one shelf."""
    items = [item for item in for_user(user_id, MOST_ASKED) if is_in(item.product, category)]
    return answer(request, items[asked.offset : asked.offset + asked.n])


def for_user(user_id: str, limit: int) -> list[Recommendation]:
    customer = Customer.objects.select_related("merged_into").filter(external_id=user_id).first()
    return serve(Slot.FOR_YOU, customer=customer, limit=limit).items


def is_in(product: Product, category: str) -> bool:
    return product.category is not None and category in (product.category.name, product.category.slug)


def answer(request: HttpRequest, items: list[Recommendation]) -> list[Any]:
    if request.headers.get("X-API-Version") == "2":
        return scored(items)
    return [item.product.sku for item in items]


def scored(items: list[Recommendation]) -> list[Any]:
    return [{"Id": item.product.sku, "Score": item.score} for item in items]


@api.post("session/recommend")
def session_recommend(request: HttpRequest, bodies: list[FeedbackBody], asked: Query[Count]) -> list[Any]:
    """For somebody who is not known: from the feedback of the session, the last of which comes last."""
    check_count(bodies)
    keys = dict(Product.objects.filter(sku__in={body.ItemId for body in bodies}).values_list("sku", "pk"))
    actions = [
        (str(event_name(body.FeedbackType)), keys[body.ItemId])
        for body in reversed(bodies)
        if body.ItemId in keys
    ]
    return scored(recommended_after(actions, asked.offset + asked.n)[asked.offset :])


@api.get("item-to-item/{name}/{item_id}")
def item_to_item(request: HttpRequest, name: str, item_id: str, asked: Query[Count]) -> list[Any]:
    """Any name of a recommender gives the similar ones."""
    return scored(similar_products(item_of(item_id), asked.offset + asked.n)[asked.offset :])


@api.get("item/{item_id}/neighbors")
@api.get("item/{item_id}/neighbors/")
def get_neighbors(request: HttpRequest, item_id: str, asked: Query[Count]) -> list[Any]:
    return scored(similar_products(item_of(item_id), asked.offset + asked.n)[asked.offset :])
