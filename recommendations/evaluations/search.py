"""`manage.py evaluate search`: the search that serves, on judged queries, beside two baselines."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np
from django.test.utils import override_settings
from django.utils.text import slugify
from django.utils.translation import override

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.measurement import Evaluation, Metric, evaluation
from ecommerce_ai.shop.models import Category, Product
from recommendations.evaluations.scratch import gather_statistics, scratch_tables
from recommendations.ml.documents import Vectors
from recommendations.ml.metrics import bootstrap_interval, ndcg
from recommendations.models import (
    FacetPhrase,
    ProductVector,
    SearchDocument,
    SearchPin,
    SearchWord,
    ShelfVector,
    Synonym,
)
from recommendations.selectors.search import search_products
from recommendations.services import count_words, embed_products, index_products

DEPTH = 10
OWN_COLUMNS = {"sku", "title", "description", "category", "brand", "price", "currency", "stock"}
TABLES = (
    Category,
    Product,
    ShelfVector,
    ProductVector,
    SearchDocument,
    SearchWord,
    FacetPhrase,
    Synonym,
    SearchPin,
)
Ranking = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Query:
    text: str
    kind: str


@dataclass(frozen=True)
class JudgedSearch:
    """Products as rows of the file, queries, and for each query the grade of each judged product."""

    products: list[dict[str, str]]
    queries: list[Query]
    grades: dict[str, dict[str, int]]

    @property
    def skus(self) -> list[str]:
        return [row["sku"] for row in self.products]

    @property
    def texts(self) -> list[str]:
        return [f"{row['title']}. {row['description']}" for row in self.products]


@evaluation("search")
def search(folder: Path, options: dict[str, str]) -> Evaluation:
    """nDCG@10 overall and by kind of query: the shop's own `search_products` on these products.

    Baselines: the encoder on title and description, and BM25 on all words.
    """
    data = load(folder)
    with shop_of(data):
        served = by_part(data, served_ranking)
    baselines = {"encoder": encoder_ranking(data), "bm25": bm25_ranking(data)}
    return Evaluation(
        dataset=folder.name,
        n=len(data.queries),
        metrics={
            part: Metric(float(np.mean(values)), *bootstrap_interval(values))
            for part, values in served.items()
        },
        baselines={
            name: {part: float(np.mean(values)) for part, values in by_part(data, ranking).items()}
            for name, ranking in baselines.items()
        },
    )


def load(folder: Path) -> JudgedSearch:
    grades = defaultdict[str, dict[str, int]](dict)
    for row in rows(folder / "judgments.csv"):
        grades[row["query"]][row["sku"]] = int(row["grade"])
    return JudgedSearch(
        products=rows(folder / "products.csv"),
        queries=[Query(row["query"], row["kind"]) for row in rows(folder / "queries.csv")],
        grades=dict(grades),
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@contextmanager
def shop_of(data: JudgedSearch) -> Iterator[None]:
    """A shop with these products and nothing else, with everything that search reads."""
    # Quality is measured here: on a busy machine a late vector would turn meaning into words.
    with scratch_tables(TABLES), override("en"), override_settings(SEARCH_ENCODER_TIMEOUT_S=60.0):
        shelves = shelves_of(data)
        Product.objects.bulk_create([product_of(row, shelves) for row in data.products], batch_size=1000)
        embed_products()
        index_products()
        count_words()
        gather_statistics(TABLES)
        yield


def shelves_of(data: JudgedSearch) -> dict[str, Category]:
    names = dict.fromkeys(row["category"] for row in data.products if row.get("category"))
    shelves = [
        Category(name=name, slug=slugify(name, allow_unicode=True) or f"shelf-{place}")
        for place, name in enumerate(names)
    ]
    for place, shelf in enumerate(shelves):
        shelf.slug = (
            f"{shelf.slug}-{place}" if shelf.slug in {each.slug for each in shelves[:place]} else shelf.slug
        )
        shelf.path = shelf.slug
    return dict(zip(names, Category.objects.bulk_create(shelves), strict=True))


def product_of(row: dict[str, str], shelves: dict[str, Category]) -> Product:
    """As the importer keeps it: columns that are no field of a product are its attributes.

    Everything can be bought: what is judged is what was found, not what is in stock.
    """
    return Product(
        sku=row["sku"],
        title=row["title"],
        description=row["description"],
        brand=row.get("brand", ""),
        category=shelves.get(row.get("category", "")),
        attributes={name: value for name, value in row.items() if name not in OWN_COLUMNS and value},
        price=price_of(row),
        currency=row.get("currency") or "USD",
    )


def price_of(row: dict[str, str]) -> Decimal:
    try:
        return Decimal(row.get("price") or "0")
    except InvalidOperation:
        return Decimal(0)


def by_part(data: JudgedSearch, ranking: Ranking) -> dict[str, list[float]]:
    """nDCG of each query, under `ndcg@10` and under its kind."""
    found: dict[str, list[float]] = defaultdict(list)
    for query in data.queries:
        grades = data.grades.get(query.text, {})
        ranked = [grades.get(sku, 0) for sku in ranking(query.text)[:DEPTH]]
        for part in (f"ndcg@{DEPTH}", f"{query.kind}/ndcg@{DEPTH}"):
            found[part].append(ndcg(ranked, list(grades.values()), depth=DEPTH))
    return found


def served_ranking(query: str) -> list[str]:
    get_encoder()
    return [item.product.sku for item in search_products(query, limit=DEPTH).items]


def encoder_ranking(data: JudgedSearch) -> Ranking:
    encoder, skus = get_encoder(), np.array(data.skus)
    vectors = encoder.encode_documents(data.texts)
    return lambda query: best(skus, vectors @ encoder.encode_queries([query])[0])


def bm25_ranking(data: JudgedSearch) -> Ranking:
    import bm25s
    import Stemmer

    stemmer, skus = Stemmer.Stemmer("english"), np.array(data.skus)
    texts = [" ".join(row.values()) for row in data.products]
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, stemmer=stemmer, show_progress=False), show_progress=False)

    def ranking(query: str) -> Sequence[str]:
        words = bm25s.tokenize([query], stemmer=stemmer, return_ids=False, show_progress=False)[0]
        return best(skus, index.get_scores(words))

    return ranking


def best(skus: "np.typing.NDArray[np.str_]", scores: Vectors) -> list[str]:
    return [str(sku) for sku in skus[np.argsort(-scores, kind="stable")[:DEPTH]]]
