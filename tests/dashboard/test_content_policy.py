import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def policy(client: Client, path: str) -> str:
    return client.get(path)["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/admin/jobs/", "/zh-hans/admin/", "/admin/shop/product/"]
)
def test_pages_of_the_office_may_run_alpine(admin_client: Client, path: str) -> None:
    assert "script-src 'self' 'unsafe-eval'" in policy(admin_client, path)
    assert "style-src 'self' 'unsafe-inline'" in policy(admin_client, path)


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/"])
def test_scripts_written_into_a_page_run_nowhere(admin_client: Client, path: str) -> None:
    script_rule = next(
        rule for rule in policy(admin_client, path).split("; ") if rule.startswith("script-src")
    )
    assert "unsafe-inline" not in script_rule


@pytest.mark.parametrize("path", ["/", "/zh-hans/", "/nowhere"])
def test_other_pages_stay_strict(client: Client, path: str) -> None:
    assert "unsafe" not in policy(client, path)
