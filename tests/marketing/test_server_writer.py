"""A writer on a server: whatever it does wrong, the merchant sees why, and the candidates from facts."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Product
from marketing import tasks as tasks  # registers them: jobs run at once
from marketing.models import Brief, Candidate, WriterBudget, WriterCall
from marketing.services.budgets import budget_of_now, release_call, reserve_call, settle_call
from marketing.services.candidates import assignment_of, write_candidates
from marketing.services.requests import request_candidates
from marketing.services.writers import Written
from marketing.services.writers.server import ServerCopyWriter
from tests.marketing.chat_server import ChatServer, Raw, running, says
from tests.marketing.goods import make_brief, make_mug

pytestmark = pytest.mark.django_db
GOOD = "subject: A mug for slow mornings\nbody: The Harbour Stoneware Mug has a wide handle. It is £18.00."
FALSE = "subject: A mug\nbody: The Harbour Stoneware Mug is of solid oak, the best of its kind."
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
Serve = Callable[..., ChatServer]


@pytest.fixture
def serve(settings: Any) -> Iterator[Serve]:
    """Starts a server that answers like this, and sets it as the shop's writer."""
    with ExitStack() as stack:

        def start(answer: Callable[[dict[str, Any]], tuple[int, Any]], **options: Any) -> ChatServer:
            server = stack.enter_context(running(answer))
            settings.COPY_SERVER = {
                **settings.COPY_SERVER, "url": server.url, "model": "m", "price_in": "1", "price_out": "1000",
                "monthly_cap": "20", "retries": 1, **options,
            }  # fmt: skip
            return server

        yield start


def written_by_server(brief: Brief) -> list[Candidate]:
    return write_candidates(brief, count=1, writer=ServerCopyWriter(wait_s=0))


def test_what_it_writes_is_checked_like_everything(serve: Serve, mug: Product) -> None:
    server = serve(says(GOOD), temperature=0.4)
    made = written_by_server(make_brief(mug))
    assert [each.status for each in made] == ["proposed"]
    assert (made[0].writer, made[0].writer_name) == ("server", f"m at {server.url}")
    assert server.asked[0]["temperature"] == 0.4
    told = server.asked[0]["messages"][0]["content"]
    assert "Harbour Stoneware Mug" in told
    assert "£18.00" in told


def test_a_false_claim_is_refused_with_its_reason(serve: Serve, mug: Product) -> None:
    serve(says(FALSE))
    made = written_by_server(make_brief(mug))[0]
    assert made.status == "refused"
    assert made.reasons[0]["code"] == "nothing_left"
    assert "oak" in made.removed[0]["text"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda asked: (200, b"<html>"), "The server's answer could not be read."),
        (lambda asked: (200, {"choices": []}), "The server's answer could not be read."),
        (lambda asked: (200, Raw([b"SSH-2.0-OpenSSH\r\n"])), "The server's answer could not be read."),
        (lambda asked: (200, Raw([CHUNKED, b"ff\r\nhalf"])), "The server's answer could not be read."),
        (lambda asked: (200, b"[" * 200_000), "The server's answer could not be read."),
        (lambda asked: (200, b" " * 1_000_001 + b"{}"), "The server's answer could not be read."),
        (lambda asked: (200, Raw([])), "The server cannot be reached."),
        (lambda asked: (500, {}), "The server answered with error 500."),
        (lambda asked: (401, {}), "The server answered with error 401."),
        (
            says("I would rather not."),
            "The answer was not in the form that was asked for: I would rather not.",
        ),
    ],
    ids=[
        "nonsense",
        "empty",
        "no HTTP",
        "half",
        "deep",
        "long",
        "hung up",
        "broken",
        "no key",
        "no form",
    ],
)
def test_the_merchant_sees_what_went_wrong_and_texts_from_facts(
    serve: Serve,
    mug: Product,
    merchant: User,
    answer: Any,
    reason: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    serve(answer, retries=0)
    brief = make_brief(mug, writer="server")
    with django_capture_on_commit_callbacks(execute=True):
        assert request_candidates(brief, by=merchant) == 3
    refused = brief.candidates.get(status="refused")
    assert (refused.writer, refused.reasons[0]["detail"]) == ("server", reason)
    assert brief.candidates.filter(writer="facts", status="proposed").count() == 3


def test_a_server_that_is_slow_is_not_waited_for(serve: Serve, mug: Product) -> None:
    gate = threading.Event()
    serve(lambda asked: (gate.wait(5), says(GOOD)(asked))[1], timeout_s=0.05)
    made = written_by_server(make_brief(mug))
    assert made[0].reasons[0]["detail"] == "The server took too long."
    gate.set()
    call = WriterCall.objects.get()
    assert (call.status, call.cost) == ("failed", call.reserved)  # nobody knows whether it is charged


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["head", "body"]
)
def test_a_server_that_drips_is_not_waited_for(serve: Serve, mug: Product, head: bytes) -> None:
    serve(lambda asked: (200, Raw([head, *[b" "] * 100], pause_s=0.03)), timeout_s=0.1, retries=0)
    began = time.monotonic()
    made = written_by_server(make_brief(mug))
    assert made[0].reasons[0]["detail"] == "The server took too long."
    assert time.monotonic() - began < 1.5  # all of it would have taken three seconds


@pytest.mark.parametrize("tokens", [99_999_999_999, 9_999_999, True, -1, "many"])
def test_a_false_count_costs_no_more_than_was_reserved(serve: Serve, mug: Product, tokens: Any) -> None:
    serve(says(GOOD, tokens=tokens))
    written_by_server(make_brief(mug))
    calls = WriterCall.objects.all()
    assert {call.cost == call.reserved for call in calls} == {True}
    budget = WriterBudget.objects.get()
    assert (budget.spent, budget.reserved) == (sum(call.reserved for call in calls), Decimal(0))


def test_a_call_is_given_back_once(serve: Serve, mug: Product) -> None:
    serve(says(GOOD))
    brief = make_brief(mug)
    call, other = (reserve_call(brief, tokens_in=0, tokens_out=500) for _ in range(2))
    assert call
    assert other
    settle_call(call, tokens_in=1, tokens_out=1)
    release_call(call, error="late")
    budget = WriterBudget.objects.get()
    assert (budget.reserved, budget.spent) == (other.reserved, Decimal("0.001001"))


def test_a_server_that_is_down_costs_nothing(settings: Any, serve: Serve, mug: Product) -> None:
    serve(says(GOOD))
    settings.COPY_SERVER = {**settings.COPY_SERVER, "url": "http://127.0.0.1:9/v1"}
    made = written_by_server(make_brief(mug))
    assert made[0].reasons[0]["detail"] == "The server cannot be reached."
    budget = WriterBudget.objects.get()
    assert (budget.spent, budget.reserved) == (Decimal(0), Decimal(0))


def test_a_busy_server_is_asked_again(serve: Serve, mug: Product) -> None:
    answers = [(503, {}), says(GOOD)({})]
    serve(lambda asked: answers.pop(0) if answers else says(GOOD)(asked))
    assert [each.status for each in written_by_server(make_brief(mug))] == ["proposed"]


def test_what_it_costs_is_kept(serve: Serve, mug: Product) -> None:
    serve(says(GOOD, tokens=100))
    written_by_server(make_brief(mug))
    calls = WriterCall.objects.all()
    assert {call.cost for call in calls} == {Decimal("0.100100")}
    assert WriterBudget.objects.get().spent == sum(call.cost for call in calls)


def test_without_budget_nothing_is_asked(serve: Serve, mug: Product) -> None:
    server = serve(says(GOOD), monthly_cap="0.1")
    made = written_by_server(make_brief(mug))
    assert made[0].reasons[0]["detail"] == "The budget of this month has no room for another text."
    assert server.asked == []


@pytest.mark.django_db(transaction=True)
def test_the_cap_holds_under_twenty_at_once(serve: Serve) -> None:
    server = serve(says(GOOD, tokens=400), monthly_cap="3")
    assignment = assignment_of(make_brief(make_mug()), "en")
    budget_of_now()

    def one(_: int) -> Written:
        try:
            return ServerCopyWriter(wait_s=0).write(assignment, 1)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as crowd:
        written = list(crowd.map(one, range(20)))
    budget = WriterBudget.objects.get()
    assert budget.spent <= budget.cap
    assert budget.reserved == 0
    assert budget.spent == sum(WriterCall.objects.values_list("cost", flat=True))
    assert 5 <= len(server.asked) <= 7
    assert sum(bool(each.drafts) for each in written) == len(server.asked)


def test_a_call_whose_worker_died_counts_as_its_highest_cost(serve: Serve, mug: Product) -> None:
    serve(says(GOOD))
    brief = make_brief(mug)
    lost = reserve_call(brief, tokens_in=0, tokens_out=500)
    assert lost
    WriterCall.objects.update(at="2020-01-01T00:00Z")
    reserve_call(brief, tokens_in=0, tokens_out=500)
    settle_call(lost, tokens_in=1, tokens_out=1)  # too late
    budget = WriterBudget.objects.get()
    assert (budget.spent, budget.reserved) == (Decimal("0.5"), Decimal("0.5"))
