"""The candidates for one shopper, from every source: what can be bought, with vectors, in one statement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper

from ecommerce_ai.kept import Kept
from recommendations.ml.documents import Vectors
from recommendations.models import ItemNeighbours
from recommendations.selectors.facts import HALF, vectors_from, zipped
from recommendations.selectors.nearest import MAX_SCANNED
from recommendations.selectors.statements import row_of, rows_of

# As many as a list shows and chance may draw from; literals in the statement, for without a known number
# the index is not used. It looks a little farther and goes on where filters leave too few.
SHORT_LIST = 12
NEAREST, NEAREST_OF_LONG, SCANNED = 32, 72, 40
COMPANIONS = 8
LONGEST_PART = 10_000  # of a unit vector as it is sent: more digits than half precision keeps
BASKETS = (ItemNeighbours.Kind.TOGETHER_RELAXED, ItemNeighbours.Kind.COLLABORATIVE)
# $1 the taste, $2 what is in no list, $3 what is not looked for again, $4 what others proposed,
# $5 what baskets are asked about, $6 the traits that count, $7 since when a product is new to the ranking,
# $8 whether rules ask for shelves and brands.
CANDIDATES = f"""
WITH near AS MATERIALIZED (
  SELECT v.product_id, c.path, p.brand, p.created_at, v.embedding
  FROM recommendations_productvector v JOIN shop_product p ON p.id = v.product_id
  LEFT JOIN shop_category c ON c.id = CASE WHEN $8 THEN p.category_id END
  WHERE $1 IS NOT NULL AND p.is_live AND (p.stock IS NULL OR p.stock > 0) AND v.product_id <> ALL ($2 || $3)
  ORDER BY v.embedding::{HALF} <=> $1 LIMIT %(nearest)s
), beside AS MATERIALIZED (
  SELECT n.product_id, n.product_ids[1:{COMPANIONS}] AS companions, n.scores[1:{COMPANIONS}] AS scores
  FROM recommendations_itemneighbours n
  WHERE n.product_id = ANY ($5) AND n.kind IN ({", ".join(f"'{kind}'" for kind in BASKETS)})
), found AS MATERIALIZED (
  SELECT * FROM near
  UNION ALL
  SELECT p.id, c.path, p.brand, p.created_at, v.embedding
  FROM shop_product p JOIN recommendations_productvector v ON v.product_id = p.id
  LEFT JOIN shop_category c ON c.id = CASE WHEN $8 THEN p.category_id END
  WHERE p.id = ANY (ARRAY(
      (SELECT unnest($4) UNION SELECT unnest(companions) FROM beside)
      EXCEPT (SELECT unnest($2) UNION ALL SELECT product_id FROM near)
    )) AND p.is_live AND (p.stock IS NULL OR p.stock > 0)
)
SELECT found.*, beside.*, carried.*
FROM (SELECT array_agg(product_id), string_agg(halfvec_send(embedding::{HALF}), ''),
             array_agg(coalesce(path, '')) FILTER (WHERE $8), array_agg(brand) FILTER (WHERE $8),
             array_agg(product_id) FILTER (WHERE created_at > $7)
      FROM (SELECT * FROM found ORDER BY product_id) found) found,
     (SELECT json_agg(json_build_array(product_id, companions, scores)) FROM beside) beside,
     (SELECT array_agg(product_id), array_agg(trait_id) FROM profiles_producttrait
      WHERE product_id = ANY (ARRAY(SELECT product_id FROM found)) AND trait_id = ANY ($6)) carried
"""  # noqa: S608 - constants
NEWEST = "SELECT created_at FROM shop_product ORDER BY id DESC LIMIT 1"
TYPES = f"{HALF}, bigint[], bigint[], bigint[], bigint[], bigint[], timestamptz, bool"


class Goods(NamedTuple):
    """A product as rules know it."""

    product_id: int
    shelf: str = ""
    brand: str = ""


@dataclass(frozen=True)
class Candidates:
    """Buyable products by row, each once, by key: equals keep one order, whatever road the planner takes.

    `vectors` has a row for each. `goods` names shelves and brands where they were asked for.
    `newcomers`: keys of those that are younger than the shopper's ranking.
    """

    product_ids: list[int]
    vectors: Vectors
    goods: list[Goods]
    newcomers: Collection[int] = ()

    def __len__(self) -> int:
        return len(self.product_ids)

    @cached_property
    def rows(self) -> dict[int, int]:
        """Row by key."""
        return {product_id: row for row, product_id in enumerate(self.product_ids)}


class Companion(NamedTuple):
    """A candidate that baskets put beside something the shopper dealt with; `strength` 0 to 1."""

    product_id: int
    of_product_id: int
    strength: float


@dataclass(frozen=True)
class Wishes:
    """What candidates are looked for: near a taste, beside some products, and these themselves.

    `excluded` is in no list, `known` is not looked for again. `traits`: keys of those that count. `limit`: of
    the list. `since`: when the shopper was ranked. `is_ruled`: whether rules will ask for shelves and brands.
    """

    taste: Vectors | None
    excluded: Collection[int]
    known: Collection[int]
    proposed: Collection[int]
    dealt_with: Sequence[int]
    traits: Collection[int]
    since: datetime | None
    is_ruled: bool
    limit: int


@dataclass(frozen=True)
class Found:
    """Candidates, what baskets put where, and (product, trait)."""

    candidates: Candidates
    companions: list[Companion]
    carried: list[tuple[int, int]]


def found_for(wishes: Wishes) -> Found:
    """One statement: the HNSW index, the neighbours, and the rows of everything."""
    lists = (wishes.excluded, wishes.known, wishes.proposed, wishes.dealt_with, wishes.traits)
    given = [as_text(wishes.taste), *map(list, lists), wishes.since, wishes.is_ruled]
    nearest = NEAREST if wishes.limit <= SHORT_LIST else NEAREST_OF_LONG
    row = row_of(f"recommendations_candidates_{nearest}", CANDIDATES % {"nearest": nearest}, TYPES, *given)
    keys = row[0] or []
    return Found(
        candidates=Candidates(
            product_ids=keys,
            vectors=vectors_from(row[1]),
            goods=list(map(Goods, keys, *(row[2:4] if wishes.is_ruled and keys else ()))),
            newcomers=row[4] or (),
        ),
        companions=companions_from(row[5] or []),
        carried=zipped(*row[6:8]),
    )


def read_newest(_of: str) -> datetime | None:
    found = rows_of("recommendations_newest", NEWEST, "")
    return found[0][0] if found else None


# When the last product came into the shop.
newest_product_at = Kept(read_newest)


def as_text(vector: Vectors | None) -> str | None:
    """A direction as pgvector reads it: cosines know no length, so whole numbers do."""
    return None if vector is None else str(np.rint(vector * LONGEST_PART).astype(int).tolist())


def companions_from(beside: Sequence[tuple[int, list[int], list[float]]]) -> list[Companion]:
    """The best of each list has strength 1."""
    return [
        Companion(product_id, of_product, score / scores[0])
        for of_product, products, scores in beside
        for product_id, score in zip(products, scores, strict=True)
        if scores[0] > 0
    ]


def prepare_scans(connection: BaseDatabaseWrapper) -> None:
    """On a new connection, for good, what `filtered_scan` sets for each scan at the cost of three answers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('hnsw.iterative_scan', 'strict_order', false),"
            " set_config('hnsw.ef_search', %s, false), set_config('hnsw.max_scan_tuples', %s, false)",
            [str(SCANNED), str(MAX_SCANNED)],
        )
