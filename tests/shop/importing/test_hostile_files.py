"""Whatever is wrong with a file: a clear error and nothing written, or a rejected line and the rest here."""

import gzip
import json
from pathlib import Path

import pytest

from ecommerce_ai.shop.models import ImportRun, Product
from ecommerce_ai.shop.services.importing import ImportFileError, import_file
from ecommerce_ai.shop.services.importing.rejects import safe_cell
from tests.shop.importing.files import counts, imported, products_csv, reasons, rejects, write

pytestmark = pytest.mark.django_db
GOOD = ("A,Mug,5.00,1", "B,Cup,6.00,2")


def skus() -> set[str]:
    return set(Product.objects.values_list("sku", flat=True))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"sku,title\nA,Mug\n", "Missing columns for “generic”: price. Found: sku, title."),
        (b"sku,title,price,Price\nA,Mug,1,2\n", "The column “price” comes twice."),
    ],
)
def test_it_refuses_a_file_without_the_columns(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(ImportFileError, match=message.split("“")[0]) as error:
        imported(tmp_path / "p.csv", content)
    assert message in str(error.value)
    assert not Product.objects.exists()
    assert not ImportRun.objects.exists()


def test_it_imports_nothing_from_a_header_alone(tmp_path: Path) -> None:
    assert counts(imported(tmp_path / "p.csv", products_csv())) == (0, 0, 0, 0, 0)


def test_it_refuses_a_gzip_cut_short_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.csv.gz"
    path.write_bytes(gzip.compress(products_csv(*GOOD * 500).encode())[:-20])
    with pytest.raises(ImportFileError, match="cut short"):
        import_file(path, kind="products")
    assert not Product.objects.exists()


@pytest.mark.parametrize("name", ["missing.csv", "folder.csv"])
def test_it_says_when_there_is_no_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ImportFileError, match="cannot be read"):
        import_file(tmp_path / name, kind="products")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_it_recognises_unicode(tmp_path: Path, encoding: str) -> None:
    imported(tmp_path / "p.csv", products_csv("A,Tasse für Kaffee 杯子,5.00,1").encode(encoding))
    assert Product.objects.get().title == "Tasse für Kaffee 杯子"


@pytest.mark.parametrize(("encoding", "title"), [("cp1252", "Café – crème"), ("gb18030", "陶瓷咖啡杯大号")])
def test_it_recognises_older_encodings_and_says_so(tmp_path: Path, encoding: str, title: str) -> None:
    imported(tmp_path / "p.csv", products_csv(f"A,{title},5.00,1").encode(encoding))
    assert Product.objects.get().title == title
    assert "not UTF-8" in ImportRun.objects.get().notice


def test_it_rejects_the_row_of_a_byte_that_is_not_utf8(tmp_path: Path) -> None:
    content = products_csv("A,Tassé,5.00,1", "B,Crème,6.00,2").encode() + b"C,Caf\xe9,7.00,3\n"
    done = imported(tmp_path / "p.csv", content)
    assert counts(done) == (3, 2, 0, 0, 1)
    assert reasons(done) == {4: r": a byte that is no character of the file's encoding: '\udce9'"}


def test_it_rejects_ragged_rows(tmp_path: Path) -> None:
    done = imported(
        tmp_path / "p.csv", products_csv("A,Mug,5.00,1", "B,Cup", "C,Jug,7.00,3,4", "D,Pot,8.00,4")
    )
    assert skus() == {"A", "D"}
    assert reasons(done) == {
        3: ": the row has 2 cells, the header 4",
        4: ": the row has 5 cells, the header 4",
    }


def test_it_rejects_a_cell_of_ten_megabytes(tmp_path: Path) -> None:
    done = imported(tmp_path / "p.csv", products_csv(GOOD[0], f"X,{'x' * 10_485_760},5.00,1", GOOD[1]))
    assert skus() == {"A", "B"}
    assert reasons(done) == {3: ": the row has 10485766 characters, more than 1000000"}
    assert Path(done.rejects_file).stat().st_size < 10_000


def test_it_rejects_a_cell_beyond_what_csv_can_hold(tmp_path: Path) -> None:
    done = imported(tmp_path / "p.csv", products_csv(GOOD[0], f"X,{'x' * 17_000_000},5.00,1", GOOD[1]))
    assert skus() == {"A", "B"}
    assert "field larger than field limit" in reasons(done)[3]


def test_it_survives_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    done = imported(tmp_path / "p.csv", products_csv(*GOOD, '"C,Jug,7.00,3', "D,Pot,8.00,4"))
    assert skus() == {"A", "B"}
    assert counts(done) == (3, 2, 0, 0, 1)


def test_it_rejects_nul_bytes(tmp_path: Path) -> None:
    done = imported(tmp_path / "p.csv", products_csv(GOOD[0], "N,Mu\0g,5.00,1", GOOD[1]))
    assert skus() == {"A", "B"}
    assert reasons(done) == {3: ": a NUL byte"}


def test_it_keeps_a_formula_as_text_and_makes_it_safe_in_the_rejects(tmp_path: Path) -> None:
    formula = "=cmd|' /C calc'!A0"
    done = imported(
        tmp_path / "p.csv", products_csv(f"A,{formula},5.00,1", f"B,{formula},NaN,1", "C,-x,-5.00,1")
    )
    assert Product.objects.get(sku="A").title == formula
    assert [row[3:] for row in rejects(done)] == [
        ["B", f"'{formula}", "NaN", "1"],
        ["C", "'-x", "-5.00", "1"],
    ]


@pytest.mark.parametrize("cell", ["=1", "+1+1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_it_marks_every_beginning_of_a_formula(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


def test_it_takes_the_first_of_two_rows_with_one_key(tmp_path: Path) -> None:
    content = products_csv("A,Mug,5.00,1", "A,Other mug,9.00,1", "B,Cup,6.00,2")
    done = imported(tmp_path / "p.csv", content)
    assert counts(done) == (3, 2, 0, 0, 1)
    assert reasons(done) == {3: "sku: “A” was on an earlier line; that one counts"}
    assert Product.objects.get(sku="A").title == "Mug"
    assert counts(imported(tmp_path / "p.csv", content)) == (3, 0, 0, 2, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("X,Mug,NaN,1", "price: “NaN” is no price"),
        ("X,Mug,inf,1", "price: “inf” is no price"),
        ("X,Mug,-5.00,1", "price: negative: -5.00"),
        ("X,Mug,,1", "price: missing"),
        ("X,Mug,99999999999,1", "price: 99999999999 is too large"),
        ("X,Mug,5 XXXX,1", "currency: “XXXX” is no ISO 4217 currency code"),
        (",Mug,5.00,1", "sku: missing"),
        ("X,,5.00,1", "title: missing"),
        (f"{'X' * 65},Mug,5.00,1", "sku: 65 characters, at most 64 fit"),
        (f"X,{'m' * 501},5.00,1", "title: 501 characters, at most 500 fit"),
        ("X,Mug,5.00,-1", "stock: expected 0 to 2147483647, found -1"),
        ("X,Mug,5.00,1.5", "stock: 1.5 is not whole"),
    ],
)
def test_it_rejects_a_bad_value_with_its_field(tmp_path: Path, row: str, reason: str) -> None:
    done = imported(tmp_path / "p.csv", products_csv(GOOD[0], row, GOOD[1]))
    assert counts(done) == (3, 2, 0, 0, 1)
    assert reasons(done) == {3: reason}
    assert skus() == {"A", "B"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_takes_any_line_end(tmp_path: Path, end: str) -> None:
    content = products_csv(*GOOD, "C,Bad,NaN,1").replace("\n", end)
    done = imported(tmp_path / "p.csv", content)
    assert counts(done) == (3, 2, 0, 0, 1)
    assert list(reasons(done)) == [4]


def test_it_counts_lines_past_line_ends_in_cells_and_blank_lines(tmp_path: Path) -> None:
    done = imported(tmp_path / "p.csv", products_csv('A,"Mug\nred",5.00,1', "", "B,Cup,NaN,2"))
    assert Product.objects.get().title == "Mug\nred"
    assert list(reasons(done)) == [5]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_it_finds_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    imported(tmp_path / "p.csv", products_csv(*GOOD).replace(",", delimiter))
    assert skus() == {"A", "B"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('"text"', "Expected a list of objects"),
        ("12", "Expected a list of objects"),
        ('[{"sku": "A", "title": "Mug", "price": 5}', "cut short"),
        ('[{"sku": "A", "title": "Mug", "price": 5} {"sku": "B"}]', "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "is empty"),
    ],
)
def test_it_refuses_json_that_is_no_list_of_objects(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ImportFileError, match=message):
        imported(tmp_path / "p.json", content)
    assert not Product.objects.exists()


def test_it_rejects_what_is_no_object_in_json_lines(tmp_path: Path) -> None:
    good = json.dumps({"sku": "A", "title": "Mug", "price": 5.5, "attributes": {"colour": "red", "n": 1.5}})
    lines = [good, "nonsense", "[1]", good.replace('"A"', '"B"').replace("5.5", "NaN"), '{"sku": "C\\u0000"}',
             '{"sku": "\\ud800", "title": "x", "price": 1}',
             good.replace('"A"', '"D"').replace("5.5", "1" * 5000)]  # fmt: skip
    done = imported(tmp_path / "p.jsonl", "\n".join(lines))
    assert counts(done) == (7, 1, 0, 0, 6)
    assert Product.objects.get().attributes == {"colour": "red", "n": 1.5}
    assert reasons(done)[4] == "price: “NaN” is no price"


def test_it_refuses_entities_in_xml(tmp_path: Path) -> None:
    document_type = '<!DOCTYPE l [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
    bomb = f'<?xml version="1.0"?>{document_type}<rss><item><id>&b;</id></item></rss>'
    with pytest.raises(ImportFileError, match="entities"):
        imported(tmp_path / "p.xml", bomb)


@pytest.mark.parametrize("suffix", [".xml", ".xlsx"])
def test_it_refuses_a_file_that_is_not_what_its_name_says(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ImportFileError, match="is no"):
        imported(tmp_path / f"p{suffix}", "sku,title,price\n")


def test_it_refuses_an_unknown_suffix(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match=r"“\.exe” files cannot be imported"):
        imported(tmp_path / "p.exe", "sku,title,price\n")


def test_it_names_the_formats_when_one_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="No format “etsy” for products"):
        import_file(write(tmp_path / "p.csv", products_csv()), kind="products", format="etsy")
