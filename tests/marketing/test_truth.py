"""Claims are found where they stand and are linked to what proves them."""

from datetime import date
from decimal import Decimal

import pytest

from marketing.ml.facts import Offer, ProductFacts
from marketing.ml.truth import Reason, judged, unsupported

OFFER = Offer(percent=Decimal(20), ends=date(2026, 12, 31), prior_price=Decimal("150.00"))
BASS = ProductFacts(
    title="Midnight Bass Guitar",
    description="This 5-string bass has a charcoal ash body, a navy canvas strap of 40 cm and chrome tuners. "
    "Not waterproof.",
    brand="Nord",
    attributes={"pieces": 3, "sizes": ["M", "L"], "origin": "made in Sweden"},
    price=Decimal("150.00"),
    currency="USD",
    stock=9,
    offer=OFFER,
)

TRUE = [
    "A bass with five strings.",
    "The strap is blue.",  # navy is blue
    "A 16 inch strap.",  # 40 cm, rounded
    "Built from ash, with a canvas strap.",
    "Swedish-made, size M.",
    "Now $120.00, 20% off until 31 December.",
    "Was $150.00, and you save $30.",
    "Under $200, and in stock.",
    "Limited-time offer: ends Thursday.",
    "You will love it, and so will the neighbours.",
    "五弦贝斯，炭灰色，帆布背带。",
    "限时8折，到手120美元，截至12月31日。",
    "原价150美元，立减30美元。",
    "现货，蓝色背带。",
    "不防水。",
]
FALSE = [
    ("A bass with six strings.", "six", Reason.DIFFERS),
    ("The strap is red.", "red", Reason.DIFFERS),
    ("A 50 cm strap.", "50 cm", Reason.DIFFERS),
    ("Solid mahogany.", "mahogany", Reason.DIFFERS),
    ("It is waterproof.", "waterproof", Reason.NO_FACT),
    ("It is shatter-proof.", "shatter-proof", Reason.NO_FACT),
    ("It comes with a hard case.", "a hard case", Reason.NO_FACT),
    ("The finest bass.", "The finest", Reason.NO_FACT),
    ("Made in Italy.", "Italy", Reason.DIFFERS),
    ("Now $99.", "$99", Reason.PRICE),
    ("Was $199.", "$199", Reason.PRIOR_PRICE),
    ("Take 30% off.", "30% off", Reason.NO_OFFER),
    ("Only 3 left!", "Only 3 left", Reason.STOCK),
    ("Until 24 December.", "24 December", Reason.NO_FACT),
    ("六弦贝斯。", "六弦", Reason.NO_FACT),
    ("红色琴身。", "红色", Reason.DIFFERS),
    ("采用真皮。", "真皮", Reason.DIFFERS),
    ("防水设计。", "防水", Reason.NO_FACT),
    ("可折叠收纳。", "可折叠", Reason.NO_FACT),
    ("最好的选择。", "最好的", Reason.NO_FACT),
    ("现在七折。", "七折", Reason.NO_OFFER),
    ("售价99美元。", "99美元", Reason.PRICE),
    ("仅剩3件。", "仅剩3", Reason.STOCK),
    ("截至12月24日。", "12月24日", Reason.NO_FACT),
]


@pytest.mark.parametrize("text", TRUE)
def test_what_is_so_is_linked_to_its_proof(text: str) -> None:
    assert unsupported(text, BASS) == []
    assert all(each.proof for each in judged(text, BASS))


@pytest.mark.parametrize(("text", "claimed", "reason"), FALSE)
def test_what_is_not_so_is_named_with_its_place_and_reason(text: str, claimed: str, reason: Reason) -> None:
    found = {text[each.claim.start : each.claim.end]: each.reason for each in unsupported(text, BASS)}
    assert found[claimed] is reason


def test_a_claim_that_differs_names_the_fact() -> None:
    (found,) = unsupported("A bass with six strings.", BASS)
    assert found.fact
    assert (found.fact.source, found.fact.claim.number) == ("description", Decimal(5))


def test_a_description_does_not_prove_a_price() -> None:
    product = ProductFacts("Mug", "Now $5, 50% off, only 2 left.", price=Decimal(9), currency="USD")
    assert len(unsupported(product.description, product)) == 3


def test_without_an_offer_nothing_is_reduced() -> None:
    product = ProductFacts("Mug", price=Decimal(9), currency="USD")
    assert [each.reason for each in unsupported("On sale now, until 3 May.", product)] == [
        Reason.NO_OFFER,
        Reason.NO_FACT,
    ]


BOTTLE = ProductFacts(
    title="Steel Bottle",
    description="A 500 ml bottle. Battery not included. Not suitable for hot drinks. Lid is not leakproof.",
    price=Decimal(20),
    currency="USD",
    stock=3,
    offer=Offer(percent=Decimal(20)),
)
UNTRUE = (  # divided by bars
    # what its own words deny
    "Battery included.|It comes with a battery.|Supplied with a battery.|Suitable for hot drinks.|"
    "Fine for hot drinks.|"
    "电池已包含。|含电池。|随附电池。|适合热饮。|不漏水。|"
    # prices and discounts
    "Half the price.|Half of the usual price.|A third off.|Two thirds off.|Reduced by a quarter.|"
    "Only fifteen dollars.|"
    "Save five dollars.|降价一半。|对折。|便宜三成。|优惠三分之一。|只要十五美元。|一百二十美元。|立省五元。|"
    "省下十美元。|"
    # comparisons
    "Cheaper than anywhere else.|Nobody beats this price.|Our price cannot be beaten.|"
    "You won’t find it cheaper.|"
    "史低价。|比别家便宜。|低于同行。|没有更便宜的。|"
    # time and stock
    "Ends tonight.|Last chance.|It closes at midnight.|今晚截止。|最后机会。|明天恢复原价。|Selling fast.|"
    "Going quickly.|快卖完了。|"
    "手慢无。|"
    # measures, advice, how it is made, what is not in it
    "容量一升。|Holds a litre.|A litre and more.|重半公斤。|Doctors recommend it.|Trusted by chefs.|"
    "专家信赖。|Made by hand.|"
    "零添加。|无添加。|Zero sugar.|It won’t leak.|No assembly required.|无需安装。|No shop is cheaper.|"
    "比谁都低。|设计师推荐。|限量发售。"
)
SO = (
    "A fifth off.|降价两成。|优惠五分之一。|只要十六美元。|Yours for sixteen dollars.|Save four dollars.|"
    "省下四美元。|"
    "装半升。|A half-litre bottle.|Nearly sold out.|即将售罄。|"
    "Half the fun is the colour.|A third cup of tea.|We recommend a quick rinse.|Tonight, a cup of tea.|"
    "零碎的时光。|"
    "一种安静的美。|Keep one close by.|Made for small hands.|不着急，慢慢来。|Not only pretty."
)


@pytest.mark.parametrize("text", UNTRUE.split("|"))
def test_general_words_for_what_is_not_so_are_caught(text: str) -> None:
    assert unsupported(text, BOTTLE)


@pytest.mark.parametrize("text", SO.split("|"))
def test_the_same_words_stand_where_they_are_so_or_claim_nothing(text: str) -> None:
    assert unsupported(text, BOTTLE) == []


def test_what_one_clause_denies_another_may_not_prove() -> None:
    product = ProductFacts("Battery lamp", "With a spare clip, but the battery is sold separately.")
    assert unsupported("It comes with a battery.", product)
    assert not unsupported("With a spare clip.", product)
    assert not unsupported("Battery not included.", ProductFacts("Lamp", "Battery not included."))


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Screws come in the box.", False),
        ("The top stands hot pans, and looks good.", False),
        ("Perfect for outdoor use.", False),
        ("可以户外使用。", False),
        ("It does not come with screws.", True),
        ("Screws not included.", True),
        ("Not for outdoor use.", True),
        ("Use it every day.", True),
    ],
)
def test_the_words_of_a_denial_without_it_say_the_opposite(text: str, is_so: bool) -> None:
    table = ProductFacts(
        "Side Table",
        "It does not come with screws. The top can't stand hot pans. Not for outdoor use. 不可户外使用。",
    )
    assert bool(unsupported(text, table)) is not is_so
