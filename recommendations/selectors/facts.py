"""One statement for all that a list asks about a shopper: written out, for the query builder costs more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db import DEFAULT_DB_ALIAS

from ecommerce_ai.shop.models import Customer
from recommendations.ml.documents import Vectors
from recommendations.models import DIMENSIONS
from recommendations.selectors.statements import row_of, rows_of

# A deed weighs half as much every five events: what is older has no say any more.
LAST_EVENTS = 24
LAST_BOUGHT = 12
LAST_LISTS, SHOWN_DAYS = 20, 3
STRONGEST = 12
# Vectors come as the index keeps them: half the bytes, and the same to three digits.
HALF = f"halfvec({DIMENSIONS})"
SENT_BYTES = 4 + 2 * DIMENSIONS  # of `halfvec_send`: a header, then big-endian halves
# The shop's number says more than the visitor's id; who was merged is the person they were merged into.
NAMED = """
SELECT coalesce(merged_into_id, id) AS id FROM shop_customer
WHERE external_id = nullif($1, '') OR visitor_id = $2
ORDER BY external_id = $1 DESC NULLS LAST LIMIT 1
"""
# $1 the shop's number, $2 the visitor's id, or $3 the customer's key.
WHO = f"""
named AS ({NAMED}), who AS MATERIALIZED (
  SELECT id, coalesce(merged_into_id, id) AS person FROM shop_customer WHERE id = $3
  UNION ALL SELECT id, id FROM named WHERE $3 IS NULL
)
"""  # noqa: S608 - constants
CONSENT = """
SELECT is_granted FROM privacy_consentchange
WHERE customer_id = (SELECT person FROM who) AND purpose = 'personalisation'
ORDER BY changed_at DESC, id DESC LIMIT 1
"""
# $4 the run of the ranker; none: the one that serves.
RANKED = """
SELECT c.run_id, c.product_ids, c.computed_at, c.xmin || ' ' || c.ctid AS written
FROM recommendations_customerranking c JOIN inference_modelrun m ON m.id = c.run_id
WHERE c.customer_id = (SELECT id FROM who)
  AND (m.id = $4 OR ($4 IS NULL AND m.is_live AND m.name = 'ranker'))
ORDER BY c.computed_at DESC LIMIT 1
"""
HAPPENED = f"""
FROM shop_event e JOIN recommendations_productvector v ON v.product_id = e.product_id
WHERE e.customer_id = (SELECT id FROM who) AND e.name IN ('view_item', 'add_to_cart', 'purchase')
ORDER BY e.occurred_at DESC, e.id DESC LIMIT {LAST_EVENTS}
"""  # noqa: S608 - constants
BOUGHT = """
FROM shop_order o JOIN shop_orderline l ON l.order_id = o.id
WHERE o.customer_id = (SELECT id FROM who) AND o.kind = 'sale'
  AND l.kind = 'goods' AND l.product_id IS NOT NULL
"""
LIKED = f"""
SELECT trait_id, strength FROM profiles_interest WHERE customer_id = (SELECT id FROM who)
ORDER BY strength DESC, trait_id LIMIT {STRONGEST}
"""  # noqa: S608 - constants
FACTS = f"""
WITH {WHO}, happened AS MATERIALIZED (
  SELECT e.name, e.product_id, e.occurred_at, v.embedding {HAPPENED}
), bought AS MATERIALIZED (
  SELECT l.product_id, count(DISTINCT l.order_id) AS orders,
         min(o.placed_at) AS first_at, max(o.placed_at) AS last_at
  {BOUGHT} GROUP BY l.product_id
), ordered AS MATERIALIZED (
  SELECT b.product_id, b.last_at, v.embedding
  FROM bought b JOIN recommendations_productvector v ON v.product_id = b.product_id
  WHERE b.product_id NOT IN (SELECT product_id FROM happened)
  ORDER BY b.last_at DESC, b.product_id LIMIT {LAST_BOUGHT}
), liked AS MATERIALIZED ({LIKED}), lists AS MATERIALIZED (
  SELECT product_ids, served_at FROM recommendations_impression
  WHERE customer_id = (SELECT id FROM who) AND NOT is_shadow
    AND served_at >= now() - make_interval(days => {SHOWN_DAYS})
  ORDER BY served_at DESC LIMIT {LAST_LISTS}
), removed AS MATERIALIZED (
  SELECT t.id FROM profiles_tagremoval r JOIN profiles_trait t ON t.kind = r.kind AND t.key = r.key
  WHERE r.customer_id = (SELECT id FROM who)
)
SELECT (SELECT id FROM who),
       ({CONSENT}),
       happened.*, bought.*, ordered.*, refused.*, ranking.*, traits.*, shown.*
FROM (SELECT array_agg(name), array_agg(product_id), array_agg(occurred_at),
             string_agg(halfvec_send(embedding::{HALF}), '') FROM happened) happened,
     (SELECT array_agg(product_id), array_agg(orders), array_agg(first_at), array_agg(last_at)
      FROM bought) bought,
     (SELECT array_agg(product_id), array_agg(last_at), string_agg(halfvec_send(embedding::{HALF}), '')
      FROM ordered) ordered,
     (SELECT array_agg(code), array_agg(product_id) FROM recommendations_refusal
      WHERE customer_id = (SELECT id FROM who)) refused,
     (SELECT json_agg(json_build_array(t.id, t.kind, t.key, t.label, t.translations, liked.strength,
                                       EXISTS (SELECT FROM removed WHERE removed.id = t.id)))
      FROM profiles_trait t LEFT JOIN liked ON liked.trait_id = t.id
      WHERE t.id = ANY (ARRAY(SELECT trait_id FROM liked UNION ALL SELECT id FROM removed))) traits,
     (SELECT (SELECT array_agg(product) FROM lists, unnest(product_ids) product),
             (SELECT array_agg(served_at ORDER BY served_at) FROM lists)) shown,
     (SELECT) one LEFT JOIN (SELECT run_id, product_ids, computed_at FROM ({RANKED})) ranking ON true
"""  # noqa: S608 - constants


class Named(NamedTuple):
    """Somebody as other programs call them: the shop's number for a customer, or a visitor's id."""

    number: str
    visitor_id: UUID | None


@dataclass(frozen=True)
class Facts:
    """What is stored of one shopper; arrays of one group belong together by position.

    `customer_id`: None where nobody is known by that name. `consent` is the last word about personalisation;
    None: never answered.
    `shown` are the products of the last lists, one after the other; `shown_at` when these lists were, the
    oldest first. `traits` are rows of key, kind, key of
    the kind, label, translations, strength (None: only removed), and whether the shopper took it away.
    """

    customer_id: int | None
    consent: bool | None
    events: list[tuple[str, int, datetime]]
    event_vectors: Vectors
    purchases: dict[int, tuple[int, datetime, datetime]]
    orders: list[tuple[int, datetime]]
    order_vectors: Vectors
    refusals: list[tuple[str, int | None]]
    run_id: int | None
    ranked_ids: list[int]
    ranked_at: datetime | None
    traits: list[list[Any]]
    shown: list[int]
    shown_at: list[datetime]


def customer_named(named: Named) -> Customer | None:
    """Whoever is meant, by the key alone; None where nobody is known by that name."""
    found = rows_of("recommendations_named", NAMED, "text, uuid", *named)
    return customer_of(found[0][0]) if found else None


def customer_of(key: int) -> Customer:
    """A customer of whom only the key is read."""
    return Customer.from_db(DEFAULT_DB_ALIAS, ["id", "merged_into_id"], [key, None])


def asked_as(shopper: Customer | Named) -> tuple[str, UUID | None, int | None]:
    """What `WHO` wants to be told."""
    return (*shopper, None) if isinstance(shopper, Named) else ("", None, shopper.pk)


def facts_of(shopper: Customer | Named, *, run_id: int | None) -> Facts:
    """`run_id`: the run of the ranker that serves; None: the live one. One statement."""
    given = (*asked_as(shopper), run_id)
    customer_id, consent, *row = row_of("recommendations_facts", FACTS, "text, uuid, bigint, bigint", *given)
    return Facts(
        customer_id=customer_id,
        consent=consent,
        events=zipped(*row[0:3]),
        event_vectors=vectors_from(row[3]),
        purchases={product: tuple(rest) for product, *rest in zipped(*row[4:8])},
        orders=zipped(*row[8:10]),
        order_vectors=vectors_from(row[10]),
        refusals=zipped(*row[11:13]),
        run_id=row[13],
        ranked_ids=row[14] or [],
        ranked_at=row[15],
        traits=row[16] or [],
        shown=row[17] or [],
        shown_at=row[18] or [],
    )


def zipped(*columns: list[Any] | None) -> list[Any]:
    return list(zip(*(column or () for column in columns), strict=True))


def vectors_from(sent: Any) -> Vectors:
    """Rows of as many `halfvec_send` as were put together."""
    rows = np.frombuffer(sent or b"", ">f2").reshape(-1, SENT_BYTES // 2)
    return rows[:, 2:].astype(np.float32)
