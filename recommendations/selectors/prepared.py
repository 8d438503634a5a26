"""Lists that were made before anybody asked: taken while nothing that they were made from is another.

One statement says who asks, what they said about being known, and gives their list if it still holds. What a
list was made from is told by stamps: over the last events, what was bought, refusals, tags and the stored
ranking, and over the products. They are computed anew each time, so nothing that writes has to know of lists.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from ecommerce_ai.kept import Kept
from ecommerce_ai.shop.models import Customer
from recommendations.models import Pipeline, Slot
from recommendations.selectors.facts import (
    BOUGHT,
    CONSENT,
    HAPPENED,
    LIKED,
    RANKED,
    WHO,
    Named,
    asked_as,
    customer_of,
)
from recommendations.selectors.outlines import Outline, from_text
from recommendations.selectors.pool import SHORT_LIST
from recommendations.selectors.rules import pinned_products
from recommendations.selectors.shopper import is_willing
from recommendations.selectors.statements import row_of
from recommendations.selectors.versions import Serving

STAMP = f"""
hashtextextended(ROW(
  (SELECT string_agg(id || ' ' || product_id, ',') FROM (SELECT e.id, e.product_id {HAPPENED}) happened),
  (SELECT sum(hash_record_extended(ROW(o.id, o.placed_at, l.product_id), 0)) {BOUGHT}),
  (SELECT string_agg(id::text, ',' ORDER BY id) FROM recommendations_refusal
   WHERE customer_id = (SELECT id FROM who)),
  (SELECT string_agg(id::text, ',' ORDER BY id) FROM profiles_tagremoval
   WHERE customer_id = (SELECT id FROM who)),
  (SELECT string_agg(trait_id || ' ' || strength, ',') FROM ({LIKED}) liked),
  (SELECT run_id || ' ' || written FROM ({RANKED}) ranked)
)::text, 0)
"""  # noqa: S608 - constants
# What rules go by, of each product.
GOODS = """
SELECT coalesce(sum(hash_record_extended(ROW(id, category_id, brand), 0)), 0)
FROM shop_product WHERE id = ANY ({keys})
"""
# $5 the version, $6 since when the list has to be.
PREPARED = f"""
WITH {WHO}
SELECT (SELECT id FROM who), ({CONSENT}), list.*
FROM (SELECT) one LEFT JOIN (
  SELECT l.outline, l.prepared_at FROM recommendations_preparedlist l
  WHERE l.customer_id = (SELECT id FROM who) AND l.version = $5 AND l.good_until > now()
    AND ($6 IS NULL OR l.prepared_at > $6)
    AND l.lists_left > (
      SELECT count(*) FROM recommendations_impression
      WHERE customer_id = (SELECT id FROM who) AND NOT is_shadow AND served_at > l.counted_until)
    AND l.goods_stamp = ({GOODS.format(keys="l.product_ids")} AND is_live AND (stock IS NULL OR stock > 0))
    AND l.stamp = {STAMP}
) list ON true
"""  # noqa: S608 - constants
WHOSE = "text, uuid, bigint, bigint"
NEWEST_VECTOR = "SELECT max(created_at) FROM recommendations_productvector"
# Between the moment that a vector says and the one in which others see it.
SETTLED = timedelta(minutes=1)


class Meeting(NamedTuple):
    """Who asks, whether they want to be known, and the list that was prepared for them if it holds."""

    customer: Customer | None
    is_willing: bool
    outline: Outline | None = None
    prepared_at: datetime | None = None


def meeting(
    shopper: Customer | Named,
    limit: int,
    *,
    serving: Serving,
    pipeline: Pipeline,
    since: datetime | None = None,
) -> Meeting:
    """One statement. Lists from before `since` do not count, nor any from before the newest product."""
    newest = newest_vector_at.of("shop")
    moments = [moment for moment in (since, newest and newest + SETTLED) if moment]
    given = (*asked_as(shopper), pipeline.ranker_id, serving.version_for(Slot.FOR_YOU))
    customer_id, consent, text, prepared_at = row_of(
        "recommendations_prepared",
        PREPARED,
        f"{WHOSE}, text, timestamptz",
        *given,
        max(moments, default=None),
    )
    if customer_id is None:
        return Meeting(customer=None, is_willing=False)
    customer = customer_of(customer_id) if isinstance(shopper, Named) else shopper
    willing = is_willing(last_word=consent)
    if not willing or text is None or not is_head(limit, serving):
        return Meeting(customer, willing)
    return Meeting(customer, willing, from_text(text).head(limit), prepared_at)


def is_head(limit: int, serving: Serving) -> bool:
    """Whether a list of this length is the head of the one that is kept: pins have their places."""
    pins = pinned_products(serving.rules_for(Slot.FOR_YOU))
    return limit <= SHORT_LIST and not any(limit <= position < SHORT_LIST for position in pins)


def stamp_of(customer: Customer, *, pipeline: Pipeline) -> int:
    """Of all that is stored of a shopper; another one as soon as any of it is another."""
    given = (*asked_as(customer), pipeline.ranker_id)
    sql = f"WITH {WHO} SELECT {STAMP}"
    return int(row_of("recommendations_stamp", sql, WHOSE, *given)[0])


def goods_stamp_of(product_ids: Sequence[int]) -> Decimal:
    """Of these products; what cannot be bought is in it, so that a list with such a product never holds."""
    found = row_of("recommendations_goods", GOODS.format(keys="$1"), "bigint[]", list(product_ids))
    return Decimal(found[0])


def read_newest_vector(_of: str) -> datetime | None:
    found: datetime | None = row_of("recommendations_newest_vector", NEWEST_VECTOR, "")[0]
    return found


# When a product got its first vector last: from then on it may be in lists.
newest_vector_at = Kept(read_newest_vector)
