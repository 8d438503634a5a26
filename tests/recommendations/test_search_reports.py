from datetime import timedelta

import pytest

from ecommerce_ai.shop.models import Customer, Event, Product
from recommendations.selectors.search_reports import (
    Period,
    SearchReport,
    outcomes_by_version,
    search_report,
)
from tests.factories import NOW, make_customer, make_event, make_product

pytestmark = pytest.mark.django_db
TODAY = Period.last(1, until=NOW)
START = TODAY.since


def search(term: str, customer: Customer | None = None, *, minute: float = 0, **properties: object) -> None:
    at = START + timedelta(minutes=minute)
    who = customer or make_customer()
    make_event(name="search", customer=who, search_term=term, occurred_at=at, properties=properties)


def did(name: Event.Name, customer: Customer, product: Product, *, minute: float) -> None:
    make_event(name=name, customer=customer, product=product, occurred_at=START + timedelta(minutes=minute))


def clicks(report: SearchReport) -> dict[str, tuple[int, int, int]]:
    return {term.term: (term.searches, term.clicked, term.in_cart) for term in report.terms}


def test_counts_wordings_without_case_and_spaces() -> None:
    search("Mug")
    search(" mug ")
    search("bowl")
    search("")
    assert [(term.term, term.searches) for term in search_report(TODAY).terms] == [("mug", 2), ("bowl", 1)]


def test_counts_a_page_that_is_loaded_again_once() -> None:
    customer = make_customer()
    for minute in (0, 5, 50):
        search("mug", customer, minute=minute)
    assert clicks(search_report(TODAY)) == {"mug": (2, 0, 0)}


def test_what_is_looked_at_comes_of_the_last_search() -> None:
    customer, mug, bowl = make_customer(), make_product(), make_product()
    search("mug", customer, minute=0)
    search("bowl", customer, minute=3)
    did(Event.Name.VIEW_ITEM, customer, bowl, minute=4)
    did(Event.Name.ADD_TO_CART, customer, bowl, minute=600)
    did(Event.Name.VIEW_ITEM, customer, mug, minute=40)
    assert clicks(search_report(TODAY)) == {"bowl": (1, 1, 1), "mug": (1, 0, 0)}


def test_what_was_not_among_the_results_does_not_come_of_them() -> None:
    customer, shown, other = make_customer(), make_product(), make_product()
    search("mug", customer, shown=[shown.pk], results=1)
    did(Event.Name.VIEW_ITEM, customer, other, minute=1)
    assert clicks(search_report(TODAY)) == {"mug": (1, 0, 0)}
    did(Event.Name.VIEW_ITEM, customer, shown, minute=2)
    assert clicks(search_report(TODAY)) == {"mug": (1, 1, 0)}


def test_names_what_found_nothing_the_last_time() -> None:
    search("teapot", minute=0, results=0)
    search("teapot", minute=1, results=4)
    search("kayak", results=0)
    search("odd", results="many", shown="none")
    report = search_report(TODAY)
    assert [term.term for term in report.without_results] == ["kayak"]
    assert (report.totals.searches, report.totals.without_results) == (4, 2)


def test_names_what_is_rarely_chosen_from_beyond_chance() -> None:
    product = make_product()
    for _ in range(8):
        search("lamp")
        customer = make_customer()
        search("mug", customer)
        did(Event.Name.VIEW_ITEM, customer, product, minute=1)
    for _ in range(3):
        search("vase")  # three are too few to say
    assert [term.term for term in search_report(TODAY).low_click] == ["lamp"]


def test_compares_with_the_period_before() -> None:
    search("mug", minute=-1)
    search("mug", minute=-24 * 60 - 1)
    report = search_report(TODAY)
    assert (report.totals.searches, report.totals_before.searches) == (0, 1)
    assert report.totals.click_share == 0.0


def test_outcomes_are_told_apart_by_the_version_that_decided() -> None:
    mug = make_product()
    for number in range(3):
        customer = make_customer()
        search("mug", customer, settings="new" if number else "old", minute=number)
        if number:
            did(Event.Name.VIEW_ITEM, customer, mug, minute=number + 1)
    search("bowl")
    told = [(each.version, each.searches, each.clicked) for each in outcomes_by_version(TODAY)]
    assert told == [("new", 2, 2), ("old", 1, 0)]
