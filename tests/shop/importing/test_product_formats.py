# ruff: noqa: E501 - lines as shops export them
"""Products in the layouts of the shops that they come from."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from openpyxl import Workbook

from ecommerce_ai.shop.models import Category, PriceChange, Product
from ecommerce_ai.shop.services.importing import ImportFileError, import_file
from tests.shop.importing.files import counts, imported, reasons

pytestmark = pytest.mark.django_db
DATA = settings.BASE_DIR.parent / "shared" / "data" / "retail-demo-store" / "products.csv"


def product(sku: str) -> Product:
    return Product.objects.get(sku=sku)


def test_it_takes_every_field_of_a_product(tmp_path: Path) -> None:
    imported(
        tmp_path / "p.csv",
        "SKU,Name,Description,Brand,Category,Price,Currency,Stock,Image,Language,attributes.colour,Fit,Title_zh,active\n"
        "A,Mug,For tea,Potters,Kitchen > Mugs,£5.50,,3,https://x.example/a.jpg,en,red,wide,杯子,no\n",
    )
    mug = product("A")
    assert (mug.title, mug.description, mug.brand, mug.price, mug.currency) == (
        "Mug",
        "For tea",
        "Potters",
        Decimal("5.50"),
        "GBP",
    )
    assert (mug.stock, mug.image, mug.is_live) == (3, "https://x.example/a.jpg", False)
    assert mug.attributes == {"colour": "red", "fit": "wide"}
    assert mug.translations == {"zh": {"title": "杯子"}}
    assert mug.category == Category.objects.get(path="kitchen/mugs")
    assert Category.objects.get(path="kitchen").children.count() == 1


def test_it_takes_json_with_nested_values(tmp_path: Path) -> None:
    imported(
        tmp_path / "p.json",
        '[{"sku": "A", "title": "Mug", "price": 5.5, "attributes": {"sizes": ["S", "M"]}, "category": "Kitchen/Mugs",'
        ' "translations": {"zh": {"title": "杯子"}}, "is_live": false}]',
    )
    assert product("A").attributes == {"sizes": ["S", "M"]}
    assert (product("A").translations, product("A").is_live) == ({"zh": {"title": "杯子"}}, False)


def test_it_takes_an_excel_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["sku", "title", "price", "stock", None],
        ["A", "Mug", 5.5, 3.0],
        [None] * 4,
        [12345, "Cup", "NaN", 1],
    ):
        sheet.append(row)
    book.save(tmp_path / "p.xlsx")
    done = import_file(tmp_path / "p.xlsx", kind="products")
    assert counts(done) == (2, 1, 0, 0, 1)
    assert (product("A").price, product("A").stock) == (Decimal("5.50"), 3)
    assert reasons(done) == {4: "price: “NaN” is no price"}


def test_it_leaves_alone_what_the_file_does_not_speak_of(tmp_path: Path) -> None:
    imported(tmp_path / "p.csv", "sku,title,price,brand,stock,colour\nA,Mug,5,Potters,3,red\n")
    assert counts(imported(tmp_path / "q.csv", "sku,title,price\nA,Mug,6\n")) == (1, 0, 1, 0, 0)
    mug = product("A")
    assert (mug.price, mug.brand, mug.stock, mug.attributes) == (Decimal(6), "Potters", 3, {"colour": "red"})


def test_it_leaves_a_trace_of_a_changed_price(tmp_path: Path) -> None:
    for price in ("5.00", "6.00", "6.00"):
        imported(tmp_path / "p.csv", f"sku,title,price\nA,Mug,{price}\n")
    prices = PriceChange.objects.order_by("pk").values_list("previous_price", "price")
    assert list(prices) == [(None, Decimal("5.00")), (Decimal("5.00"), Decimal("6.00"))]


def test_it_rejects_a_shelf_without_a_name(tmp_path: Path) -> None:
    done = imported(tmp_path / "p.csv", "sku,title,price,category\nA,Mug,5,!!!\nB,Cup,5,杯子\n")
    assert reasons(done) == {2: "category: a category's name needs a letter or a digit"}
    assert Category.objects.get().path == "杯子"


SHOPIFY = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,"
    "Variant Inventory Qty,Variant Price,Image Src,Status\n"
    'scarf,Wool scarf,"<p>Warm &amp; soft</p><script>x</script>",Knits,Scarves,"wool, winter",true,Colour,Red,S-R,2,25.00,https://x.example/1.jpg,active\n'
    "scarf,,,,,,,,Blue,S-B,-1,22.50,,\n"
    "scarf,,,,,,,,,,,,https://x.example/2.jpg,\n"
    "mug,Mug,,Potters,Mugs,,true,Title,Default Title,'M-1,5,7.00,,draft\n"
    "bad,Bad,,,,,true,Title,Default Title,B-1,1,,,active\n"
)


def test_it_makes_one_product_of_a_shopify_handle(tmp_path: Path) -> None:
    done = imported(tmp_path / "p.csv", SHOPIFY)
    assert counts(done) == (3, 2, 0, 0, 1)
    assert reasons(done) == {6: "variant_price: missing"}
    scarf, mug = product("scarf"), product("M-1")
    assert (scarf.description, scarf.price, scarf.stock) == ("Warm & soft", Decimal("22.50"), 2)
    assert scarf.attributes == {
        "colour": ["Red", "Blue"],
        "tags": ["wool", "winter"],
        "variant_skus": ["S-R", "S-B"],
    }
    assert (mug.is_live, mug.attributes, mug.stock) == (False, {}, 5)
    assert counts(imported(tmp_path / "p.csv", SHOPIFY)) == (3, 0, 0, 2, 1)


WOOCOMMERCE = (
    'ID,Type,SKU,Name,Published,"In stock?",Stock,"Regular price","Sale price",Categories,Tags,Images,Parent,'
    '"Attribute 1 name","Attribute 1 value(s)",Description\n'
    '1,simple,MUG,Mug,1,1,4,7.00,6.50,"Kitchen > Mugs, Gifts",tea,"https://x.example/1.jpg, https://x.example/2.jpg",,Colour,"red, blue",<b>For tea</b>\n'
    '2,variable,TEE,T-shirt,1,1,,,,Clothes,,,,Size,"S, M",\n'
    "3,variation,TEE-S,T-shirt S,1,1,2,15.00,,,,,TEE,Size,S,\n"
    "4,variation,TEE-M,T-shirt M,1,1,3,14.00,,,,,id:2,Size,M,\n"
    "5,variation,LOST,Lost,1,1,3,14.00,,,,,NONE,Size,M,\n"
    "6,simple,,No code,0,0,,1.00,,,,,,,,\n"
)


def test_it_joins_woocommerce_variations_to_their_product(tmp_path: Path) -> None:
    done = imported(tmp_path / "p.csv", WOOCOMMERCE)
    assert counts(done) == (4, 3, 0, 0, 1)
    assert reasons(done) == {6: "parent: a variation whose product is not on the lines before it"}
    mug, tee, uncoded = product("MUG"), product("TEE"), product("id-6")
    assert (mug.price, mug.stock, mug.description) == (Decimal("6.50"), 4, "For tea")
    assert (mug.category.path if mug.category else "", mug.image) == (
        "kitchen/mugs",
        "https://x.example/1.jpg",
    )
    assert mug.attributes == {"colour": ["red", "blue"], "tags": ["tea"]}
    assert (tee.price, tee.stock, tee.attributes) == (Decimal("14.00"), 5, {"size": ["S", "M"]})
    assert (uncoded.stock, uncoded.is_live) == (0, False)


RSS = """<?xml version="1.0"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>
<item><g:id>A</g:id><title>Mug</title><description>&lt;p&gt;For tea&lt;/p&gt;</description><link>https://x.example/a</link>
<g:image_link>https://x.example/a.jpg</g:image_link><g:availability>out of stock</g:availability>
<g:price>12.99 USD</g:price><g:brand>Potters</g:brand><g:product_type>Kitchen &gt; Mugs</g:product_type><g:color>red</g:color>
<g:additional_image_link>1</g:additional_image_link><g:additional_image_link>2</g:additional_image_link></item>
<item><g:id>B</g:id><title>Cup</title><g:price>free</g:price><link>https://x.example/b</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<entry><g:id>A</g:id><title>Mug</title><link href="https://x.example/a"/><g:price>12.99 USD</g:price><g:sale_price>9.99 USD</g:sale_price></entry>
</feed>"""


def test_it_takes_a_google_feed_as_rss(tmp_path: Path) -> None:
    done = imported(tmp_path / "feed.xml", RSS)
    assert counts(done) == (2, 1, 0, 0, 1)
    assert reasons(done) == {2: "price: “free” is no price"}
    mug = product("A")
    assert (mug.price, mug.currency, mug.stock, mug.description) == (Decimal("12.99"), "USD", 0, "For tea")
    assert mug.attributes == {
        "color": "red",
        "link": "https://x.example/a",
        "additional_image_link": ["1", "2"],
    }
    assert mug.category == Category.objects.get(path="kitchen/mugs")


def test_it_takes_a_google_feed_as_atom(tmp_path: Path) -> None:
    imported(tmp_path / "feed.xml", ATOM)
    assert (product("A").price, product("A").attributes) == (Decimal("9.99"), {"link": "https://x.example/a"})


def test_it_takes_a_google_feed_as_tsv(tmp_path: Path) -> None:
    imported(
        tmp_path / "feed.tsv",
        "id\ttitle\tlink\timage link\tprice\nA\tMug, large\thttps://x.example\thttps://x.example/a.jpg\t5 EUR\n",
    )
    assert (product("A").title, product("A").image, product("A").currency) == (
        "Mug, large",
        "https://x.example/a.jpg",
        "EUR",
    )


def test_it_holds_a_named_format_to_its_columns(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="Missing columns for “shopify”: handle, variant_price"):
        imported(tmp_path / "p.csv", "sku,title,price\nA,Mug,5\n", format="shopify")


@pytest.mark.skipif(not DATA.exists(), reason=f"the retail demo store is not at {DATA}")
def test_it_imports_a_real_catalogue(tmp_path: Path) -> None:
    assert counts(import_file(DATA, kind="products")) == (2_465, 2_465, 0, 0, 0)
    assert counts(import_file(DATA, kind="products")) == (2_465, 0, 0, 2_465, 0)
    backpack = product("6579c22f-be2b-444c-a52b-0116dd82df6c")
    assert (backpack.price, backpack.currency, backpack.stock) == (Decimal("129.99"), "USD", 15)
    assert backpack.attributes == {"style": "backpack", "gender": "F"}
    assert Category.objects.count() == 20
