"""Risk: features that never look ahead, a model that finds what fraud does, and a queue for people."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from ecommerce_ai.shop.models import Order, Product, Promotion
from profiles.ml.past import Past
from profiles.ml.risk_features import REPORT_DELAY_DAYS, risk_features
from profiles.ml.risk_model import fit_risk
from profiles.ml.risk_rules import order_facts
from profiles.models import RiskAssessment
from profiles.selectors.risks import SENTENCES, risk_facts
from profiles.services.risks import refresh_risks
from profiles.services.verdicts import review_risk
from tests.factories import NOW, make_customer, make_event, make_order, make_product, make_user


def orders_with_fraud(seed: int, *, days: int = 60) -> pd.DataFrame:
    """Customers with habits; beside them bursts of new accounts that share an address."""
    draw = np.random.default_rng(seed)
    honest = [
        (f"c{who}", f"home {who}", draw.uniform(0, days), float(draw.lognormal(3 + who % 5 / 5, 0.3)), 0.0)
        for who in draw.integers(0, 200, 1500)
    ]
    rings = [(ring, draw.uniform(0, days - 2)) for ring in range(40)]
    fraud = [
        (f"f{ring}-{each}", f"drop {ring}", begin + draw.uniform(0, 1), float(draw.lognormal(4, 0.4)), 1.0)
        for ring, begin in rings
        for each in range(draw.integers(2, 6))
    ]
    columns = ["customer", "place", "day", "amount", "fraud"]
    return pd.DataFrame(honest + fraud, columns=columns).sample(frac=1, random_state=seed, ignore_index=True)


def test_it_sums_what_was_before_and_not_what_is_now() -> None:
    codes, days = np.array([0, 0, 1, 0, 0]), np.array([1.0, 2.0, 2.0, 2.0, 9.0])
    past = Past.of(codes, days)
    assert past.total(np.ones(5)).tolist() == [0, 1, 0, 1, 3]
    assert past.total(np.ones(5), days=7.0).tolist() == [0, 1, 0, 1, 2]
    assert past.total(np.ones(5), delay=7.5).tolist() == [0, 0, 0, 0, 1]
    assert past.since_last()[[1, 4]].tolist() == [1, 7]


def test_it_never_looks_ahead() -> None:
    orders = orders_with_fraud(1).sort_values("day", ignore_index=True)
    known = len(orders) // 2
    until = orders["day"][known]
    changed = orders.copy()
    changed.loc[known:, ["amount", "fraud"]] = [9999.0, 1.0]
    changed.loc[known:, ["customer", "place"]] = ["c1", "home 1"]
    # A label that was not reported yet may be anything.
    changed.loc[changed["day"] > until - REPORT_DELAY_DAYS, "fraud"] = np.nan
    before, after = (risk_features(each).iloc[:known] for each in (orders, changed))
    pd.testing.assert_frame_equal(before, after)


def test_it_finds_fraud_in_later_orders() -> None:
    orders = orders_with_fraud(2)
    features, fraud = risk_features(orders), orders["fraud"].to_numpy()
    is_early = (orders["day"] < 40).to_numpy()
    scores = fit_risk(features[is_early], fraud[is_early]).probabilities(features[~is_early])
    worst = np.argsort(-scores)[: int(fraud[~is_early].sum())]
    assert fraud[~is_early][worst].mean() > 0.5


def test_it_names_what_looks_like_a_takeover() -> None:
    regular = pd.DataFrame(
        [("ann", "home", float(10 * turn), 20.0, np.nan) for turn in range(6)]
        + [("ann", "elsewhere", 61.0, 90.0, np.nan)],
        columns=["customer", "place", "day", "amount", "fraud"],
    )
    features = risk_features(regular)
    told = [
        [fact.code for fact in order_facts(dict(zip(features.columns, row, strict=True)), unusual=0.5)]
        for row in features.iloc[5:].to_numpy().tolist()
    ]
    assert "as_if_taken_over" not in told[0]
    assert {"as_if_taken_over", "new_address"} <= set(told[1])
    assert "as_if_taken_over" in SENTENCES


@pytest.mark.django_db
def test_it_puts_a_burst_before_a_person_and_leaves_the_orders_alone() -> None:
    mug = make_product()
    for number in range(60):
        make_order(customer=make_customer(), lines=[(mug, 1)], shipping_address=f"{number} High Street")
    burst = [
        make_order(
            customer=make_customer(),
            lines=[(mug, 20)],
            shipping_address="1 Drop Lane",
            placed_at=NOW + timedelta(minutes=minute),
        )
        for minute in range(6)
    ]
    refresh_risks()
    worst = RiskAssessment.objects.to_review().first()
    assert worst is not None
    assert worst.order in burst
    assert risk_facts(worst)[0].sentiment == "negative"
    assert "customers had things sent to this address" in risk_facts(worst)[0].description
    assert not Order.objects.exclude(status="placed").exists()


def buy_on_offer(email: str, *, offered: Product, address: str) -> None:
    """A new account takes an offer with a code, once."""
    customer = make_customer(email=email)
    order = make_order(customer=customer, lines=[(offered, 1)], shipping_address=address)
    told = {"coupon": "WELCOME10", "transaction_id": order.number}
    make_event(customer=customer, name="purchase", product=offered, properties=told)


@pytest.mark.django_db
def test_it_names_one_person_who_is_several_to_take_an_offer_again() -> None:
    offered, other = make_product(), make_product()
    offer = Promotion.objects.create(name="Welcome", kind="percent", value=10, starts_at=NOW)
    offer.products.add(offered)
    for alias in ("ann", "ann+1", "Ann+two"):
        buy_on_offer(f"{alias}@shop.example", offered=offered, address="1 Mill Lane")
    for name in ("bea", "cid", "dot"):
        buy_on_offer(f"{name}@shop.example", offered=offered, address=f"{name} High Street")
    shared = ("020 7946 0999", "(020) 79460999", "02079460999")
    colleagues = [make_customer(email=f"{n}@work.example", phone=phone) for n, phone in enumerate(shared)]
    family = [make_customer(email=f"{name}@home.example") for name in ("eve", "fay", "gus")]
    for person in family:
        make_order(customer=person, lines=[(offered, 1), (other, 2)], shipping_address="2 Mill Lane")
    refresh_risks()
    told = {
        risk.customer.email: {fact["code"]: fact["values"]["n"] for fact in risk.facts}
        for risk in RiskAssessment.objects.filter(order=None).select_related("customer")
        if risk.customer
    }
    abuse = {"accounts_in_one_hand": 3, "only_offers": 3, "code_used_again": 3}
    several = ["ann@shop.example", "ann+1@shop.example", "Ann+two@shop.example"]
    by_phone = {person.email: {"accounts_in_one_hand": 3} for person in colleagues}
    assert told == dict.fromkeys(several, abuse) | by_phone
    worst = RiskAssessment.objects.to_review().filter(order=None)[0]
    assert worst.level == "high"
    assert len({fact.description for fact in risk_facts(worst)}) == 3


@pytest.mark.django_db
def test_it_keeps_a_persons_verdict() -> None:
    mug = make_product()
    for day in range(60):
        make_order(customer=make_customer(), lines=[(mug, 1)], shipping_address=f"{day} High Street")
    refresh_risks()
    risk = RiskAssessment.objects.order_by("pk")[0]
    review_risk(risk, status="cleared", reviewer=make_user(role="merchant"), note="a regular")
    assert refresh_risks()["changed"] == 0
    risk.refresh_from_db()
    assert (risk.status, risk.note) == ("cleared", "a regular")
