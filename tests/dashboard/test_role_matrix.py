"""Every address of the office against every role: what the table of roles grants, and no more."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from ecommerce_ai.accounts.roles import ROLES, permission_names
from ecommerce_ai.jobs.models import JobRun
from tests.factories import make_user

pytestmark = pytest.mark.django_db

# The permission to add an import opens the page that takes a file, not a form of the row.
WITHOUT_A_FORM = {"admin:shop_importrun_add"}
OWN_PAGES = {
    "dashboard:jobs": ("jobs", "view_jobrun"),
    "dashboard:import": ("shop", "add_importrun"),
    "dashboard:support": ("support", "view_conversation"),
    "dashboard:support_gaps": ("support", "view_gap"),
    "dashboard:support_quality": ("support", "view_gap"),
    "dashboard:campaigns": ("marketing", "view_campaign"),
    "dashboard:campaign_calendar": ("marketing", "view_campaign"),
    "dashboard:campaign_new": ("marketing", "add_campaign"),
    "dashboard:fairness": ("inference", "view_modelrun"),
    "dashboard:copy": ("marketing", "view_brief"),
    "dashboard:copy_new": ("marketing", "add_brief"),
    "dashboard:copy_voice": ("marketing", "view_brief"),
    "dashboard:search": ("shop", "view_event"),
    "dashboard:search_csv": ("shop", "view_event"),
    "dashboard:search_preview": ("recommendations", "view_synonym"),
    "dashboard:preview": ("recommendations", "view_impression"),
    "dashboard:pipelines": ("recommendations", "view_pipeline"),
}


def model_pages() -> Iterator[tuple[str, str, str]]:
    """Name of the address, app and permission that opens it, for the list and the form of every model."""
    admin.autodiscover()
    for model in admin.site._registry:
        label, name = model._meta.app_label, model._meta.model_name
        yield f"admin:{label}_{name}_changelist", label, f"view_{name}"
        yield f"admin:{label}_{name}_add", label, f"add_{name}"


def every_page() -> list[tuple[str, str, str]]:
    return [*model_pages(), *((url, *permission) for url, permission in OWN_PAGES.items())]


def may_open(role: str, url: str, app: str, permission: str) -> bool:
    granted = set(permission_names(ROLES[role]))
    changes_it = (app, permission.replace("view_", "change_")) in granted
    return url not in WITHOUT_A_FORM and ((app, permission) in granted or changes_it)


@pytest.fixture(params=list(ROLES))
def member(request: pytest.FixtureRequest, client: Client, db: None) -> tuple[str, Client]:
    client.force_login(make_user(role=request.param))
    return request.param, client


def test_each_role_opens_its_pages_and_no_other(member: tuple[str, Client]) -> None:
    role, client = member
    opened = {url for url, _, _ in every_page() if client.get(reverse(url)).status_code == 200}
    granted = {url for url, app, permission in every_page() if may_open(role, url, app, permission)}
    assert opened == granted


def test_each_role_is_refused_with_403(member: tuple[str, Client]) -> None:
    role, client = member
    closed = [url for url, app, permission in every_page() if not may_open(role, url, app, permission)]
    assert {client.get(reverse(url)).status_code for url in closed} == {403}


def test_the_side_bar_names_only_pages_that_open(member: tuple[str, Client]) -> None:
    _, client = member
    groups = client.get(reverse("admin:index")).context["sidebar_navigation"]
    links = [item["link"] for group in groups for item in group["items"]]
    assert links
    assert {client.get(link).status_code for link in links} == {200}


def test_a_superuser_opens_every_list(admin_client: Client) -> None:
    lists = [url for url, _, permission in every_page() if permission.startswith("view_")]
    assert {url: admin_client.get(reverse(url)).status_code for url in lists} == dict.fromkeys(lists, 200)


def test_a_stranger_is_sent_to_the_log_in(client: Client) -> None:
    for url, _, _ in every_page():
        response = client.get(reverse(url))
        assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_a_shopper_is_sent_to_the_log_in(client: Client) -> None:
    client.force_login(make_user())
    for url, _, _ in every_page():
        assert client.get(reverse(url)).status_code == 302


def test_a_member_of_staff_without_a_role_opens_nothing(client: Client) -> None:
    client.force_login(make_user(is_staff=True))
    assert {client.get(reverse(url)).status_code for url, _, _ in every_page()} == {403}


def test_a_stranger_starts_stops_and_repeats_no_job(client: Client) -> None:
    run = JobRun.objects.create(task="x", title="x", status=JobRun.Status.FAILED)
    for name, arguments in (("job_retry", [run.pk]), ("job_stop", [run.pk]), ("refresh", [])):
        assert client.post(reverse(f"dashboard:{name}", args=arguments)).status_code == 302
    assert JobRun.objects.get() == run


@pytest.mark.parametrize("name", ["job_retry", "job_stop"])
def test_an_analyst_watches_jobs_and_touches_none(client: Client, name: str) -> None:
    client.force_login(make_user(role="analyst"))
    run = JobRun.objects.create(task="x", title="Look at me", status=JobRun.Status.RUNNING)
    page = client.get(reverse("dashboard:job", args=[run.pk]))
    assert "Look at me" in page.content.decode()
    assert reverse(f"dashboard:{name}", args=[run.pk]) not in page.content.decode()
    assert client.post(reverse(f"dashboard:{name}", args=[run.pk])).status_code == 403
    run.refresh_from_db()
    assert (JobRun.objects.count(), run.is_cancel_requested) == (1, False)


def test_no_role_may_change_who_may_do_what() -> None:
    protected = Permission.objects.filter(content_type__app_label__in=["accounts", "auth"])
    assert protected.exists()
    assert not protected.filter(group__name__in=ROLES).exists()
