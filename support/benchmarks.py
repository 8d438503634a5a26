"""`manage.py bench support`: a made-up knowledge base, eight chats at once, and what a change of it costs."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

import numpy as np
from django.db import connection
from threadpoolctl import threadpool_limits

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.measurement import Measurement, benchmark
from ecommerce_ai.shop.benchmarks import scratch_database
from ecommerce_ai.shop.models import Customer
from support.models import Article, Conversation, Passage
from support.selectors.articles import EVERYONE
from support.selectors.knowledge import built_index, forget_knowledge, knowledge
from support.services.answering import answer_waiting
from support.services.articles import save_article
from support.services.conversations import Asker, open_conversation, post_message
from support.services.indexing import index_articles
from support.services.intents import train_intent_head
from support.services.starting import add_starter_intents

PASSAGES = int(os.environ.get("BENCH_PASSAGES", "10000"))
WORKERS, CHATS, CALLS, WARM_UP, PER_ARTICLE = 2, 8, 200, 16, 5
GOODS = ("kettle", "blanket", "lamp", "rug", "mug", "knife", "towel", "board", "candle", "chair")
DEEDS = ("wash", "repair", "return", "store", "clean", "insure", "engrave", "wrap", "recycle", "measure")
ARTICLES = """
    INSERT INTO support_article
        (key, language, kind, topic, title, body, status, audience, version, updated_at)
    SELECT 'a' || n, 'en', 'help', '', 'How to ' || (%(deeds)s::text[])[1 + n %% 10] || ' a '
        || (%(goods)s::text[])[1 + (n / 10) %% 10] || ' of series ' || n,
        'Body of series ' || n || '.', 'live', 'everyone', 1, now() FROM generate_series(1, %(count)s) n;
    INSERT INTO support_articleversion (article_id, number, title, body, changed_at)
    SELECT id, 1, title, body, now() FROM support_article;
    INSERT INTO support_passage (article_id, version, start, text, content_hash, encoder, updated_at)
    SELECT id, 1, piece * 1000, title || ', part ' || piece || ': allow ' || id %% 28 || ' days, use method '
        || piece || ' and keep series ' || id || ' away from the sun.', '', 'bench', now()
    FROM support_article, generate_series(0, %(pieces)s - 1) piece;
"""
INDEX = "passage_near"
SPREAD = """
    UPDATE support_passage SET embedding = given.vector::vector
    FROM unnest(%s::bigint[], %s::text[]) AS given (id, vector) WHERE support_passage.id = given.id
"""


@benchmark("support")
def measure_support() -> list[Measurement]:
    """p95 of a whole offline answer, from message to stored reply; a retraining; a changed article."""
    with scratch_database(), web_workers() as workers:
        fill(PASSAGES)
        began = time.perf_counter()
        built_index(EVERYONE)
        build_s = time.perf_counter() - began
        forget_knowledge()
        knowledge(EVERYONE)
        add_starter_intents()
        train_s = seconds(train_intent_head)
        p50, p95 = latencies_ms(workers)
        index_s = seconds(change_one)
    name = f"offline answer, {PASSAGES:,} passages, {CHATS} chats in {WORKERS} web workers"
    return [
        Measurement(f"{name}: p50", p50, "ms"),
        Measurement(f"{name}: p95", p95, "ms", baseline="the limit", baseline_value=300, ratio=p95 / 300),
        Measurement("intents: trained again", train_s, "s", note="starter examples"),
        Measurement("one article: changed and indexed", index_s, "s"),
        Measurement("the whole index: made in memory", build_s, "s"),
    ]


@contextmanager
def web_workers() -> Iterator[ProcessPoolExecutor]:
    """As many processes as serve pages, forked as they are: before a model is loaded."""
    connection.close()
    fork = get_context("fork")
    with ProcessPoolExecutor(WORKERS, fork, start, (fork.Barrier(WORKERS),)) as workers:
        workers.submit(os.getpid).result()
        yield workers


def fill(passages: int) -> None:
    """Rows by SQL; vectors lie around those of the titles, so that questions find their neighbours."""
    count = max(1, passages // PER_ARTICLE)
    with connection.cursor() as cursor:
        cursor.execute(
            ARTICLES, {"goods": list(GOODS), "deeds": list(DEEDS), "count": count, "pieces": PER_ARTICLE}
        )
    rng = np.random.default_rng(7)
    short = {pk: title.partition(" of ")[0] for pk, title in Article.objects.values_list("pk", "title")}
    names = sorted(set(short.values()))
    centres = dict(zip(names, get_encoder().encode_documents(names), strict=True))
    rows = list(Passage.objects.values_list("pk", "article_id"))
    noise = rng.standard_normal((len(rows), 384)).astype(np.float32) * 0.02
    vectors = [unit(centres[short[article]] + each) for (_, article), each in zip(rows, noise, strict=True)]
    spread([pk for pk, _ in rows], vectors)


def spread(keys: list[int], vectors: Sequence["np.typing.NDArray[np.float32]"]) -> None:
    """All vectors in one statement, and the index of them afterwards."""
    literals = ["[" + ",".join(f"{value:.5f}" for value in vector) + "]" for vector in vectors]
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
        definition = cursor.fetchone()[0]
        cursor.execute(f"DROP INDEX {INDEX}")
        cursor.execute(SPREAD, [keys, literals])
        cursor.execute(definition)


def unit(vector: "np.typing.NDArray[np.float32]") -> "np.typing.NDArray[np.float32]":
    return vector / np.linalg.norm(vector)


meeting: list[Barrier] = []


def start(barrier: Barrier) -> None:
    """In a new web worker: it begins to answer when the others do."""
    meeting.append(barrier)


def latencies_ms(workers: ProcessPoolExecutor) -> tuple[float, float]:
    """Median and 95th percentile of what a shopper waits for."""
    parts = list(workers.map(answers_of, range(WORKERS)))
    taken = [each for part in parts for each in part]
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95))


def answers_of(worker: int) -> list[float]:
    """Milliseconds of a worker's answers, in as many threads as it has; arithmetic on one, as there."""
    get_encoder()
    knowledge(EVERYONE)
    asked = [opened(number) for number in range(worker, WARM_UP + CALLS, WORKERS)]
    warm_up = WARM_UP // WORKERS
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(CHATS // WORKERS) as chats:
        list(chats.map(one_question, asked[:warm_up]))
        meeting[0].wait()
        taken = list(chats.map(one_question, asked[warm_up:]))
        list(chats.map(leave, range(CHATS)))
    connection.close()
    return taken


def opened(number: int) -> tuple[Conversation, str]:
    """Somebody's conversation, and what they are about to ask."""
    customer = Customer.objects.create(external_id=f"bench-{number}", created_at="2026-01-01T00:00Z")
    text = f"How many days to {DEEDS[number % 10]} my {GOODS[number // 10 % 10]} of series {number}?"
    return open_conversation(customer, language="en"), text


def one_question(asked: tuple[Conversation, str]) -> float:
    talk, text = asked
    began = time.perf_counter()
    post_message(talk, text)
    answer_waiting(talk, Asker(talk.customer))
    return (time.perf_counter() - began) * 1000


def leave(_chat: int) -> None:
    connection.close()


def change_one() -> None:
    article = Article.objects.order_by("pk")[0]
    article.body = "It is washed by hand at thirty degrees. It is dried in the shade. It is ironed damp."
    save_article(article)
    index_articles([article.pk])


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
