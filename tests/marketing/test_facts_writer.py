"""What the facts writer owes: all that is required, within each channel's limit, varied, and nothing
untrue.
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from marketing.ml.facts import Offer, ProductFacts
from marketing.ml.truth import unsupported
from marketing.ml.writing.channels import CHANNELS, fits
from marketing.ml.writing.content import content_of, is_plural
from marketing.ml.writing.facts_writer import LANGUAGES, TONES, Brief, FactsWriter, batch, missing
from marketing.ml.writing.measures import distinct_bigrams, largest_share, reading_level
from marketing.ml.writing.phrases import details, uses

OFFER = Offer(percent=Decimal(20), ends=date(2026, 12, 31), code="WARM")
BOOTS = ProductFacts(
    "Rustic Brown Leather Hiking Boots",
    "Head outdoors in style. These durable boots feature a padded ankle collar and a thick "
    "rubber sole. Perfect for "
    "forest trails or weekend walks, they are as soft as they look.",
    "footwear boot",
    price=Decimal("129.00"),
    currency="USD",
    stock=7,
)
AMOUNT = replace(BOOTS, offer=Offer(amount=Decimal("29.00"), code="WARM"))
BARE = ProductFacts("Thing", price=Decimal(3), currency="EUR")
OFFERED = ProductFacts(
    BOOTS.title, BOOTS.description, BOOTS.category, price=BOOTS.price, currency="USD", offer=OFFER
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    "product", [BOOTS, OFFERED, AMOUNT, BARE], ids=["priced", "offered", "amount", "bare"]
)
def test_copy_is_true_complete_and_within_limits(product: ProductFacts, channel: str, language: str) -> None:
    writer, content = FactsWriter(), content_of(product, language)
    for tone in TONES * 3:
        copy = writer.write(Brief(product, channel, language, tone))
        assert unsupported(copy.text, product) == []
        for part in CHANNELS[channel]:
            text = copy.parts[part.name]
            assert fits(part, channel, text)
            assert not missing(part.owes, content, text)
            assert not set("[]{}<>|") & set(text.replace(" | ", ""))


def test_an_offer_is_told_with_its_end_and_code() -> None:
    body = FactsWriter().write(Brief(OFFERED, "email")).parts["body"]
    assert "20%" in body
    assert "until 31 December" in body
    assert "WARM" in body


def test_the_same_seed_writes_the_same() -> None:
    briefs = [Brief(BOOTS, channel) for channel in CHANNELS]
    assert [each.text for each in batch(briefs)] == [each.text for each in batch(briefs)]
    assert [each.text for each in batch(briefs)] != [each.text for each in batch(briefs, seed=1)]


def test_a_batch_about_one_product_does_not_repeat_itself() -> None:
    texts = [each.text for each in batch([Brief(BOOTS, "description", tone=TONES[n % 3]) for n in range(12)])]
    assert len(set(texts)) == 12


def test_phrases_are_taken_whole() -> None:
    assert details(BOOTS.description) == ["a padded ankle collar and a thick rubber sole"]
    assert uses(BOOTS.description) == ["forest trails or weekend walks"]
    assert details("It pairs with a red scarf.") == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Hiking Boots", True), ("Brass Compass", False), ("Plate Set", False), ("Loaf with Herbs", False)],
)
def test_number_of_a_title(title: str, expected: bool) -> None:
    assert is_plural(title) is expected


def test_measures() -> None:
    assert distinct_bigrams(["a b a b"]) == pytest.approx(2 / 3)
    assert largest_share([{"x", "y"}, {"x"}, set(), {"z"}]) == 0.5
    assert reading_level("The cat sat.") < reading_level(
        "Extraordinary accommodation necessitates deliberation."
    )
    assert reading_level("你好。再见了。") == 2.5


def test_a_chinese_name_with_foreign_letters_stays_as_it_is() -> None:
    lamp = ProductFacts("LED阅读灯", "金属灯臂，适合书房。", "灯具", price=Decimal(90), currency="CNY")
    texts = [each.text for each in batch([Brief(lamp, "sms", "zh-Hans") for _ in range(9)])]
    assert all("LED阅读灯" in text for text in texts)
    thing = ProductFacts("Brass Lamp", price=Decimal(90), currency="CNY")
    texts = [each.text for each in batch([Brief(thing, "sms", "zh-Hans") for _ in range(9)])]
    assert not [text for text in texts if re.search(r"[\u4e00-\u9fff]Brass|Lamp[\u4e00-\u9fff]", text)]


BOTH = ProductFacts(
    "格纹野餐毯 · 铁锈红",
    "上面羊毛，下面蜡棉，配皮带提去河边。羊毛程序清洗，平铺晾干。\n"
    "Wool above, waxed cotton below, and a leather strap to carry it. Wash on the wool programme.",
    "野餐 Picnic",
    attributes={"material": "wool", "材质": "羊毛", "capacity_ml": 350},
    price=Decimal(68),
    currency="GBP",
)


def test_the_merchants_own_sentences_are_said_in_their_language() -> None:
    content = content_of(BOTH, "zh-Hans")
    assert content.slots["own"] == ["上面羊毛，下面蜡棉，配皮带提去河边。"]  # no care instruction
    assert (content.slots["stuff"], content.slots["capacity"]) == (["羊毛"], ["350毫升"])
    rug = replace(BOTH, title="Picnic Rug in Rust, Pair")
    assert content_of(rug, "en").slots["own"] == [
        "Wool above, waxed cotton below, and a leather strap to carry it."
    ]
    assert "in Rust" not in " ".join(content_of(rug, "en").slots["short"])


def test_what_is_measured_is_proved_by_its_property() -> None:
    assert unsupported("It holds 350 ml.", BOTH) == []
    assert unsupported("容量350毫升。", BOTH) == []
    assert unsupported("It holds 360 ml.", BOTH)
