"""An import that was stopped goes on where it was, and its counts cover the whole file."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from ecommerce_ai.jobs.progress import JobCancelled
from ecommerce_ai.shop.models import ImportedKey, ImportRun, Order, Product
from ecommerce_ai.shop.services.importing import ImportFileError, batches, import_file
from tests.shop.importing.files import INVOICES, counts, products_csv, rejects, write

pytestmark = pytest.mark.django_db
LINES = [f"S{number},Mug {number},{'NaN' if number % 7 == 0 else '5.00'},1" for number in range(1, 36)]


class StopAfter:
    """Progress that asks to stop once some batches are written, as a person or a kill would."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def __call__(self, done: int, total: int, note: str = "") -> None:
        self.left -= 1
        if self.left == 0:
            raise JobCancelled


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: Any) -> None:
    monkeypatch.setattr(batches, "BATCH_ROWS", 10)


def stop_and_resume(path: Path, kind: str) -> Any:
    with pytest.raises(JobCancelled):
        import_file(path, kind=kind, progress=StopAfter(2))
    assert ImportRun.objects.get().read == 20
    return import_file(path, kind=kind)


def test_it_goes_on_after_the_last_batch(tmp_path: Path) -> None:
    done = stop_and_resume(write(tmp_path / "p.csv", products_csv(*LINES)), "products")
    assert counts(done) == (35, 30, 0, 0, 5)
    assert [row[0] for row in rejects(done)] == ["8", "15", "22", "29", "36"]
    assert ImportRun.objects.get().status == ImportRun.Status.SUCCEEDED
    assert not ImportedKey.objects.exists()


def test_it_still_knows_the_keys_of_earlier_batches(tmp_path: Path) -> None:
    done = stop_and_resume(write(tmp_path / "p.csv", products_csv(*LINES, LINES[0])), "products")
    assert counts(done) == (36, 30, 0, 0, 6)


def test_it_still_knows_the_lines_of_orders_in_earlier_batches(tmp_path: Path) -> None:
    line = "{},85123A,MUG,1,2010-12-01 08:26:00,2.00,1,France\n"
    content = INVOICES + "".join(line.format(number % 3) for number in range(35))
    done = stop_and_resume(write(tmp_path / "o.csv", content), "orders")
    assert counts(done) == (35, 35, 0, 0, 0)
    assert sorted(order.lines.count() for order in Order.objects.all()) == [11, 12, 12]
    assert [order.total for order in Order.objects.order_by("number")] == [24, 24, 22]
    assert counts(import_file(tmp_path / "o.csv", kind="orders")) == (35, 0, 0, 35, 0)


def test_it_writes_no_rejected_line_twice_after_a_kill_between_file_and_commit(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", products_csv(*LINES))
    with pytest.raises(JobCancelled):
        import_file(path, kind="products", progress=StopAfter(2))
    with Path(ImportRun.objects.get().rejects_file).open("a") as file:
        file.write("22,price,written before the kill,but never committed\r\n")
    done = import_file(path, kind="products")
    assert [row[0] for row in rejects(done)] == ["8", "15", "22", "29", "36"]
    assert "never committed" not in str(rejects(done))


def test_it_begins_anew_with_a_file_that_is_finished(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", products_csv(*LINES))
    import_file(path, kind="products")
    assert counts(import_file(path, kind="products")) == (35, 0, 0, 30, 5)
    assert ImportRun.objects.count() == 2


def test_it_knows_a_file_by_its_content(tmp_path: Path) -> None:
    with pytest.raises(JobCancelled):
        import_file(write(tmp_path / "p.csv", products_csv(*LINES)), kind="products", progress=StopAfter(1))
    assert (
        counts(import_file(write(tmp_path / "same.csv.gz", products_csv(*LINES)), kind="products"))[0] == 35
    )
    assert ImportRun.objects.count() == 1


def test_it_keeps_whole_batches_of_a_file_that_breaks_off(tmp_path: Path) -> None:
    items = ",".join(json.dumps({"sku": f"S{number}", "title": "Mug", "price": 5}) for number in range(25))
    with pytest.raises(ImportFileError, match="cut short"):
        import_file(write(tmp_path / "p.json", f"[{items}"), kind="products")
    run = ImportRun.objects.get()
    assert (run.status, run.read, Product.objects.count()) == (ImportRun.Status.FAILED, 20, 20)
    assert "cut short" in run.error


def test_it_shows_how_far_it_is(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = write(tmp_path / "p.csv", products_csv(*LINES))
    import_file(path, kind="products", progress=lambda done, total, note="": seen.append((done, total)))
    assert seen == [(10, 35), (20, 35), (30, 35), (35, 35), (35, 35)]


def test_it_writes_rejects_that_a_spreadsheet_reads(tmp_path: Path) -> None:
    done = import_file(write(tmp_path / "p.csv", products_csv(*LINES)), kind="products")
    with Path(done.rejects_file).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["line", "field", "reason", "sku", "title", "price", "stock"]
    assert rows[1] == ["8", "price", "“NaN” is no price", "S7", "Mug 7", "NaN", "1"]
