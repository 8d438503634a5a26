from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest

from ecommerce_ai.demo.simulation.clock import DAYS
from ecommerce_ai.demo.simulation.people import DAY_S
from ecommerce_ai.demo.simulation.year import Year, simulate

ANCHOR = datetime(2026, 11, 20, tzinfo=UTC)


def test_it_lives_the_same_year_twice(small_year: Year) -> None:
    again = simulate(ANCHOR, customers=120)
    assert again.happenings == small_year.happenings
    assert again.fates == small_year.fates
    assert again.opinions == small_year.opinions
    assert again.queries == small_year.queries
    assert again.histories == small_year.histories


def test_it_lives_another_year_with_another_seed(small_year: Year) -> None:
    assert simulate(ANCHOR, customers=120, seed=7).happenings != small_year.happenings


def test_customers_buy_from_the_shelves_they_like_far_above_chance(small_year: Year) -> None:
    shares, by_chance = [], []
    shelf_sizes = Counter(product.shelf.slug for product in small_year.products)
    for fate in small_year.fates:
        taste = small_year.people[fate.purchase.person].taste
        for product, _, _ in fate.purchase.lines:
            shares.append(small_year.products[product].shelf.slug in taste.shelves)
            by_chance.append(sum(shelf_sizes[slug] for slug in taste.shelves) / len(small_year.products))
    assert np.mean(shares) > 3 * np.mean(by_chance)


def test_price_sensitive_customers_buy_cheaper_things(small_year: Year) -> None:
    paid: dict[bool, list[float]] = {True: [], False: []}
    for fate in small_year.fates:
        sensitivity = small_year.people[fate.purchase.person].taste.price_sensitivity
        paid[sensitivity > 0.56] += [float(price) for _, _, price in fate.purchase.lines]
    assert np.mean(paid[True]) < 0.9 * np.mean(paid[False])


def test_christmas_is_busier_than_february(small_year: Year) -> None:
    months = Counter(small_year.clock.at(fate.purchase.time).month for fate in small_year.fates)
    assert months[12] > 1.4 * months[2]


def test_gardens_sell_in_spring_and_wool_in_winter(small_year: Year) -> None:
    in_season: dict[str, Counter[int]] = {"spring": Counter(), "winter": Counter()}
    for fate in small_year.fates:
        month = small_year.clock.at(fate.purchase.time).month
        for product, _, _ in fate.purchase.lines:
            season = small_year.products[product].shelf.season
            if season in in_season:
                in_season[season][month] += 1
    spring, winter = in_season["spring"], in_season["winter"]
    assert sum(spring[m] for m in (4, 5)) / sum(winter[m] for m in (4, 5)) > 2 * (
        sum(spring[m] for m in (12, 1)) / sum(winter[m] for m in (12, 1))
    )


def test_better_products_get_more_stars(small_year: Year) -> None:
    quality = [float(small_year.truth.quality[opinion.product]) for opinion in small_year.opinions]
    stars = [opinion.rating for opinion in small_year.opinions]
    assert np.corrcoef(quality, stars)[0, 1] > 0.3


def test_no_two_reviews_read_the_same(small_year: Year) -> None:
    bodies = [opinion.body for opinion in small_year.opinions]
    assert len(bodies) == len(set(bodies))
    assert all(bodies)


def test_companions_are_bought_together_above_chance(small_year: Year) -> None:
    companions = small_year.truth.companions
    baskets = [[line[0] for line in fate.purchase.lines] for fate in small_year.fates]
    pairs = [(a, b) for basket in baskets for a in basket for b in basket if a != b]
    hits = np.mean([b in companions[a] for a, b in pairs])
    assert hits > 20 * 3 / len(small_year.products)


def test_nothing_happens_outside_the_year_or_before_a_product_is_out(small_year: Year) -> None:
    for happening in small_year.happenings:
        assert 0 <= happening.time < DAYS * DAY_S + 3_600
        if happening.product is not None:
            launched = small_year.histories[happening.product].launched
            assert happening.time >= launched - DAY_S  # it comes out in the course of that day


def test_prices_stay_positive_and_sales_follow_a_month_of_the_full_price(small_year: Year) -> None:
    for history in small_year.histories:
        times = [time for time, _ in history.steps]
        assert times == sorted(times)
        assert all(price > 0 for _, price in history.steps)
    for sale in small_year.sales:
        for product in sale.products:
            history, begins = small_year.histories[product], sale.first_day * DAY_S + 25_200
            month_before = {history.at(begins - day * DAY_S) for day in range(1, 31)}
            if history.launched < begins - 31 * DAY_S:
                assert history.at(begins + 60) < min(month_before)
                assert len(month_before) == 1


def test_parcels_that_come_late_cost_stars(small_year: Year) -> None:
    late_by_order = {f.purchase.number: f.parcel.days_late for f in small_year.fates if f.parcel}
    kind = [
        kind
        for o in small_year.opinions
        for name, kind in o.aspects
        if name == "delivery" and late_by_order[o.order] > 1
    ]
    assert kind
    assert not any(kind)


@pytest.mark.parametrize("anchor", [datetime(2024, 2, 29, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)])
def test_it_can_end_on_any_day(anchor: datetime) -> None:
    assert len(simulate(anchor, customers=10).happenings) > 50


@pytest.mark.slow
def test_the_full_year_has_the_size_that_was_promised() -> None:
    year = simulate(ANCHOR)
    assert sum(person.known for person in year.people) >= 1_500
    assert 60_000 <= len(year.happenings) <= 125_000
    assert 6_000 <= len(year.fates) <= 10_000
    assert 2_500 <= len(year.opinions) <= 4_000
    assert len(year.queries) >= 250
    assert sum(not query.answer for query in year.queries) >= 20
    goods = sum(len(fate.purchase.lines) for fate in year.fates)
    assert 1.8 <= goods / len(year.fates) <= 2.3
