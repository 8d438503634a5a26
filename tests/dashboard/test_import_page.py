from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.shop.models import ImportRun, Product
from ecommerce_ai.shop.tasks import import_file
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def merchant(client: Client, settings: Any, tmp_path: Path) -> Client:
    settings.IMPORTS_ROOT = tmp_path / "imports"
    settings.IMPORTS_ROOT.mkdir()
    client.force_login(make_user(role="merchant"))
    return client


def upload(
    name: str = "products.csv", text: str = "sku,title,price,currency\nA-1,Cup,4.50,GBP\n"
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def post(client: Client, **data: Any) -> Any:
    return client.post(reverse("dashboard:import"), {"content": "products:generic", "file": upload(), **data})


def test_a_file_becomes_a_job_and_the_page_goes_there(merchant: Client) -> None:
    response = post(merchant)
    run = JobRun.objects.get()
    assert response["Location"] == reverse("dashboard:job", args=[run.pk])
    assert run.task == import_file.name
    assert (run.arguments["kind"], run.arguments["format"]) == ("products", "generic")
    assert Path(run.arguments["path"]).read_text().startswith("sku,title")
    assert run.requested_by is not None


def test_a_format_can_be_left_to_the_columns(merchant: Client) -> None:
    post(merchant, content="products:")
    assert JobRun.objects.get().arguments["format"] == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"file": ""}, "This field is required."),
        ({"content": ""}, "This field is required."),
        ({"content": "products:online-retail"}, "Select a valid choice"),
        ({"file": upload("products.exe")}, "is none of"),
        ({"file": upload(text="")}, "The submitted file is empty."),
    ],
)
def test_a_mistake_is_named_and_starts_nothing(merchant: Client, data: dict[str, Any], message: str) -> None:
    response = post(merchant, **data)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not JobRun.objects.exists()


def test_a_file_over_the_limit_is_refused_with_the_limit(merchant: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 10
    page = post(merchant).content.decode()
    assert "the limit is 10" in page
    assert not JobRun.objects.exists()


def test_a_support_agent_imports_nothing(client: Client) -> None:
    client.force_login(make_user(role="support agent"))
    assert post(client).status_code == 403
    assert not JobRun.objects.exists()


def make_import(path: Path | str) -> ImportRun:
    return ImportRun.objects.create(
        kind="products", format="generic", file_name="a.csv", file_hash="1", rejects_file=str(path)
    )


def test_rejected_rows_come_as_a_download(merchant: Client, settings: Any) -> None:
    path = settings.IMPORTS_ROOT / "a.rejects.csv"
    path.write_text("line,field,reason\n3,price,not a number\n")
    response = merchant.get(reverse("dashboard:import_rejects", args=[make_import(path).pk]))
    assert response["Content-Disposition"] == 'attachment; filename="a.rejects.csv"'
    assert b"not a number" in b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("recorded", ["", "/etc/passwd", "../../etc/passwd", "gone.csv"])
def test_no_other_file_can_be_had(merchant: Client, recorded: str) -> None:
    assert (
        merchant.get(reverse("dashboard:import_rejects", args=[make_import(recorded).pk])).status_code == 404
    )
    run = JobRun.objects.create(task="x", title="x", status="succeeded", result={"rejects_file": recorded})
    assert merchant.get(reverse("dashboard:job_rejects", args=[run.pk])).status_code == 404


@pytest.mark.parametrize("role", ["analyst", "support agent"])
def test_rejected_rows_are_for_merchants(client: Client, settings: Any, tmp_path: Path, role: str) -> None:
    settings.IMPORTS_ROOT = tmp_path
    path = tmp_path / "rejects.csv"
    path.write_text("email\nada@shop.example\n")
    run = JobRun.objects.create(task="x", title="x", status="succeeded", result={"rejects_file": str(path)})
    client.force_login(make_user(role=role))
    assert client.get(reverse("dashboard:job_rejects", args=[run.pk])).status_code == 403
    assert client.get(reverse("dashboard:import_rejects", args=[make_import(path).pk])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_file_with_a_bad_line_is_imported_and_the_line_can_be_had(merchant: Client) -> None:
    lines = ["sku,title,price,currency", "A-1,Cup,4.50,GBP", "A-2,Bowl,cheap,GBP"]
    response = post(merchant, file=upload(text="\n".join(lines) + "\n"))
    page = merchant.get(response["Location"]).content.decode()
    run = JobRun.objects.get()
    assert (run.status, run.result["created"], run.result["rejected"]) == ("succeeded", 1, 1)
    assert Product.objects.get().title == "Cup"
    rejects = reverse("dashboard:job_rejects", args=[run.pk])
    assert rejects in page
    assert "cheap" in b"".join(merchant.get(rejects).streaming_content).decode()  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_imported_says_what_it_lacks(merchant: Client) -> None:
    post(merchant, file=upload(text="sku,colour\nA-1,red\n"))
    run = JobRun.objects.get()
    page = merchant.get(reverse("dashboard:job", args=[run.pk])).content.decode()
    assert run.status == "failed"
    assert "title" in run.error
    assert "ImportFileError" not in page
