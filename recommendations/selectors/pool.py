"""The candidates for one shopper, from every source: what can be bought, with vectors, in one statement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
from django.db.backends.base.base import BaseDatabaseWrapper

from recommendations.ml.documents import Vectors
from recommendations.models import DIMENSIONS, ItemNeighbours
from recommendations.selectors.facts import vectors_from, zipped
from recommendations.selectors.nearest import MAX_SCANNED
from recommendations.selectors.statements import row_of

# The index looks a little farther than is asked for: it starts anew when filters leave too few.
NEAREST, SCANNED = 50, 64
FROM_RANKING = 80
COMPANIONS = 8
BASKETS = (ItemNeighbours.Kind.TOGETHER_RELAXED, ItemNeighbours.Kind.COLLABORATIVE)
# $1 the taste, $2 what is in no list, $3 what is not looked for again, $4 what others proposed,
# $5 what baskets are asked about, $6 the traits that count.
CANDIDATES = f"""
WITH near AS MATERIALIZED (
  SELECT v.product_id, c.path, p.brand, p.created_at, v.embedding
  FROM recommendations_productvector v JOIN shop_product p ON p.id = v.product_id
  LEFT JOIN shop_category c ON c.id = p.category_id
  WHERE $1 IS NOT NULL AND p.is_live AND (p.stock IS NULL OR p.stock > 0) AND v.product_id <> ALL ($2 || $3)
  ORDER BY v.embedding::halfvec({DIMENSIONS}) <=> $1 LIMIT {NEAREST}
), beside AS MATERIALIZED (
  SELECT n.product_id, n.product_ids[1:{COMPANIONS}] AS companions, n.scores[1:{COMPANIONS}] AS scores
  FROM recommendations_itemneighbours n
  WHERE n.product_id = ANY ($5) AND n.kind IN ({", ".join(f"'{kind}'" for kind in BASKETS)})
), found AS MATERIALIZED (
  SELECT * FROM near
  UNION ALL
  SELECT p.id, c.path, p.brand, p.created_at, v.embedding
  FROM shop_product p JOIN recommendations_productvector v ON v.product_id = p.id
  LEFT JOIN shop_category c ON c.id = p.category_id
  WHERE p.id = ANY (ARRAY(
      (SELECT unnest($4) UNION SELECT unnest(companions) FROM beside)
      EXCEPT (SELECT unnest($2) UNION ALL SELECT product_id FROM near)
    )) AND p.is_live AND (p.stock IS NULL OR p.stock > 0)
)
SELECT found.*, beside.*, carried.*
FROM (SELECT array_agg(product_id), array_agg(path), array_agg(brand), array_agg(created_at),
             string_agg(vector_send(embedding), '') FROM found) found,
     (SELECT json_agg(json_build_array(product_id, companions, scores)) FROM beside) beside,
     (SELECT array_agg(product_id), array_agg(trait_id) FROM profiles_producttrait
      WHERE product_id = ANY (ARRAY(SELECT product_id FROM found)) AND trait_id = ANY ($6)) carried
"""  # noqa: S608 - constants
TYPES = f"halfvec({DIMENSIONS}), bigint[], bigint[], bigint[], bigint[], bigint[]"


@dataclass(frozen=True)
class Candidate:
    """A buyable product with what rules and reasons ask of it."""

    product_id: int
    shelf: str
    brand: str
    created_at: datetime
    vector: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Companion:
    """A candidate that baskets put beside something the shopper dealt with; `strength` 0 to 1."""

    product_id: int
    of_product_id: int
    strength: float


@dataclass(frozen=True)
class Wishes:
    """What candidates are looked for: near a taste, beside some products, and these themselves.

    `excluded` is in no list, `known` is not looked for again. `traits`: keys of those that count.
    """

    taste: Vectors | None
    excluded: Collection[int]
    known: Collection[int]
    proposed: Collection[int]
    dealt_with: Sequence[int]
    traits: Collection[int]


@dataclass(frozen=True)
class Found:
    """Candidates, each once, the nearest first; what baskets put where; (product, trait)."""

    candidates: list[Candidate]
    companions: list[Companion]
    carried: list[tuple[int, int]]


def found_for(wishes: Wishes) -> Found:
    """One statement: the HNSW index, the neighbours, and the rows of everything."""
    lists = (wishes.excluded, wishes.known, wishes.proposed, wishes.dealt_with, wishes.traits)
    row = row_of(
        "recommendations_candidates",
        CANDIDATES,
        TYPES,
        as_text(wishes.taste),
        *(list(each) for each in lists),
    )
    rows = zip(*(column or () for column in row[:4]), vectors_from(row[4]), strict=True)
    return Found(
        candidates=[Candidate(pk, shelf or "", *rest) for pk, shelf, *rest in rows],
        companions=companions_from(row[5] or []),
        carried=zipped(*row[6:8]),
    )


def as_text(vector: Vectors | None) -> str | None:
    """As pgvector reads it; half precision keeps fewer digits than these."""
    if vector is None:
        return None
    return f"[{','.join(map(str, np.round(vector.astype(np.float64), 5).tolist()))}]"


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
