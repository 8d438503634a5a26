"""The made-up shops that `manage.py bench search` searches: any size, told in the words of the taxonomy.

Vectors are made of the encoder's own of the parts of each product, so that queries, encoded for real, meet
neighbours at all distances: of 2,465 products the nearest has a cosine of 0.70, the tenth 0.48, the hundredth
0.31; in a real-sounding catalogue (`retail-demo-store`) these are 0.76, 0.57 and 0.39. Words are as
unevenly spread as in real shops: a thing is in one of some hundred titles, a colour or a material in one of
twenty products, the words of a description in one of four.
"""

import csv
import io
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files

import numpy as np
from django.core.management import call_command
from django.db import connection

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.shop.benchmarks import administer, scratch_database
from recommendations.benchmarks.catalogue import INDEX
from recommendations.ml.documents import Vectors
from recommendations.ml.search.taxonomy import rows
from recommendations.models import DIMENSIONS
from recommendations.services import count_words, index_products

WORDS_INDEX = "searchdocument_words"
BATCH, QUERIES = 20_000, 400
# How much of a product's vector is its quality, its two sentences, each of its details, and its very own.
QUALITY, SENTENCE, DETAIL, OWN = 0.6, 0.15, 0.35, 0.1
DETAILS = 3
SENTENCES = (
    "Soft and warm, made for every day at home.",
    "A gift for the whole family, easy to clean.",
    "Light to carry, strong in use, made to last.",
    "For the kitchen, the garden and wherever there is a table.",
    "Natural fibres, dyed by hand in a small workshop.",
    "Fits small rooms and large ones; comes in a box.",
    "Keeps its shape after many washes and long journeys.",
    "Safe for children, tested for years of play.",
)
PRODUCTS = """
    INSERT INTO shop_category (name, slug, path, position, image, translations)
    SELECT 'Shelf ' || n, 'shelf-' || n, 'shelf-' || n, n, '', '{}' FROM generate_series(1, 200) n;
    INSERT INTO shop_product (id, sku, title, description, brand, category_id, attributes, price, currency,
        stock, language, translations, image, is_live, created_at, updated_at)
    SELECT n, 'P' || n,
        (%(qualities)s::text[])[1 + (n / 7) %% cardinality(%(qualities)s::text[])] || ' '
            || (%(goods)s::text[])[1 + n %% cardinality(%(goods)s::text[])],
        (%(sentences)s::text[])[1 + (n / 11) %% 8] || ' ' || (%(sentences)s::text[])[1 + (n / 13) %% 8],
        'Brand ' || n %% 300, (SELECT min(id) FROM shop_category) + n %% 200,
        jsonb_build_object('colour', (%(colours)s::text[])[1 + (n / 17) %% 20],
            'material', (%(materials)s::text[])[1 + (n / 19) %% 20]),
        5 + n %% 90, 'GBP', 10, 'en', '{}', '', true, now(), now()
    FROM generate_series(1, %(products)s) n;
    ANALYZE shop_product;
"""
# What every row of the vectors' table shares needs no place in the rows that are copied in.
SHARED = """
    ALTER TABLE recommendations_productvector ALTER agreement SET DEFAULT 0,
        ALTER encoder SET DEFAULT 'bench', ALTER content_hash SET DEFAULT '',
        ALTER updated_at SET DEFAULT now()
"""
COPY = "COPY recommendations_productvector (product_id, embedding) FROM STDIN (FORMAT binary)"
REMEMBERED = "SELECT description FROM pg_database JOIN pg_shdescription ON objoid = oid WHERE datname = %s"


@contextmanager
def made_up_shop(products: int) -> Iterator[float]:
    """The shop's database in place of the own one; the seconds that its vectors' index took to build.

    With BENCH_KEEP set the database stays, and is found again by the next run: only measuring has to have the
    machine for itself.
    """
    if not os.environ.get("BENCH_KEEP"):
        with scratch_database():
            yield fill(products)
        return
    name, own = f"ecommerce_ai_kept_{products}", connection.settings_dict["NAME"]
    known = build_seconds_of(name)
    if known is None:
        administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        administer(f"CREATE DATABASE {name}")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        if known is None:
            call_command("migrate", verbosity=0)
            known = fill(products)
            administer(f"COMMENT ON DATABASE {name} IS '{known}'")
        yield known
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def build_seconds_of(database: str) -> float | None:
    """What a finished shop remembers of its building; None for one that is not there or half done."""
    with connection.cursor() as cursor:
        cursor.execute(REMEMBERED, [database])
        found = cursor.fetchone()
    return float(found[0]) if found else None


def fill(products: int) -> float:
    """Products, their words and vectors; the seconds that the vectors' index took."""
    told = {
        "qualities": [*names("quality"), *names("colour")],
        "goods": names("good"),
        "sentences": list(SENTENCES),
        "details": [row["en"].replace("/", ";").split(";")[0] for row in rows()] + needs(),
        "colours": names("colour")[:20],
        "materials": names("material")[:20],
    }
    with connection.cursor() as cursor:
        of_vectors, of_words = taken_away(INDEX), taken_away(WORDS_INDEX)
        cursor.execute("SET maintenance_work_mem = '3GB'")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(PRODUCTS, {**told, "products": products})
        index_products(batch_size=10_000)
        cursor.execute(of_words)
        copy_vectors(products, told)
        started = time.perf_counter()
        cursor.execute(of_vectors)
        seconds = time.perf_counter() - started
        count_words()
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET maintenance_work_mem")
    return seconds


def taken_away(index: str) -> str:
    """The statement that builds the index again, which is faster than filling it row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index])
        definition = cursor.fetchone()[0]
        cursor.execute(f"DROP INDEX {index}")
    return str(definition)


def copy_vectors(products: int, told: Mapping[str, Sequence[str]]) -> None:
    """What a product's parts mean, added up as the encoder adds up words, and a little of its own.

    What all short texts have in common is in each vector once, not once for each part.
    """
    chance, parts = np.random.default_rng(1), centred_parts(told)
    with connection.cursor() as cursor:
        cursor.execute(SHARED)
        for first in range(1, products + 1, BATCH):
            keys = np.arange(first, min(first + BATCH, products + 1))
            cursor.copy_expert(COPY, io.BytesIO(binary(keys, summed(keys, parts, chance))), 1 << 20)


def centred_parts(told: Mapping[str, Sequence[str]]) -> dict[str, Vectors]:
    """The encoder's vectors of each kind of part without their mean, which is the part "common"."""
    encode = get_encoder().encode_documents
    parts = {name: encode(list(told[name])) for name in ("goods", "qualities", "sentences", "details")}
    common = np.concatenate(list(parts.values())).mean(axis=0)
    return {name: vectors - common for name, vectors in parts.items()} | {"common": common}


def summed(
    keys: "np.typing.NDArray[np.int64]", parts: Mapping[str, Vectors], chance: np.random.Generator
) -> Vectors:
    """One vector for each product, not normalised."""
    goods, qualities, sentences = parts["goods"], parts["qualities"], parts["sentences"]
    vectors = parts["common"] + goods[keys % len(goods)] + QUALITY * qualities[keys // 7 % len(qualities)]
    vectors += SENTENCE * (sentences[keys // 11 % len(sentences)] + sentences[keys // 13 % len(sentences)])
    for _detail in range(DETAILS):
        vectors += DETAIL * parts["details"][chance.integers(0, len(parts["details"]), len(keys))]
    own = chance.standard_normal(vectors.shape, np.float32) / np.sqrt(DIMENSIONS)
    return np.asarray(vectors + OWN * own, np.float32)


def needs() -> list[str]:
    """Whole needs, as the search knows them."""
    text = (files("recommendations.ml.search") / "needs.csv").read_text(encoding="utf-8")
    return sorted({row["query"] for row in csv.DictReader(text.splitlines())})


def binary(keys: "np.typing.NDArray[np.int64]", vectors: Vectors) -> bytes:
    """Rows in PostgreSQL's binary COPY format."""
    row = np.dtype(
        [("fields", ">i2"), ("a", ">i4"), ("key", ">i8"), ("b", ">i4"), ("size", ">i2"), ("zero", ">i2"),
         ("vector", ">f4", DIMENSIONS)]
    )  # fmt: skip
    packed = np.zeros(len(keys), row)
    packed["fields"], packed["a"], packed["key"], packed["b"] = 2, 8, keys, 4 + 4 * DIMENSIONS
    packed["size"], packed["vector"] = DIMENSIONS, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return b"PGCOPY\n\xff\r\n\0" + bytes(8) + packed.tobytes() + b"\xff\xff"


def names(kind: str) -> list[str]:
    """English names of the taxonomy's rows of one kind."""
    return [row["en"].replace("/", ";").split(";")[0] for row in rows() if row["kind"] == kind]


def queries() -> list[str]:
    """What somebody may type: things, with a quality, a colour or a price, slips, Chinese, whole needs."""
    goods, qualities, colours = names("good"), names("quality"), names("colour")[:20]
    chance = np.random.default_rng(3)
    goods = [str(name) for name in chance.permutation(goods)]
    chinese = [row["zh"].split(";")[0] for row in rows() if row["kind"] == "good"]
    kinds = (
        goods,
        [f"{qualities[place % len(qualities)]} {name}" for place, name in enumerate(goods)],
        [f"{colours[place % len(colours)]} {name}" for place, name in enumerate(goods)],
        [f"{name} under {20 + place % 50}" for place, name in enumerate(goods)],
        [name[:2] + name[3:] for name in goods if len(name) > 6],
        [str(name) for name in chance.permutation(chinese)],
        [str(need) for need in chance.permutation(needs())],
        [sentence.rstrip(".") for sentence in SENTENCES],
    )
    mixed = [query for kind in kinds for query in kind[: QUERIES // 7]]
    return [str(query) for query in chance.permutation(mixed)][:QUERIES]
