from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.selectors import live_run, run_history
from ecommerce_ai.inference.served import Served
from ecommerce_ai.inference.services import RunFacts, promote_run, record_run, store_artefact
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def make_run(name: str = "intents") -> ModelRun:
    return record_run(name, kind="classifier", facts=RunFacts(metrics={"accuracy": 0.9}))


def test_a_recorded_run_does_not_serve() -> None:
    run = make_run()
    assert run.metrics == {"accuracy": 0.9}
    assert live_run("intents") is None


def test_a_promoted_run_takes_the_place_of_the_last_one_and_gives_it_back() -> None:
    old, new, other = make_run(), make_run(), promote_run(make_run("sentiment"))
    promote_run(old)
    assert promote_run(new).is_live
    assert live_run("intents") == new
    promote_run(old)
    assert live_run("intents") == old
    assert live_run("sentiment") == other


def test_history_is_newest_first() -> None:
    first, second = make_run(), make_run()
    make_run("sentiment")
    assert list(run_history("intents")) == [second, first]


def test_the_database_refuses_two_live_runs_of_one_name() -> None:
    promote_run(make_run())
    with pytest.raises(IntegrityError), transaction.atomic():
        ModelRun.objects.create(name="intents", kind="classifier", is_live=True)
    assert ModelRun.objects.live().count() == 1


def test_the_database_refuses_a_window_that_ends_before_it_starts() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record_run("x", kind="y", facts=RunFacts(data_from=NOW, data_until=NOW - timedelta(days=1)))
    assert not ModelRun.objects.exists()


def test_what_serves_is_read_once_and_again_when_another_run_goes_live() -> None:
    read: list[bytes] = []

    def as_text(content: bytes) -> str:
        read.append(content)
        return content.decode()

    served = Served("intents", as_text, look_every_s=60)
    assert served.model() is None
    for content in (b"first", b"second"):
        path = store_artefact("intents", content, suffix=".npz")
        promote_run(record_run("intents", kind="intents", facts=RunFacts(artefact_path=path)))
        served.look_again()
        assert served.model() == content.decode()
        assert served.model() == content.decode()
    assert read == [b"first", b"second"]
