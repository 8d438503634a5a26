"""The ledger of consent: what counts is the last word, read each time."""

import pytest
from django.db import IntegrityError

from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.selectors import allowed_customers, consents_of, is_allowed
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.services import merge_customers
from tests.factories import make_customer

pytestmark = pytest.mark.django_db
NEEDS_NO_ANSWER = [Purpose.PERSONALISATION, Purpose.ANALYTICS, Purpose.TRAINING]


@pytest.mark.parametrize("purpose", Purpose)
def test_without_an_answer_marketing_alone_is_off(purpose: Purpose) -> None:
    assert is_allowed(make_customer(), purpose) is (purpose in NEEDS_NO_ANSWER)
    assert is_allowed(None, purpose) is (purpose in NEEDS_NO_ANSWER)


@pytest.mark.parametrize("purpose", [Purpose.TRAINING, Purpose.MARKETING_EMAIL])
def test_the_last_word_counts_for_one_and_for_many(purpose: Purpose) -> None:
    silent, turned_down, came_back = make_customer(), make_customer(), make_customer()
    change_consent(turned_down, purpose=purpose, is_granted=True, source="shopper")
    change_consent(turned_down, purpose=purpose, is_granted=False, source="unsubscribe")
    change_consent(came_back, purpose=purpose, is_granted=False, source="shopper")
    change_consent(came_back, purpose=purpose, is_granted=True, source="shopper")
    allowed = {each for each in (silent, turned_down, came_back) if is_allowed(each, purpose)}
    assert allowed == ({silent, came_back} if purpose in NEEDS_NO_ANSWER else {came_back})
    assert set(allowed_customers(purpose)) == allowed


def test_one_purpose_says_nothing_about_another() -> None:
    customer = make_customer()
    change_consent(customer, purpose=Purpose.MARKETING_EMAIL, is_granted=True, source="shopper")
    assert consents_of(customer) == {
        purpose: purpose in [*NEEDS_NO_ANSWER, Purpose.MARKETING_EMAIL] for purpose in Purpose
    }


def test_the_same_answer_twice_is_one_line_and_the_first_yes_is_kept() -> None:
    customer = make_customer()
    answers = [
        change_consent(customer, purpose=Purpose.TRAINING, is_granted=True, source="shopper") for _ in "ab"
    ]
    assert (answers[0] is not None, answers[1]) == (True, None)
    assert ConsentChange.objects.count() == 1


def test_what_a_visitor_said_holds_after_they_log_in() -> None:
    visitor, known = make_customer(external_id=None), make_customer()
    change_consent(visitor, purpose=Purpose.PERSONALISATION, is_granted=False, source="notice")
    merge_customers(visitor, target=known)
    visitor.refresh_from_db()
    assert not is_allowed(known, Purpose.PERSONALISATION)
    assert not is_allowed(visitor, Purpose.PERSONALISATION)
    assert not allowed_customers(Purpose.PERSONALISATION).exists()


def test_an_unknown_purpose_is_refused() -> None:
    customer = make_customer()
    with pytest.raises(ValueError, match="horoscopes"):
        change_consent(customer, purpose="horoscopes", is_granted=True, source="shopper")
    with pytest.raises(IntegrityError):
        ConsentChange.objects.create(customer=customer, purpose="horoscopes", is_granted=True)
