"""Labels: learnt from a merchant's examples, or saying what they lack; applied to those who changed."""

from datetime import timedelta

import pytest

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer
from profiles.models import CustomerLabel, Label, LabelExample
from profiles.selectors.values import TooLittleData, value_shortage
from profiles.services import refresh_profiles
from profiles.services.labels import refresh_labels
from profiles.services.values import refresh_values
from tests.factories import NOW, make_customer, make_event, make_order, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def lookers() -> list[Customer]:
    """Twenty customers: the first ten look at much, the others bought once."""
    mug = make_product()
    people = [make_customer() for _number in range(20)]
    for person in people[:10]:
        for minute in range(8):
            make_event(customer=person, product=mug, occurred_at=NOW + timedelta(minutes=minute))
    for person in people[10:]:
        make_order(customer=person, lines=[(mug, 1)])
    refresh_profiles()
    return people


@pytest.fixture
def label() -> Label:
    return Label.objects.create(key="lookers", name="Lookers")


def give_examples(label: Label, people: list[Customer], count: int) -> None:
    for number in range(count):
        LabelExample.objects.create(label=label, customer=people[number])
        LabelExample.objects.create(label=label, customer=people[10 + number], is_positive=False)


def probability(label: Label, customer: Customer) -> float:
    return CustomerLabel.objects.get(label=label, customer=customer).probability


def test_it_says_how_many_examples_it_lacks(lookers: list[Customer], label: Label) -> None:
    give_examples(label, lookers, 2)
    refresh_labels()
    label.refresh_from_db()
    assert label.status == {"status": "insufficient_data", "have": 2, "need": 5, "examples": 4}
    assert not CustomerLabel.objects.filter(label=label).exists()


def test_it_learns_from_examples_as_soon_as_there_are_enough(lookers: list[Customer], label: Label) -> None:
    refresh_labels()
    give_examples(label, lookers, 6)
    refresh_labels()
    label.refresh_from_db()
    assert label.status["status"] == "ready"
    assert label.status["auc"] > 0.99
    assert min(probability(label, person) for person in lookers[6:10]) > 0.5
    assert max(probability(label, person) for person in lookers[16:]) < 0.5


def test_it_applies_what_it_learnt_to_somebody_new(lookers: list[Customer], label: Label) -> None:
    give_examples(label, lookers, 6)
    refresh_labels()
    newcomer, learnt = make_customer(), label.customer_labels.values_list("model_run", flat=True)[0]
    for minute in range(8):
        make_event(customer=newcomer, product=make_product(), occurred_at=NOW + timedelta(minutes=minute))
    refresh_profiles()
    assert refresh_labels()["labels"] == 0
    told = CustomerLabel.objects.get(label=label, customer=newcomer)
    assert told.probability > 0.5
    assert told.model_run_id == learnt


def test_it_does_not_learn_from_those_who_said_no(lookers: list[Customer], label: Label) -> None:
    give_examples(label, lookers, 5)
    change_consent(lookers[0], purpose=Purpose.TRAINING, is_granted=False, source="shopper")
    refresh_labels()
    label.refresh_from_db()
    assert (label.status["have"], label.status["need"]) == (4, 5)


def test_it_says_how_many_must_come_back_before_there_are_values(
    lookers: list[Customer],
) -> None:
    refresh_values()
    assert value_shortage() == TooLittleData(have=0, need=30)
