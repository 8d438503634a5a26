"""A text for each shopper: about what they like, only with consent, sent once a person approved the set."""

import time

import pytest

from ecommerce_ai.accounts.models import User
from ecommerce_ai.jobs.progress import JobError
from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Product
from marketing.models import CopyRule, PersonalSet, PersonalVariant, Variant
from marketing.selectors import text_for
from marketing.services.approving import approve_candidate
from marketing.services.candidates import write_candidates
from marketing.services.personal import approve_personal_set, start_personal_variants, write_personal_variants
from profiles.models import Segment, SegmentMembership
from tests.factories import NOW, make_category, make_customer, make_interest
from tests.marketing.goods import make_brief, make_mug


def make_segment(*people: Customer) -> Segment:
    segment = Segment.objects.create(name="Mug people")
    SegmentMembership.objects.bulk_create(
        SegmentMembership(segment=segment, customer=each, entered_at=NOW) for each in people
    )
    return segment


def approved(segment: Segment, merchant: User, *products: Product, **fields: object) -> Variant:
    candidates = write_candidates(make_brief(*products, segment=segment, **fields))
    variant = approve_candidate(candidates[0], by=merchant)
    assert variant
    return variant


@pytest.fixture
def ada(mug: Product) -> Customer:
    return make_customer(name="Ada Byron", language="en")


def test_each_gets_what_they_like_in_their_language(mug: Product, merchant: User, ada: Customer) -> None:
    teapot = make_mug(title="Round Teapot", category=make_category(name="Teapots"))
    li = make_customer(language="zh-CN")
    teapot.traits.add(make_interest(li, "Teapots").trait)
    variant = approved(make_segment(ada, li), merchant, mug, teapot)
    made = start_personal_variants(variant, by=merchant)
    result = write_personal_variants(made)
    assert (result["written"], result["without_text"]) == (2, 0)
    his = PersonalVariant.objects.get(customer=li)
    assert (his.product, his.language, his.reason) == (teapot, "zh-hans", "Teapots")
    assert PersonalVariant.objects.get(customer=ada).language == "en"


def test_who_did_not_agree_gets_the_text_for_all(mug: Product, merchant: User, ada: Customer) -> None:
    no = make_customer()
    change_consent(no, purpose=Purpose.PERSONALISATION, is_granted=False, source="shopper")
    made = start_personal_variants(approved(make_segment(ada, no), merchant, mug), by=merchant)
    assert write_personal_variants(made)["without_text"] == 1
    made.refresh_from_db()
    approve_personal_set(made, by=merchant)
    assert text_for(made.variant, no).personal is None
    assert text_for(made.variant, ada).personal == PersonalVariant.objects.get().pk


def test_a_set_is_not_sent_before_it_is_approved(mug: Product, merchant: User, ada: Customer) -> None:
    made = start_personal_variants(approved(make_segment(ada), merchant, mug), by=merchant)
    with pytest.raises(JobError):
        approve_personal_set(made, by=merchant)
    write_personal_variants(made)
    assert text_for(made.variant, ada).body == made.variant.body
    approve_personal_set(made, by=merchant)
    assert text_for(made.variant, ada, "en").body == PersonalVariant.objects.get().body
    assert PersonalSet.objects.approved().get().approved_by == merchant


def test_a_job_that_is_run_again_writes_what_is_missing(mug: Product, merchant: User, ada: Customer) -> None:
    made = start_personal_variants(approved(make_segment(ada, make_customer()), merchant, mug), by=merchant)
    write_personal_variants(made)
    kept = PersonalVariant.objects.first()
    PersonalVariant.objects.exclude(pk=kept.pk).delete()  # type: ignore[union-attr]
    write_personal_variants(made)
    assert PersonalVariant.objects.count() == 2
    assert PersonalVariant.objects.filter(pk=kept.pk).exists()  # type: ignore[union-attr]


def test_a_hundred_in_a_second(mug: Product, merchant: User) -> None:
    """Of a processor's time: what runs beside it does not count."""
    people = Customer.objects.bulk_create(Customer(external_id=f"P{n}", created_at=NOW) for n in range(200))
    made = start_personal_variants(approved(make_segment(*people), merchant, mug, make_mug()), by=merchant)
    started = time.process_time()
    assert write_personal_variants(made)["written"] == 200
    assert time.process_time() - started < 2.0
    assert len(set(PersonalVariant.objects.values_list("body", flat=True))) > 150


def ready(ada: Customer, merchant: User, mug: Product) -> PersonalSet:
    made = start_personal_variants(approved(make_segment(ada), merchant, mug), by=merchant)
    write_personal_variants(made)
    approve_personal_set(PersonalSet.objects.get(pk=made.pk), by=merchant)
    return made


def test_who_takes_consent_back_gets_the_text_for_all(mug: Product, merchant: User, ada: Customer) -> None:
    made = ready(ada, merchant, mug)
    assert text_for(made.variant, ada, "en").personal
    change_consent(ada, purpose=Purpose.PERSONALISATION, is_granted=False, source="shopper")
    assert text_for(made.variant, ada, "en").personal is None


def test_a_text_about_what_changed_is_not_sent(mug: Product, merchant: User, ada: Customer) -> None:
    made = ready(ada, merchant, mug)
    Product.objects.filter(pk=mug.pk).update(price=21)
    assert text_for(made.variant, ada, "en").personal is None


@pytest.mark.parametrize("change", [{"is_live": False}, {"stock": 0}])
def test_a_text_about_what_cannot_be_bought_is_not_sent(
    mug: Product, merchant: User, ada: Customer, change: dict[str, object]
) -> None:
    made = ready(ada, merchant, mug)
    Product.objects.filter(pk=mug.pk).update(**change)
    assert text_for(made.variant, ada, "en").personal is None


def test_a_text_with_a_word_that_was_forbidden_since_is_not_sent(
    mug: Product, merchant: User, ada: Customer
) -> None:
    made = ready(ada, merchant, mug)
    CopyRule.objects.create(phrase="harbour stoneware", kind="legal", market="DE")
    assert text_for(made.variant, ada, "en").personal
    CopyRule.objects.create(phrase="harbour stoneware", kind="legal")
    assert text_for(made.variant, ada, "en").personal is None


def test_of_two_approved_sets_the_later_one_is_sent(mug: Product, merchant: User, ada: Customer) -> None:
    first = ready(ada, merchant, mug)
    later = start_personal_variants(first.variant, by=merchant)
    write_personal_variants(later)
    approve_personal_set(PersonalSet.objects.get(pk=later.pk), by=merchant)
    his = PersonalVariant.objects.get(set=later)
    assert text_for(first.variant, ada, "en").personal == his.pk


def test_nothing_comes_to_a_set_that_was_approved(mug: Product, merchant: User, ada: Customer) -> None:
    made = ready(ada, merchant, mug)
    made.variant.brief.segment.memberships.create(customer=make_customer(), entered_at=NOW)  # type: ignore[union-attr]
    with pytest.raises(JobError, match="approved"):
        write_personal_variants(made)
    assert PersonalVariant.objects.count() == 1
