"""The shop's voice: learned from approved copy and descriptions, compared, put live and taken back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ecommerce_ai.accounts.models import User
from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.services import WriterRecipe
from ecommerce_ai.jobs.progress import JobError
from ecommerce_ai.shop.models import Product
from marketing.models import PreferencePair, Variant
from marketing.models.campaigns import Campaign
from marketing.models.recipients import Recipient
from marketing.selectors.lessons import copy_lessons
from marketing.selectors.outcomes import outcomes_of
from marketing.services.approving import approve_candidate
from marketing.services.candidates import write_candidates
from marketing.services.preferences import keep_outcome_pairs
from marketing.services.voice import put_voice_live, silence_voice, train_voice
from marketing.services.writers.model import ModelCopyWriter
from tests.factories import NOW, make_customer, make_product
from tests.inference.writer_lessons import PLAN, TINY
from tests.marketing.goods import make_brief

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(db: None) -> list[Product]:
    return [
        make_product(sku=f"V{number}", title=f"Mug {number}", description=f"A red mug, number {number}.")
        for number in range(80)
    ]


def test_it_learns_from_approved_copy_and_descriptions(mug: Product, merchant: User) -> None:
    approve_candidate(write_candidates(make_brief(mug))[0], by=merchant)
    approve_candidate(write_candidates(make_brief(mug, customer=make_customer()))[0], by=merchant)
    lessons = copy_lessons()
    copies = [each.copy for each in (*lessons.training, *lessons.held_out)]
    assert len(copies) == 3  # one approved for many; a description in each language; none of one shopper's
    assert mug.description in copies
    assert any(each.startswith("subject: ") for each in copies)


def test_no_copy_of_a_product_is_on_both_sides(goods: list[Product]) -> None:
    lessons = copy_lessons()
    assert {each.prompt for each in lessons.training}.isdisjoint(each.prompt for each in lessons.held_out)
    assert 60 < len(lessons.training) < 80


def test_too_little_copy_is_told(mug: Product) -> None:
    with pytest.raises(JobError, match="too little copy"):
        train_voice("first")


def test_a_voice_is_taught_compared_and_put_live(goods: list[Product], tmp_path: Path, settings: Any) -> None:
    settings.ARTEFACTS_ROOT = tmp_path
    recipe = WriterRecipe(replace(PLAN, steps=6, evaluate_every=3), shape=TINY)
    run, again = (train_voice("first", recipe=recipe) for _ in range(2))
    assert run == again
    assert run.metrics["loss_after"] < run.metrics["loss_before"]
    assert {"asked", "own", "before", "after"} == run.parameters["samples"][0].keys()
    assert list((tmp_path / "copy-voice/first/events").glob("events.out.tfevents.*"))
    put_voice_live(run)
    made = write_candidates(make_brief(goods[0], channel="blurb"), count=1, writer=ModelCopyWriter())
    assert {each.writer_name for each in made} == {f"voice {run.pk}"}
    assert all(each.reasons or each.status == "proposed" for each in made)
    silence_voice()
    assert not ModelRun.objects.live().exists()


def test_without_a_model_the_merchant_is_told(mug: Product) -> None:
    made = write_candidates(make_brief(mug), writer=ModelCopyWriter())
    assert made[0].reasons[0]["detail"] == "No model is set (WRITER_MODEL), and no voice is live."


def sent(variant: Variant, merchant: User, people: int, clicks: int) -> None:
    campaign = Campaign.objects.create(
        name="Sent", variant=variant, starts_at=NOW, ends_at=NOW.replace(year=2027), status="done",
        approved_by=merchant, approved_at=NOW,
    )  # fmt: skip
    Recipient.objects.bulk_create(
        Recipient(
            campaign=campaign, text=variant, customer=make_customer(), arm="written_to", status="sent",
            language="en", due_at=NOW, claimed_at=NOW, sent_at=NOW,
            clicked_at=NOW if number < clicks else None,
        )
        for number in range(people)
    )  # fmt: skip


def test_what_shoppers_answered_ranks_and_makes_pairs(
    mug: Product, merchant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketing.services.preferences.FEWEST", 20)
    made = write_candidates(make_brief(mug))
    good, bad = (approve_candidate(each, by=merchant) for each in made[:2])
    assert good
    assert bad
    sent(good, merchant, 25, 20)
    sent(bad, merchant, 25, 1)
    assert {(each.sends, each.responses) for each in outcomes_of("email", "en")} == {(25, 20), (25, 1)}
    assert keep_outcome_pairs() == 1
    pair = PreferencePair.objects.get(source="outcome")
    assert (pair.better, pair.worse) == (made[0].text, made[1].text)
    assert pair.evidence["better"] == {"sends": 25, "responses": 20}
    assert keep_outcome_pairs() == 0


def test_only_the_last_texts_that_were_sent_are_counted(
    mug: Product, merchant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketing.selectors.outcomes.REMEMBERED", 1)
    made = write_candidates(make_brief(mug))
    for candidate, people in zip(made[:2], (3, 2), strict=True):
        variant = approve_candidate(candidate, by=merchant)
        assert variant
        sent(variant, merchant, people, 1)
    approve_candidate(made[2], by=merchant)
    with CaptureQueriesContext(connection) as asked:
        assert [(each.sends, each.responses) for each in outcomes_of("email", "en")] == [(2, 1)]
    assert not any("HAVING" in each["sql"] for each in asked)
