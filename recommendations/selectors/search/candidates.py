"""The products that could answer a query, from vectors and from words, and what both say of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.contrib.postgres.search import SearchRank
from django.db import connection
from django.db.models import F, FloatField, Value
from django.db.models.functions import Cast
from pgvector.django import CosineDistance, HalfVectorField

from ecommerce_ai.shop.models import Product
from recommendations.ml.documents import Vectors
from recommendations.ml.search.blend import Evidence, Floats
from recommendations.ml.search.understanding import Term
from recommendations.models import DIMENSIONS, ProductVector, SearchDocument, ShelfVector
from recommendations.selectors.nearest import filtered_scan
from recommendations.selectors.search.conditions import Scope
from recommendations.selectors.search.lexemes import TsQuery, any_of

EVERYTHING = Scope()
NEAREST, NEAREST_NARROWED = 250, 80
# Twice in sight what is taken: at 100,000 products 0.99 of the true ten are found instead of 0.96.
SIGHT = 2
MATCHING = 250
# Words that stand in so many products choose nothing by themselves, and ranking them all takes too long.
MAX_COMMON = 20_000
MAX_RANKED = 2_000
LEAST_SHELF = 4
Ints = npt.NDArray[np.int64]
# Without those it would lose, a document keeps what is asked for: faster than to look at each of its words.
LEXEMES = """
    SELECT product_id, lexeme, weights[1] FROM recommendations_searchdocument,
        unnest(ts_delete(words, tsvector_to_array(ts_delete(words, %s::text[]))))
    WHERE product_id = ANY(%s)
"""


@dataclass(frozen=True)
class Candidates:
    """Buyable products and the evidence of each, row by row."""

    product_ids: tuple[int, ...]
    evidence: Evidence


def nearest_products(vector: Vectors, scope: Scope = EVERYTHING) -> list[int]:
    """Keys of the buyable products nearest in meaning."""
    # Conditions let few of the nearest pass: a scan for as many as without them would go far astray.
    limit = NEAREST_NARROWED if scope.is_narrow else NEAREST
    half = Cast("embedding", HalfVectorField(dimensions=DIMENSIONS))
    rows = scope.narrowed(ProductVector.objects.buyable(), words="product__words__words")
    with filtered_scan(limit, ef_search=SIGHT * limit):
        return list(rows.order_by(CosineDistance(half, vector)).values_list("pk", flat=True)[:limit])


def matching_products(terms: Sequence[Term], scope: Scope = EVERYTHING) -> list[int]:
    """Keys of products with the words, best first: those with all of them, then those with any rare one."""
    if not terms:
        return []
    # A word that was not counted yet may be that of a new product: it takes part where any word is enough.
    ordered = sorted(terms, key=lambda term: term.documents)
    known = [term for term in ordered if term.is_known] or ordered
    every = matching(" & ".join(map(any_of, known)), scope)
    if len(every) >= MATCHING or len(ordered) == 1:
        return every
    rare = [term for term in ordered if term.documents <= MAX_COMMON] or ordered[:1]
    return list(dict.fromkeys([*every, *matching(" | ".join(map(any_of, rare)), scope)]))


def serving_products(goods: Sequence[Term], scope: Scope = EVERYTHING) -> list[int]:
    """Keys of products that go by the name of something that serves a need."""
    return matching(" | ".join(map(any_of, goods)), scope) if goods else []


def matching(tsquery: str, scope: Scope) -> list[int]:
    """The best of the first that match: a scan over common words must end somewhere."""
    query = TsQuery(tsquery)
    found = scope.narrowed(SearchDocument.objects.filter(words=query))
    ranked = SearchDocument.objects.filter(pk__in=found.values("pk")[:MAX_RANKED]).annotate(
        rank=SearchRank(F("words"), query, weights=[0.1, 0.3, 0.6, 1.0])
    )
    return list(ranked.order_by("-rank", "pk").values_list("pk", flat=True)[:MATCHING])


def gathered(product_ids: Sequence[int], vector: Vectors | None, terms: Iterable[Term]) -> Candidates:
    """Those of the products that can be bought, in this order, and what vectors and words say of each."""
    lexemes = sorted({lexeme for term in terms for lexeme in term.lexemes})
    products = Product.objects.buyable().filter(pk__in=product_ids).order_by()
    distance = CosineDistance("vector__embedding", vector) if vector is not None else no_number()
    told = products.annotate(distance=distance).values_list(
        "pk", "distance", "vector__shelf", "vector__agreement"
    )
    places = {pk: place for place, pk in enumerate(dict.fromkeys(product_ids))}
    rows = sorted(told, key=lambda row: places[row[0]])
    pks = tuple(pk for pk, *_ in rows)
    shelves = shelf_cosines({shelf for *_, shelf, _agreement in rows if shelf}, vector)
    return Candidates(pks, evidence_of(rows, shelves, matches_of(pks, lexemes)))


def no_number() -> Value:
    return Value(None, output_field=FloatField())


def shelf_cosines(shelves: Collection[int], vector: Vectors | None) -> dict[int, float]:
    if vector is None:
        return {}
    rows = ShelfVector.objects.filter(pk__in=shelves).annotate(distance=CosineDistance("embedding", vector))
    return {pk: 1.0 - distance for pk, distance in rows.values_list("pk", "distance")}


def matches_of(product_ids: Sequence[int], lexemes: Sequence[str]) -> dict[int, dict[str, str]]:
    """By product: which of the lexemes it has, and the field (A-D) where each stands."""
    found: dict[int, dict[str, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES, [list(lexemes), list(product_ids)])
        for product_id, lexeme, field in cursor.fetchall():
            found.setdefault(product_id, {})[lexeme] = field
    return found


def evidence_of(
    rows: Sequence[tuple[int, float | None, int | None, float | None]],
    shelves: dict[int, float],
    matches: dict[int, dict[str, str]],
) -> Evidence:
    """The cosine of the sum of two unit vectors tells each part's, given their own cosine.

    Of a product whose vector is still to be made nothing is known: its cosines are no numbers.
    """
    mixed = np.array([np.nan if distance is None else 1.0 - distance for _, distance, *_ in rows])
    agreements = np.array([agreement or 0.0 for *_, agreement in rows])
    on = np.array([shelf or 0 for *_, shelf, _ in rows])
    of_shelf = np.array([shelves.get(shelf, 0.0) if shelf else 0.0 for *_, shelf, _ in rows])
    lengths = np.where([bool(shelf) for *_, shelf, _ in rows], np.sqrt(2.0 + 2.0 * agreements), 1.0)
    return Evidence(
        text_cosines=lengths * mixed - of_shelf,
        shelf_cosines=np.where(np.isnan(mixed), np.nan, of_shelf),
        doubts=doubts_of(on, agreements),
        matches=[matches.get(pk, {}) for pk, *_ in rows],
    )


def doubts_of(shelves: Ints, agreements: Floats) -> Floats:
    """By how much less than usual on its shelf each product agrees with it; 0 where too few stand there."""
    doubts = np.zeros(len(shelves))
    for shelf in np.unique(shelves[shelves > 0]):
        own = shelves == shelf
        if own.sum() >= LEAST_SHELF:
            doubts[own] = np.maximum(np.median(agreements[own]) - agreements[own], 0.0)
    return doubts
