"""On whom decisions fall: groups compared, and a warning where they differ."""

import pytest
from django.test import Client
from django.urls import reverse

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.privacy.ml.fairness import compare, wilson
from ecommerce_ai.privacy.selectors.fairness import fairness_report
from ecommerce_ai.privacy.services import change_consent
from profiles.models import CustomerLabel, Label
from tests.factories import NOW, make_customer, make_user


def test_it_tells_each_group_and_warns_where_one_is_left_behind() -> None:
    selected = [True] * 80 + [False] * 20 + [True] * 30 + [False] * 70
    groups = ["women"] * 100 + ["men"] * 100
    compared = compare(selected, [0.5] * 200, groups)
    shares = {each.group: (each.people, each.share) for each in compared.groups}
    assert shares == {"men": (100, 0.3), "women": (100, 0.8)}
    assert compared.ratio == pytest.approx(0.375)
    assert compared.needs_look


def test_chance_alone_is_no_warning_and_single_people_are_not_told() -> None:
    selected = [True] * 6 + [False] * 15 + [True] * 4 + [False] * 17 + [True] * 3
    groups = ["a"] * 21 + ["b"] * 21 + ["c"] * 3
    compared = compare(selected, [0.5] * 45, groups)
    assert [each.group for each in compared.groups] == ["a", "b"]
    assert compared.ratio == pytest.approx(4 / 6)
    assert not compared.needs_look


@pytest.mark.parametrize(("share", "people"), [(0.0, 20), (1.0, 20), (0.5, 1000)])
def test_the_interval_holds_the_share_and_stays_within_bounds(share: float, people: int) -> None:
    low, high = wilson(share, people)
    assert 0 <= low <= share <= high <= 1


@pytest.mark.parametrize("people", [0, 1, 19])
def test_nobody_and_few_are_no_comparison(people: int) -> None:
    assert compare([True] * people, [0.5] * people, ["a"] * people).groups == ()


@pytest.mark.django_db
def test_the_page_compares_those_who_let_us_count(client: Client) -> None:
    run = ModelRun.objects.create(name="label", kind="label")
    label = Label.objects.create(key="gifts", name="Buys gifts", kind="gift_buyer")
    for number in range(50):
        gender = "female" if number % 2 else "male"
        customer = make_customer(gender=gender, country="GB", birth_year=1990)
        CustomerLabel.objects.create(
            customer=customer, label=label, probability=0.9 if number % 2 else 0.1, low=0, high=1,
            model_run=run, computed_at=NOW,
        )  # fmt: skip
    change_consent(customer, purpose="analytics", is_granted=False, source="shopper")
    by_attribute = {row.attribute: row for row in fairness_report()}
    assert by_attribute["Gender"].comparison.needs_look
    assert not by_attribute["Country"].comparison.needs_look
    assert sum(group.people for group in by_attribute["Gender"].comparison.groups) == 49
    client.force_login(make_user(role="analyst"))
    page = client.get(reverse("dashboard:fairness")).content.decode()
    assert "Buys gifts · Gender" in page
    client.force_login(make_user(role="support agent"))
    assert client.get(reverse("dashboard:fairness")).status_code == 403
