"""From a brief to candidates: different, checked, linked to facts, ranked; refused ones say why."""

import time
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import timezone

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Product, Promotion
from marketing.models import Brief, Candidate, Channel, CopyRule
from marketing.selectors.product_facts import known_facts
from marketing.services.candidates import write_candidates
from marketing.services.writers import Assignment, Draft, Written
from tests.factories import make_category, make_customer, make_interest
from tests.marketing.goods import make_brief, make_mug


class Says:
    """A writer that says what a test tells it to say."""

    kind = "server"
    name = "a test's own"

    def __init__(self, *texts: str, part: str = "text") -> None:
        self.texts, self.part = texts, part

    def write(self, assignment: Assignment, count: int) -> Written:
        product, facts = assignment.goods[0]
        return Written([Draft(product, facts, {self.part: text}) for text in self.texts])


def only(brief: Brief, *texts: str) -> Candidate:
    return write_candidates(brief, writer=Says(*texts))[0]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("channel", Channel.values)
def test_three_different_candidates_for_every_channel_within_five_seconds(
    mug: Product, channel: str, language: str
) -> None:
    started = time.perf_counter()
    made = write_candidates(make_brief(mug, channel=channel, languages=[language]))
    assert time.perf_counter() - started < 5
    texts = {each.text for each in made if each.status == "proposed"}
    assert len(texts) == 3
    assert not [
        claim for each in made for claim in each.claims if each.status == "proposed" and claim["reason"]
    ]


def test_claims_are_linked_to_what_proves_them(mug: Product) -> None:
    made = only(
        make_brief(mug, channel="description"), "The Harbour Stoneware Mug is of stoneware. It is £18.00."
    )
    proofs = {claim["text"].lower(): claim["proof"] for claim in made.claims}
    assert proofs == {"stoneware": "title", "£18.00": "price"}
    assert all(made.parts[c["part"]][c["start"] : c["end"]] == c["text"] for c in made.claims)


def test_a_sentence_without_proof_is_taken_out_with_its_reason(mug: Product) -> None:
    made = only(
        make_brief(mug, channel="description"),
        "The Harbour Stoneware Mug has a wide handle. It is made of solid oak. It is £18.00.",
    )
    assert made.text == "The Harbour Stoneware Mug has a wide handle. It is £18.00."
    assert [(each["code"], each["text"]) for each in made.removed] == [
        ("unproved", "It is made of solid oak.")
    ]
    assert made.status == "proposed"


def test_what_is_left_with_nothing_is_refused(mug: Product) -> None:
    made = only(make_brief(mug, channel="blurb"), "The best mug in the world.")
    assert made.status == "refused"
    assert made.reasons[0]["code"] == "nothing_left"
    assert "best" in made.reasons[0]["detail"]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Since you are pregnant, choose the Harbour Stoneware Mug.", "sensitive"),
        ("Because you bought a teapot, see the Harbour Stoneware Mug.", "personal"),
        ("A miracle of a mug.", "banned"),
        ("A remedy for colds.", "legal"),
        ("An eco-friendly mug.", "legal"),
    ],
)
def test_sentences_that_may_not_be_said_are_taken_out(mug: Product, sentence: str, code: str) -> None:
    CopyRule.objects.create(phrase="miracle*", kind="banned")
    CopyRule.objects.create(phrase="remed*", kind="legal", market="DE", reason="HWG")
    brief = make_brief(mug, channel="description", market="DE")
    made = only(brief, f"The Harbour Stoneware Mug is here. {sentence}")
    assert made.text == "The Harbour Stoneware Mug is here."
    assert [each["code"] for each in made.removed] == [code]


def test_a_rule_of_another_market_does_not_count(mug: Product) -> None:
    CopyRule.objects.create(phrase="slow", kind="legal", market="DE")
    made = only(
        make_brief(mug, channel="description", market="FR"), "The Harbour Stoneware Mug, for slow mornings."
    )
    assert (made.status, made.removed) == ("proposed", [])


def test_rules_to_begin_with_are_there_and_the_unions_hold_in_its_states(db: None) -> None:
    texts = {
        market: {rule.phrase for rule in CopyRule.objects.for_text(market=market, language="en")}
        for market in ("DE", "US")
    }
    assert texts["DE"] - texts["US"] >= {"eco-friendly", "climate neutral"}
    assert "cures" in texts["US"]
    assert CopyRule.objects.for_text(market="CN", language="zh-hans").filter(phrase="国家级").exists()


def test_who_agreed_may_be_told_what_they_bought(mug: Product) -> None:
    text = "Because you bought a teapot, see the Harbour Stoneware Mug."
    agrees, refuses = make_customer(), make_customer()
    change_consent(refuses, purpose=Purpose.PERSONALISATION, is_granted=False, source="shopper")
    assert only(make_brief(mug, channel="blurb", customer=agrees), text).status == "proposed"
    assert only(make_brief(mug, channel="blurb", customer=refuses), text).status == "refused"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Harbour Stoneware Mug. " + "It has a wide handle. " * 40, "too_long"),
        ("LOOK HERE: the Harbour Stoneware Mug.", "shouting"),
        ("The Harbour Stoneware Mug!!!", "tone"),
        ("A wide handle.", "no_name"),
        ("The Harbour Stoneware Mug is one for days like these and one for days like these too.", "repeats"),
    ],
)
def test_texts_that_fail_as_a_whole_are_refused(mug: Product, text: str, code: str) -> None:
    made = only(make_brief(mug, channel="description"), text)
    assert code in [each["code"] for each in made.reasons]


def test_the_merchants_own_words_are_in_every_candidate(mug: Product) -> None:
    made = write_candidates(make_brief(mug, must_say="Wrapped by hand at no cost"))
    assert {each.status for each in made} == {"proposed"}
    assert all("Wrapped by hand at no cost." in each.parts["body"] for each in made)


def test_the_score_is_the_sum_of_what_it_is_made_of(mug: Product) -> None:
    made = [each for each in write_candidates(make_brief(mug)) if each.score is not None]
    for each in made:
        assert each.score == pytest.approx(sum(part["value"] for part in each.contributions), abs=1e-3)
        assert {"base", "novelty", "truth"} <= {part["code"] for part in each.contributions}


def test_a_brief_without_goods_says_so(db: None) -> None:
    made = write_candidates(make_brief())
    assert [(each.status, each.reasons[0]["code"]) for each in made] == [("refused", "no_goods")]


def test_what_the_reader_likes_comes_first(mug: Product) -> None:
    shelf = make_category(name="Teapots")
    teapot = make_mug(title="Round Teapot", category=shelf)
    person = make_customer()
    teapot.traits.add(make_interest(person, "Teapots").trait)
    made = write_candidates(make_brief(mug, teapot, customer=person), count=1)
    assert made[0].product == teapot


def offer(**fields: object) -> Promotion:
    now = timezone.now()
    defaults = {"name": "Sale", "kind": "percent", "value": Decimal(20), "starts_at": now - timedelta(days=2)}
    return Promotion.objects.create(**{**defaults, "ends_at": now + timedelta(days=5), **fields})


def backdate(mug: Product, *steps: tuple[int, str]) -> None:
    """Prices that came into force so many days ago."""
    mug.price_changes.all().delete()
    for days, price in steps:
        mug.price_changes.create(
            price=Decimal(price), currency="GBP", changed_at=timezone.now() - timedelta(days=days)
        )


@pytest.mark.parametrize(
    ("steps", "price", "fault", "now"),
    [
        ([(90, "20.00")], "20.00", "", "16.00"),  # a code takes it off
        ([(90, "20.00"), (10, "30.00")], "30.00", "not_off_prior_price", None),  # raised before the sale
        ([(90, "20.00"), (12, "15.00"), (6, "20.00")], "20.00", "not_off_prior_price", None),  # sale on sale
    ],
)
def test_an_offer_is_told_only_off_the_lowest_price_of_thirty_days(
    mug: Product, steps: list[tuple[int, str]], price: str, fault: str, now: str | None
) -> None:
    mug.price = Decimal(price)
    backdate(mug, *steps)
    known = known_facts([mug], "en", offer=offer(code="WARM"))[mug.pk]
    assert known.offer_fault == fault
    assert (known.facts.offered_price if known.facts.offer else None) == (Decimal(now) if now else None)
    assert known.prior == min(Decimal(step[1]) for step in steps)


def test_a_sale_that_is_in_the_price_is_told_as_it_is(mug: Product) -> None:
    mug.price = Decimal("15.95")
    backdate(mug, (90, "20.00"), (2, "15.95"))
    began = mug.price_changes.earliest("-changed_at").changed_at
    facts = known_facts([mug], "en", offer=offer(starts_at=began))[mug.pk].facts
    assert (facts.price, facts.offered_price) == (Decimal("20.00"), Decimal("15.95"))


def test_an_offer_of_other_goods_or_over_is_not_told(mug: Product) -> None:
    backdate(mug, (90, "18.00"))
    of_others = offer(code="A")
    of_others.products.add(make_mug())
    over = offer(
        code="B", starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=1)
    )
    assert known_facts([mug], "en", offer=of_others)[mug.pk].offer_fault == "other_goods"
    assert known_facts([mug], "en", offer=over)[mug.pk].offer_fault == "over"


def test_sentences_of_an_offer_are_proved_by_it(mug: Product) -> None:
    backdate(mug, (90, "18.00"))
    mug.save()
    made = write_candidates(make_brief(mug, offer=offer(code="WARM")))
    kinds = {claim["proof"] for each in made for claim in each.claims}
    assert "offer" in kinds
    assert all("20%" in each.text for each in made)


def test_two_batches_are_not_the_same(mug: Product) -> None:
    brief = make_brief(mug)
    texts = [each.text for _ in range(2) for each in write_candidates(brief)]
    assert len(set(texts)) == len(texts) == 6
    assert all(one != other for one, other in pairwise(texts))
