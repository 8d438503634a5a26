"""The goods of Larkmere, the demo shop: read from the tables in `data/` and put into words. No Django."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from zlib import crc32

SHOP_NAME = "Larkmere"
SHOP_NAME_ZH = "云雀里"
CURRENCY = "GBP"
CHINESE = "zh-hans"

DATA = Path(__file__).parent / "data"
SOLD_BY_WEIGHT = {"tea", "coffee", "honey", "fruit", "chocolate", "biscuit"}
SHAPES_IN_TWO_SIZES = {"candle-jar", "candle-tin"}
WOODS = {"oak", "walnut", "beech"}
LARGE = Decimal("1.9")

Text = tuple[str, str]  # English, Chinese


@dataclass(frozen=True)
class Shelf:
    slug: str
    name: Text
    season: str
    care: str  # where it differs from the care of the material, else empty
    brands: tuple[str, ...]
    occasions: tuple[str, ...]
    recipients: tuple[str, ...]
    uses: tuple[Text, ...]


@dataclass(frozen=True)
class Department:
    slug: str
    name: Text
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True)
class DemoProduct:
    """One article. Its colours and sizes share a `design`; `shape` and `colour` steer its picture."""

    sku: str
    design: str
    department: str
    shelf: Shelf
    title: Text
    description: Text
    brand: str
    material: str
    colour: str
    shape: str
    price: Decimal
    stock: int
    attributes: dict[str, Any]
    attributes_zh: dict[str, Any]


@dataclass(frozen=True)
class Variant:
    """A row of the tables in one colour or size."""

    row: dict[str, str]
    position: int
    colour: str
    scale: Decimal
    is_alone: bool

    @property
    def is_sized(self) -> bool:
        return self.row["material"] in SOLD_BY_WEIGHT or self.row["shape"] in SHAPES_IN_TWO_SIZES

    @property
    def material(self) -> str:
        """A wooden thing in the colour of a wood is of that wood."""
        material = self.row["material"]
        return self.colour if material in WOODS and self.colour in WOODS else material

    @property
    def sku(self) -> str:
        words = f"{self.row['name']} {self.suffix_for_sku}".lower().replace("è", "e")
        return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in words).split())

    @property
    def suffix_for_sku(self) -> str:
        return f"{self.facts['weight_g']} g" if self.is_sized else self.colour

    @property
    def facts(self) -> dict[str, Any]:
        given = dict(part.split("=") for part in self.row["facts"].split())
        facts: dict[str, Any] = {"dimensions_cm": given["d"].replace("x", " × ")}
        for key, name in (("g", "weight_g"), ("ml", "capacity_ml")):
            if key in given:
                facts[name] = int(int(given[key]) * self.scale) // 5 * 5 or int(given[key])
        return facts


@cache
def table(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@cache
def departments() -> tuple[Department, ...]:
    return tuple(
        Department(row["slug"], (row["name"], row["name_zh"]), tuple(shelf_from(s) for s in row["shelves"]))
        for row in table("departments")
    )


def shelf_from(row: dict[str, Any]) -> Shelf:
    return Shelf(
        slug=row["slug"],
        name=(row["name"], row["name_zh"]),
        season=row["season"],
        care=row.get("care", ""),
        brands=tuple(row["brands"]),
        occasions=tuple(row["occasions"]),
        recipients=tuple(row["recipients"]),
        uses=tuple((use[0], use[1]) for use in row["uses"]),
    )


@cache
def catalogue() -> tuple[DemoProduct, ...]:
    """Every product, department by department, in a fixed order."""
    return tuple(product for department in departments() for product in products_of(department))


def products_of(department: Department) -> Iterator[DemoProduct]:
    shelves = {shelf.slug: shelf for shelf in department.shelves}
    with (DATA / "products" / f"{department.slug}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE))
    position = count()
    for row in rows:
        for variant in variants_of(row, position):
            yield product_from(department.slug, shelves[row["shelf"]], variant)


def variants_of(row: dict[str, str], position: Iterator[int]) -> Iterator[Variant]:
    colours = row["colours"].split()
    for index, colour in enumerate(colours):
        variant = Variant(row, next(position), colour, Decimal(1), is_alone=len(colours) == 1)
        yield replace(variant, scale=LARGE) if variant.is_sized and index else variant


def product_from(department: str, shelf: Shelf, variant: Variant) -> DemoProduct:
    brand = brand_of(variant, shelf)
    attributes = attributes_of(variant, shelf)
    return DemoProduct(
        sku=variant.sku,
        design=variant.row["name"],
        department=department,
        shelf=shelf,
        title=title_of(variant),
        description=description_of(variant, shelf, brand),
        brand=brand,
        material=variant.material,
        colour=variant.colour,
        shape=variant.row["shape"],
        price=price_of(variant),
        stock=stock_of(variant.sku),
        attributes={name: value[0] for name, value in attributes.items()},
        attributes_zh={name: value[1] for name, value in attributes.items()},
    )


def brand_of(variant: Variant, shelf: Shelf) -> str:
    """A maker of the shelf who works in this material, or the shop's own label."""
    crafts = {name: table("brands")[name][1] for name in shelf.brands}
    makers = [name for name, materials in crafts.items() if not materials or variant.material in materials]
    return makers[crc32(variant.row["name"].encode()) % len(makers)] if makers else SHOP_NAME


def title_of(variant: Variant) -> Text:
    """The colour goes before the count: "Rice Bowl in Navy, Set of Four"."""
    name, name_zh = variant.row["name"], variant.row["name_zh"]
    if variant.is_alone:
        return name, name_zh
    if variant.is_sized:
        weight = variant.facts["weight_g"]
        return f"{name}, {weight} g", f"{name_zh} · {weight} 克"
    colour, colour_zh, _ = table("colours")[variant.colour]
    noun, comma, pieces = name.partition(", ")
    return f"{noun} in {colour.title()}{comma}{pieces}", f"{name_zh} · {colour_zh}"


def description_of(variant: Variant, shelf: Shelf, brand: str) -> Text:
    """What it is, then two of: what it is made of, who made it, how it is used, how it is kept."""
    _, _, care, *notes = table("materials")[variant.material]
    care = shelf.care or care
    n = variant.position
    made, used, kept = notes[n // 3 % 2], shelf.uses[n % 3], table("care")[care][2 + n // 2 % 2]
    by = table("brands")[brand][0]
    pairs = [(made, kept), (used, by), (made, used), (by, kept), (used, kept), (by, made)]
    sentences = [(variant.row["text"], variant.row["text_zh"]), *pairs[n % len(pairs)]]
    return " ".join(pair[0] for pair in sentences), "".join(pair[1] for pair in sentences)


def attributes_of(variant: Variant, shelf: Shelf) -> dict[str, tuple[Any, Any]]:
    material = table("materials")[variant.material]
    colour = table("colours")[variant.colour]
    n = variant.position
    occasion = shelf.occasions[n % len(shelf.occasions)]
    recipient = shelf.recipients[n % len(shelf.recipients)]
    attributes: dict[str, tuple[Any, Any]] = {"material": (material[0], material[1])}
    if not variant.is_sized:
        attributes["colour"] = (colour[0], colour[1])
    attributes |= {name: (value, value) for name, value in variant.facts.items()}
    care = table("care")[shelf.care or material[2]]
    words = table("words")
    return attributes | {
        "care": (care[0], care[1]),
        "occasion": (occasion, words["occasion"][occasion]),
        "recipient": (recipient, words["recipient"][recipient]),
    }


def price_of(variant: Variant) -> Decimal:
    """Small prices end in 95, larger ones are whole pounds."""
    pounds = (Decimal(variant.row["price"]) * variant.scale).quantize(Decimal(1))
    return pounds - Decimal("0.05") if pounds < 60 else pounds


def stock_of(sku: str) -> int:
    """Between 4 and 143; one article in about thirty is sold out."""
    draw = crc32(f"stock of {sku}".encode())
    return 0 if draw % 31 == 0 else 4 + draw % 140
