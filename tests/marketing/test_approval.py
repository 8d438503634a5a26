"""Nothing leaves without a person's yes: edits, comments, refusals, who and when, and what is learned."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Product
from marketing.models import Candidate, CopyRule, PreferencePair, Step, Variant
from marketing.models.campaigns import Campaign
from marketing.selectors import text_for
from marketing.services.approving import (
    NotApprovable,
    approve_candidate,
    comment_on,
    edit_candidate,
    reject_candidate,
    withdraw_variant,
)
from marketing.services.candidates import write_candidates
from marketing.services.rechecking import recheck_texts
from tests.factories import NOW, make_customer
from tests.marketing.campaigns import make_variant
from tests.marketing.goods import make_brief


@pytest.fixture
def candidates(mug: Product) -> list[Candidate]:
    return write_candidates(make_brief(mug))


def test_an_approved_candidate_becomes_a_text_with_who_and_when(
    candidates: list[Candidate], merchant: User
) -> None:
    variant = approve_candidate(candidates[0], by=merchant, comment="Good.")
    assert variant
    assert (variant.approved_by, variant.subject) == (merchant, candidates[0].parts["subject"])
    assert variant.body == candidates[0].parts["body"]
    assert variant.approved_at <= timezone.now()
    assert [(step.kind, step.by, step.comment) for step in candidates[0].steps.all()] == [
        ("approved", merchant, "Good.")
    ]


def test_no_text_without_who_approved_it(candidates: list[Candidate], merchant: User) -> None:
    words = {"candidate": candidates[0], "brief": candidates[0].brief, "channel": "email", "language": "en"}
    for lacking in ({"approved_at": timezone.now()}, {"approved_by": merchant}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Variant.objects.create(**words, body="Hello", **lacking)


def test_the_words_of_an_approved_text_stay(candidates: list[Candidate], merchant: User) -> None:
    variant = approve_candidate(candidates[0], by=merchant)
    assert variant
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Variant.objects.filter(pk=variant.pk).update(body="Something else.")
    withdraw_variant(variant)
    assert not Variant.objects.in_use().exists()


def test_an_edit_is_kept_beside_what_was_and_learned_from(
    candidates: list[Candidate], merchant: User
) -> None:
    first = candidates[0]
    after = {**first.parts, "subject": "The Harbour Stoneware Mug, for you"}
    assert not edit_candidate(first, after, by=merchant, comment="Shorter.").is_refused
    step = first.steps.get()
    assert (step.before["subject"], step.after["subject"]) == (first.parts["subject"], after["subject"])
    approve_candidate(first, by=merchant)
    pair = PreferencePair.objects.get(source="edit")
    assert (pair.better.partition("\n")[0], pair.worse) == (after["subject"], first.text)
    assert "Harbour Stoneware Mug" in pair.prompt


def test_an_edit_that_claims_what_is_not_so_cannot_be_approved(
    candidates: list[Candidate], merchant: User
) -> None:
    first = candidates[0]
    edit_candidate(first, {**first.parts, "subject": "The finest oak mug"}, by=merchant)
    first.refresh_from_db()
    assert (first.status, first.reasons[0]["code"]) == ("refused", "unproved")
    assert approve_candidate(first, by=merchant) is None
    edit_candidate(first, {**first.parts, "subject": "A mug for slow mornings"}, by=merchant)
    assert approve_candidate(first, by=merchant)


def test_what_is_true_no_more_cannot_be_approved(
    candidates: list[Candidate], merchant: User, mug: Product
) -> None:
    priced = next(each for each in candidates if "£18.00" in each.text)
    Product.objects.filter(pk=mug.pk).update(price=Decimal("21.00"))
    assert approve_candidate(Candidate.objects.get(pk=priced.pk), by=merchant) is None
    priced.refresh_from_db()
    assert "£18.00" in priced.reasons[0]["detail"]
    assert not Variant.objects.exists()


def test_what_was_decided_is_not_decided_again(candidates: list[Candidate], merchant: User) -> None:
    approve_candidate(candidates[0], by=merchant)
    reject_candidate(candidates[1], by=merchant, comment="Dull.")
    for decided in candidates[:2]:
        with pytest.raises(NotApprovable):
            approve_candidate(decided, by=merchant)
    pair = PreferencePair.objects.get()
    assert (pair.source, pair.better, pair.worse) == ("choice", candidates[0].text, candidates[1].text)


def test_comments_are_signed(candidates: list[Candidate], merchant: User) -> None:
    comment_on(candidates[0], "Nice.", by=merchant)
    assert [(step.comment, step.by) for step in Step.objects.all()] == [("Nice.", merchant)]


def test_the_trail_does_not_change_and_outlives_who_wrote_it(
    candidates: list[Candidate], merchant: User
) -> None:
    step = comment_on(candidates[0], "Nice.", by=merchant)
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Step.objects.filter(pk=step.pk).update(comment="Dull.")
    merchant.delete()
    step.refresh_from_db()
    assert (step.comment, step.by) == ("Nice.", None)


def test_each_reader_gets_their_language_and_name(mug: Product, merchant: User) -> None:
    made = write_candidates(make_brief(mug, languages=["en", "zh-hans"]))
    english, chinese = (next(each for each in made if each.language == code) for code in ("en", "zh-hans"))
    edit_candidate(
        english, {**english.parts, "subject": "{first_name}, a mug for slow mornings"}, by=merchant
    )
    first, second = approve_candidate(english, by=merchant), approve_candidate(chinese, by=merchant)
    assert first
    assert second
    ada, nobody = make_customer(name="Ada Byron {first_name}"), make_customer()
    assert text_for(first, ada).subject == "Ada, a mug for slow mornings"
    assert text_for(first, nobody).subject == "there, a mug for slow mornings"
    told = text_for(first, ada, "zh-hans")
    assert (told.variant, told.language, told.body) == (second.pk, "zh-hans", second.body)
    withdraw_variant(second)
    assert text_for(first, ada, "zh-hans").variant == first.pk


def test_a_waiting_text_that_is_true_no_more_is_withdrawn(
    candidates: list[Candidate], merchant: User, mug: Product
) -> None:
    priced = next(each for each in candidates if "£18.00" in each.text)
    variant = approve_candidate(priced, by=merchant)
    assert variant
    Campaign.objects.create(name="Soon", variant=variant, starts_at=NOW, ends_at=NOW.replace(year=2027))
    assert recheck_texts() == 0
    Product.objects.filter(pk=mug.pk).update(price=Decimal("21.00"))
    assert recheck_texts() == 1
    assert not Variant.objects.in_use().exists()
    assert "£18.00" in priced.steps.get(kind="withdrawn").comment
    assert recheck_texts() == 0


def test_a_waiting_text_without_a_product_is_withdrawn_for_a_word_that_is_forbidden(merchant: User) -> None:
    variant = make_variant()
    Campaign.objects.create(name="Soon", variant=variant, starts_at=NOW, ends_at=NOW.replace(year=2027))
    assert recheck_texts() == 0
    CopyRule.objects.create(phrase="stoneware", kind="legal")
    assert recheck_texts() == 1
