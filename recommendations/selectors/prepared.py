"""Lists that were made before anybody asked: taken while nothing that they were made from is another.

One statement says who asks, what they said about being known, and gives their list if it still holds. What a
list was made from is told by a stamp: the keys of the last events, the orders as they were written, refusals,
tags, the stored ranking. It is computed anew each time, so nothing that writes has to know of lists.
"""

from datetime import datetime
from typing import NamedTuple

from ecommerce_ai.kept import Kept
from ecommerce_ai.shop.models import Customer
from recommendations.models import Pipeline, Slot
from recommendations.selectors.facts import (
    CONSENT,
    DEEDS,
    LAST_EVENTS,
    RANKED,
    STRONGEST,
    WHO,
    Named,
    asked_as,
    customer_of,
)
from recommendations.selectors.outlines import Outline, from_text
from recommendations.selectors.pool import SHORT_LIST
from recommendations.selectors.shopper import is_willing
from recommendations.selectors.statements import row_of
from recommendations.selectors.versions import Serving

# An order's row is written anew when its lines change: their sum is on it.
STAMP = f"""
hashtextextended(concat_ws('|',
  (SELECT string_agg(id::text, ',') FROM (
     SELECT id FROM shop_event WHERE customer_id = (SELECT id FROM who) AND name IN ({DEEDS})
     ORDER BY occurred_at DESC, id DESC LIMIT {LAST_EVENTS}) events),
  (SELECT string_agg(xmin || ' ' || ctid, ',' ORDER BY id) FROM shop_order
   WHERE customer_id = (SELECT id FROM who)),
  (SELECT string_agg(id::text, ',' ORDER BY id) FROM recommendations_refusal
   WHERE customer_id = (SELECT id FROM who)),
  (SELECT string_agg(id::text, ',' ORDER BY id) FROM profiles_tagremoval
   WHERE customer_id = (SELECT id FROM who)),
  (SELECT string_agg(trait_id || ' ' || strength, ',') FROM (
     SELECT trait_id, strength FROM profiles_interest WHERE customer_id = (SELECT id FROM who)
     ORDER BY strength DESC, trait_id LIMIT {STRONGEST}) liked),
  (SELECT run_id || ' ' || written FROM ({RANKED}) ranked)
), 0)
"""  # noqa: S608 - constants
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
      WHERE customer_id = (SELECT id FROM who) AND NOT is_shadow AND served_at > l.prepared_at)
    AND l.stamp = {STAMP}
) list ON true
"""  # noqa: S608 - constants
WHOSE = "text, uuid, bigint, bigint"
NEWCOMERS = 100
NEWEST_VECTOR = f"""
SELECT max(updated_at) FROM (
  SELECT updated_at FROM recommendations_productvector ORDER BY product_id DESC LIMIT {NEWCOMERS}) newest
"""  # noqa: S608 - a constant


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
    moments = [moment for moment in (since, newest_vector_at.of("shop")) if moment]
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
    if not is_willing(last_word=consent) or text is None:
        return Meeting(customer, is_willing(last_word=consent))
    return Meeting(customer, is_willing=True, outline=kept_list(text, limit), prepared_at=prepared_at)


def kept_list(text: str, limit: int) -> Outline | None:
    """The head of what is kept; None where a list of this length would be another: pins have their places."""
    outline = from_text(text)
    is_head = limit <= SHORT_LIST and all(position < limit for position in outline.pinned)
    return outline.head(limit) if is_head else None


def stamp_of(customer: Customer, *, pipeline: Pipeline) -> int:
    """Of all that is stored of a shopper; another one as soon as any of it is another."""
    given = (*asked_as(customer), pipeline.ranker_id)
    sql = f"WITH {WHO} SELECT {STAMP}"
    return int(row_of("recommendations_stamp", sql, WHOSE, *given)[0])


def read_newest_vector(_of: str) -> datetime | None:
    found: datetime | None = row_of("recommendations_newest_vector", NEWEST_VECTOR, "")[0]
    return found


# When one of the newest products got its vector last: from then on it may be in lists.
newest_vector_at = Kept(read_newest_vector)
