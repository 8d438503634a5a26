"""One plan for every search: take the query apart, gather candidates by meaning and words, blend, order."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings as project
from django.utils.translation import get_language

from ecommerce_ai.inference.registry import EncoderUnavailable, encode_query
from ecommerce_ai.shop.models import Product
from ecommerce_ai.shop.models.catalog import ProductQuerySet
from recommendations.ml.documents import Vectors
from recommendations.ml.search.blend import Floats, features_of, lexical_scores
from recommendations.ml.search.parsing import Draft, parse, repaired_query
from recommendations.ml.search.prices import price_words
from recommendations.ml.search.understanding import Understanding, understand
from recommendations.selectors.results import Recommendation
from recommendations.selectors.search.candidates import (
    gathered,
    matching_products,
    nearest_products,
    serving_products,
)
from recommendations.selectors.search.conditions import Scope, attribute_constraints, price_constraint
from recommendations.selectors.search.exact import exact_hits, phrase_hits
from recommendations.selectors.search.merchant import pinned, synonyms_in
from recommendations.selectors.search.personal import personal_order
from recommendations.selectors.search.reasons import Found, reason_of
from recommendations.selectors.search.results import Constraint, Road, SearchOptions, SearchResults
from recommendations.selectors.search.settings import SHIPPED, SearchSettings
from recommendations.selectors.search.vocabulary import documents_of, most_documents, repairs_of

MAX_QUERY = 300
# A page never shows more than these: what comes after the two-hundredth product answers no question.
MAX_RESULTS = 200
DEFAULTS = SearchOptions()


@dataclass(frozen=True)
class Plan:
    """A query understood: what to look for, and among which products."""

    query: str
    understanding: Understanding
    scope: Scope

    @property
    def constraints(self) -> tuple[Constraint, ...]:
        return self.scope.constraints


def search_products(
    query: str,
    *,
    limit: int = 24,
    offset: int = 0,
    within: ProductQuerySet | None = None,
    options: SearchOptions = DEFAULTS,
) -> SearchResults:
    """Buyable products for what somebody typed, best first; only those of `within` where it is given."""
    query = cleaned(query)
    if not query:
        return SearchResults(query="", items=(), product_ids=(), road=Road.WORDS)
    plan = planned(query, within, options)
    road, found = ranked(plan, options.settings)
    relaxed = () if found else plan.constraints
    if relaxed:
        plan = planned(query, within, replace(options, dropped=frozenset({"*"})))
        road, found = ranked(plan, options.settings)
    found, is_personal = personal_order(found, options)
    found = phrase_first(phrase_hits(query, [hit.product_id for hit in found]), found)
    found = exact_first(exact_hits(query, products_of(within)), found)
    found = pinned(query, found, products_of(within), options)
    return SearchResults(
        query=query,
        items=loaded(found[offset : offset + limit], plan.understanding),
        product_ids=tuple(hit.product_id for hit in found),
        road=road,
        constraints=plan.constraints,
        did_you_mean=plan.understanding.repaired,
        highlights=highlights(plan.understanding),
        language=plan.understanding.language,
        is_personal=is_personal,
        relaxed=relaxed,
    )


def cleaned(query: str) -> str:
    """Without control characters and doubled spaces, and not longer than anybody types."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", query).split())[:MAX_QUERY]


def planned(query: str, within: ProductQuerySet | None, options: SearchOptions) -> Plan:
    """Read the query with the shop's vocabulary; conditions leave the words and narrow the products."""
    constraints, rest = [], query
    if price := price_words(query):
        # Taken away as a condition, a price is still no name of goods.
        rest = query.replace(price.words, " ", 1).strip() or query
        if is_kept(price_constraint(price), options):
            constraints.append(price_constraint(price))
    draft = parse(
        rest, expected=expected_language(), synonyms=synonyms_in(rest, with_drafts=options.with_drafts)
    )
    for _part, constraint in attribute_constraints(draft):
        if is_kept(constraint, options):
            constraints.append(constraint)
    return Plan(query, understood(draft, options), Scope(within, tuple(constraints)))


def is_kept(constraint: Constraint, options: SearchOptions) -> bool:
    return not {constraint.key, "*"} & options.dropped


def expected_language() -> str:
    return (get_language() or "en").partition("-")[0]


def understood(draft: Draft, options: SearchOptions) -> Understanding:
    """With slips repaired: the words as they were meant are taken apart again."""
    documents, repaired = documents_of(draft.lexemes()), ""
    slips = draft.unknown_words(documents) if options.is_repairing and not draft.is_told else []
    if repairs := repairs_of(slips, draft.language):
        repaired = repaired_query(draft.query, repairs)
        draft = parse(repaired, expected=draft.language)
        documents |= documents_of(draft.lexemes())
    return understand(draft, documents=documents, products=most_documents(), repaired=repaired)


def ranked(plan: Plan, settings: SearchSettings) -> tuple[Road, list[Found]]:
    """By meaning and words together; by words alone while the encoder is away."""
    terms, goods, scope = plan.understanding.terms, plan.understanding.goods, plan.scope
    candidates = [*serving_products(goods, scope), *matching_products(terms, scope)]
    vector = query_vector(plan.understanding.text)
    if vector is not None:
        candidates = list(dict.fromkeys([*nearest_products(vector, scope), *candidates]))
    rows = gathered(candidates, vector, [*terms, *goods])
    if not rows.product_ids:
        return Road.WORDS, []
    if vector is None:
        scores, least = lexical_scores(plan.understanding, rows.evidence), 1e-9
    else:
        scores = settings.blend.probabilities(features_of(plan.understanding, rows.evidence))
        least = least_score(scores, settings)
    order = np.argsort(-scores, kind="stable")[:MAX_RESULTS]
    shelf_cosines = np.nan_to_num(rows.evidence.shelf_cosines)
    found = [
        Found(
            rows.product_ids[row],
            float(scores[row]),
            rows.evidence.matches[row],
            float(shelf_cosines[row]),
        )
        for row in order
        if scores[row] >= least
    ]
    return (Road.WORDS if vector is None else Road.MEANING), found


def least_score(scores: Floats, settings: SearchSettings = SHIPPED) -> float:
    """What a product must reach to be about the query at all."""
    return max(settings.least_chance, settings.least_share * float(scores.max(initial=0.0)))


def query_vector(text: str) -> Vectors | None:
    """None while the encoder is away or too slow."""
    try:
        return encode_query(text, timeout_s=project.SEARCH_ENCODER_TIMEOUT_S)
    except EncoderUnavailable:
        return None


def products_of(within: ProductQuerySet | None) -> ProductQuerySet:
    return (Product.objects.all() if within is None else within).buyable()


def phrase_first(titled: Collection[int], found: list[Found]) -> list[Found]:
    """What says all of it in one phrase goes before what has its words here and there."""
    best = max((hit.score for hit in found), default=0.0)
    first = [replace(hit, score=best) for hit in found if hit.product_id in titled]
    return first + [hit for hit in found if hit.product_id not in titled]


def exact_first(exact: Sequence[int], found: list[Found]) -> list[Found]:
    """A product's own number or title, typed out, is that product."""
    known = {hit.product_id: hit for hit in found}
    first = [replace(known.get(pk, Found(pk, 1.0)), score=1.0, is_exact=True) for pk in exact]
    return first + [hit for hit in found if hit.product_id not in exact]


def loaded(hits: Sequence[Found], understanding: Understanding) -> tuple[Recommendation, ...]:
    """The products of one page, each with why; one that vanished meanwhile is left out."""
    products = Product.objects.select_related("category").in_bulk([hit.product_id for hit in hits])
    return tuple(
        Recommendation(products[hit.product_id], hit.score, reason_of(hit, understanding))
        for hit in hits
        if hit.product_id in products
    )


def highlights(understanding: Understanding) -> tuple[str, ...]:
    """Stems of what was asked and of what it may also be called, of the words that the shop has."""
    terms = [*understanding.terms, *understanding.goods]
    return tuple(sorted({lexeme for term in terms if term.is_known for lexeme in term.lexemes}))
