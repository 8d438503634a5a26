"""An uploaded file becomes a job; the command line takes the same road."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.shop.models import Product
from ecommerce_ai.shop.services import importing
from ecommerce_ai.shop.tasks import import_file
from tests.factories import make_user
from tests.shop.importing.files import products_csv, write

pytestmark = pytest.mark.django_db
CONTENT = products_csv("A,Mug,5.00,1", "B,Cup,NaN,2").encode()


def uploaded(name: str, kind: str = "products", format: str = "") -> JobRun:
    upload = SimpleUploadedFile(name, CONTENT)
    return importing.start_import(kind=kind, format=format, upload=upload, requested_by=make_user())


def test_it_keeps_the_upload_and_queues_a_job(imports_root: Path) -> None:
    run = uploaded("spring list.csv")
    path = Path(run.arguments["path"])
    assert path.read_bytes() == CONTENT
    assert imports_root in path.parents
    assert (run.status, run.task, run.requested_by is None) == ("queued", importing.start.TASK, False)
    assert run.title == "Import: Products (spring_list.csv)"


def test_it_performs_the_job_and_keeps_what_came_of_it() -> None:
    run = uploaded("list.csv")
    import_file(job_run_id=str(run.pk))
    run.refresh_from_db()
    assert (run.status, run.percent) == ("succeeded", 100)
    assert (run.result["created"], run.result["rejected"]) == (1, 1)
    assert Path(run.result["rejects_file"]).exists()
    assert Product.objects.get().sku == "A"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "/etc/cron.d/x.csv", "..csv", "a\nb<script>.csv", "x" * 300 + ".csv"]
)
def test_it_lets_no_name_leave_the_folder(imports_root: Path, name: str) -> None:
    upload = SimpleUploadedFile("x.csv", CONTENT)
    vars(upload)["_name"] = name  # Django's own cleaning is not what is tested
    path = importing.start.keep_upload(upload)
    assert path.parent.parent == imports_root
    assert path.suffix == ".csv" or path.name == "csv"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("list.exe",), "is none of .csv"),
        (("list.csv", "pets"), "Unknown kind “pets”"),
        (("list.csv", "products", "ga4"), "No format “ga4” for products"),
    ],
)
def test_it_refuses_what_cannot_be_imported_before_it_is_kept(
    imports_root: Path, arguments: Any, message: str
) -> None:
    with pytest.raises(importing.ImportFileError, match=message):
        uploaded(*arguments)
    assert not imports_root.exists()
    assert not JobRun.objects.exists()


def test_the_command_prints_the_counts_as_json(tmp_path: Path) -> None:
    out = StringIO()
    path = write(tmp_path / "p.csv", CONTENT)
    call_command("import_data", "products", str(path), "--format", "generic", "--json", stdout=out)
    done = json.loads(out.getvalue())
    assert list(done) == ["read", "created", "updated", "unchanged", "rejected", "rejects_file", "seconds"]
    assert (done["read"], done["created"], done["rejected"]) == (2, 1, 1)


def test_the_command_says_in_words_what_it_did(tmp_path: Path) -> None:
    out = StringIO()
    call_command("import_data", "products", str(write(tmp_path / "p.csv", CONTENT)), stdout=out)
    assert out.getvalue().startswith("Read 2: created 1, updated 0, unchanged 0, rejected 1, in ")


def test_the_command_fails_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Missing columns"):
        call_command("import_data", "products", str(write(tmp_path / "p.csv", "a,b\n1,2\n")))
