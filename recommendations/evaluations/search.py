"""`manage.py evaluate search`: what serves, on judged queries, beside two baselines."""

import csv
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.measurement import Evaluation, Metric, evaluation
from recommendations.ml.documents import ProductFacts, ProductText, Vectors, product_text, product_vectors
from recommendations.ml.metrics import bootstrap_interval, ndcg

DEPTH = 10
OWN_COLUMNS = {"sku", "title", "description", "category", "brand", "price", "currency", "stock"}
Scores = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class Query:
    text: str
    kind: str


@dataclass(frozen=True)
class JudgedSearch:
    """Products, queries, and for each query the grade of each judged product."""

    skus: list[str]
    texts: list[ProductText]
    plain: list[str]
    queries: list[Query]
    grades: dict[str, dict[str, int]]


@evaluation("search")
def search(folder: Path, options: dict[str, str]) -> Evaluation:
    """nDCG@10 overall and by kind of query; baselines: the encoder on title and description, and BM25."""
    data = load(folder)
    served = by_part(data, served_scores(data))
    baselines = {"encoder": encoder_scores(data), "bm25": bm25_scores(data)}
    return Evaluation(
        dataset=folder.name,
        n=len(data.queries),
        metrics={
            part: Metric(float(np.mean(values)), *bootstrap_interval(values))
            for part, values in served.items()
        },
        baselines={
            name: {part: float(np.mean(values)) for part, values in by_part(data, scores).items()}
            for name, scores in baselines.items()
        },
    )


def load(folder: Path) -> JudgedSearch:
    products, grades = rows(folder / "products.csv"), defaultdict[str, dict[str, int]](dict)
    for row in rows(folder / "judgments.csv"):
        grades[row["query"]][row["sku"]] = int(row["grade"])
    return JudgedSearch(
        skus=[row["sku"] for row in products],
        texts=[product_text(facts(row)) for row in products],
        plain=[f"{row['title']}. {row['description']}" for row in products],
        queries=[Query(row["query"], row["kind"]) for row in rows(folder / "queries.csv")],
        grades=dict(grades),
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def facts(row: dict[str, str]) -> ProductFacts:
    """As the importer keeps them: columns that are no field of a product are its attributes."""
    return ProductFacts(
        title=row["title"],
        brand=row.get("brand", ""),
        shelves=[row["category"]] if row.get("category") else [],
        description=row["description"],
        attributes={name: value for name, value in row.items() if name not in OWN_COLUMNS},
    )


def by_part(data: JudgedSearch, scores: Scores) -> dict[str, list[float]]:
    """nDCG of each query, under `ndcg@10` and under its kind; queries without a judgment say nothing."""
    found: dict[str, list[float]] = defaultdict(list)
    table = scores([query.text for query in data.queries])
    for query, row in zip(data.queries, table, strict=True):
        grades = data.grades.get(query.text, {})
        best = np.argsort(-row, kind="stable")[:DEPTH]
        value = ndcg([grades.get(data.skus[i], 0) for i in best], list(grades.values()), depth=DEPTH)
        for part in (f"ndcg@{DEPTH}", f"{query.kind}/ndcg@{DEPTH}"):
            found[part].append(value)
    return found


def served_scores(data: JudgedSearch) -> Scores:
    encoder = get_encoder()
    vectors = product_vectors(
        encoder.encode_documents([text.document for text in data.texts]),
        encoder.encode_documents([text.shelf for text in data.texts]),
        has_shelf=[bool(text.shelf) for text in data.texts],
    )
    return lambda queries: encoder.encode_queries(queries) @ vectors.T


def encoder_scores(data: JudgedSearch) -> Scores:
    encoder = get_encoder()
    vectors = encoder.encode_documents(data.plain)
    return lambda queries: encoder.encode_queries(queries) @ vectors.T


def bm25_scores(data: JudgedSearch) -> Scores:
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25()
    index.index(
        bm25s.tokenize([text.document for text in data.texts], stemmer=stemmer, show_progress=False),
        show_progress=False,
    )

    def scores(queries: Sequence[str]) -> Vectors:
        words = bm25s.tokenize(list(queries), stemmer=stemmer, return_ids=False, show_progress=False)
        return np.stack([index.get_scores(each) for each in words]).astype(np.float32)

    return scores
