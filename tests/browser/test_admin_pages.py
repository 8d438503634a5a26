"""The office in a real browser: content policy kept, no foreign request, nothing wider than a phone."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.jobs.locks import lock_on
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.shop.models import Shipment
from tests.browser.conftest import DESKTOP, PHONE, LogIn, Shoot, settled
from tests.factories import make_category, make_customer, make_order, make_product, make_review, make_user

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shop() -> dict[str, Any]:
    shelf = make_category(name="Mugs", slug="mugs")
    product = make_product(
        title="Stoneware mug with a long handle",
        category=shelf,
        attributes={"colour": "green", "volume_ml": 300},
        translations={"zh-hans": {"title": "长柄粗陶杯"}},
    )
    others = [make_product(category=shelf, title=f"Linen napkin {number}") for number in range(12)]
    ada = make_customer(name="Ada Lovelace", email="ada@shop.example", country="GB", city="London")
    order = make_order(
        lines=[(product, 2), (others[0], 1)],
        customer=ada,
        email="ada@shop.example",
        shipping_name="Ada Lovelace",
        shipping_city="London",
        country="GB",
    )
    Shipment.objects.create(order=order, carrier="Royal Mail", tracking_number="RM1")
    make_review(product=product, status="pending", title="Warm in the hand", body="Keeps tea hot.")
    metrics = {
        "metrics": {"ndcg@10": {"value": 0.412, "low": 0.391, "high": 0.434}},
        "baselines": {"popularity": {"ndcg@10": 0.213}},
    }
    run = ModelRun.objects.create(name="similar", kind="encoder", metrics=metrics, is_live=True)
    return {"product": product, "order": order, "model_run": run}


def make_job(**fields: Any) -> JobRun:
    return JobRun.objects.create(**{"task": "x", "title": "Import: Products (products.csv)", **fields})


def addresses(shop: dict[str, Any]) -> dict[str, str]:
    result = {
        "read": 320705,
        "created": 18212,
        "updated": 4,
        "unchanged": 302485,
        "rejected": 4,
        "seconds": 41.2,
    }
    done = make_job(status="succeeded", result={**result, "rejects_file": "a"}, started_at=timezone.now())
    error = "Column “price” is missing. The file has: sku, title, cost."
    failed = make_job(status="failed", error=error, done=120, total=400)
    lost = make_job(status="running", done=120, total=400, heard_at=timezone.now() - timedelta(minutes=9))
    return {
        "index": reverse("admin:index"),
        "products": reverse("admin:shop_product_changelist"),
        "product": reverse("admin:shop_product_change", args=[shop["product"].pk]),
        "product-add": reverse("admin:shop_product_add"),
        "orders": reverse("admin:shop_order_changelist"),
        "order": reverse("admin:shop_order_change", args=[shop["order"].pk]),
        "reviews": reverse("admin:shop_review_changelist"),
        "events": reverse("admin:shop_event_changelist"),
        "model-run": reverse("admin:inference_modelrun_change", args=[shop["model_run"].pk]),
        "import": reverse("dashboard:import"),
        "jobs": reverse("dashboard:jobs"),
        "job-done": reverse("dashboard:job", args=[done.pk]),
        "job-failed": reverse("dashboard:job", args=[failed.pk]),
        "job-lost": reverse("dashboard:job", args=[lost.pk]),
    }


def is_wider_than_the_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "390"])
def test_every_page_loads_clean_and_fits(
    page: Page, log_in: LogIn, shoot: Shoot, shop: dict[str, Any], language: str, size: Any
) -> None:
    page.set_viewport_size(size)
    with translation.override(language):
        page.goto(reverse("admin:login"))
        shoot(page, f"log-in-{language}-{size['width']}")
        log_in(page, make_user(role="merchant", is_superuser=True, first_name="Mira"))
        pages = addresses(shop)
    too_wide = []
    for name, address in pages.items():
        page.goto(address)
        if name != "job-lost":  # which asks again every second
            settled(page)
        shoot(page, f"{name}-{language}-{size['width']}")
        too_wide += [name] if is_wider_than_the_window(page) else []
    assert too_wide == []


def test_a_job_moves_on_the_page_without_a_reload_or_a_shift(page: Page, log_in: LogIn, shoot: Shoot) -> None:
    run = make_job(status="running", done=40, total=400, started_at=timezone.now() - timedelta(seconds=30))
    log_in(page, make_user(role="merchant"))
    with lock_on(run):
        page.goto(reverse("dashboard:job", args=[run.pk]))
        page.evaluate("document.body.dataset.stays = 'yes'")
        before = page.locator(".office-facts").bounding_box()
        shoot(page, "job-running-en-1280")
        JobRun.objects.filter(pk=run.pk).update(done=300)
        page.get_by_text("75 %").wait_for()
        assert page.locator(".office-facts").bounding_box() == before
    JobRun.objects.filter(pk=run.pk).update(
        status="succeeded", result={"read": 400}, finished_at=timezone.now()
    )
    page.get_by_role("button", name="Run again").wait_for()
    assert page.evaluate("document.body.dataset.stays") == "yes"


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        ("merchant", {"Products", "Orders", "Customers", "Import a file", "Jobs"}, set()),
        ("support agent", {"Products", "Orders", "Customers"}, {"Import a file", "Jobs", "Events"}),
        ("analyst", {"Products", "Orders", "Events", "Jobs"}, {"Import a file", "Customers"}),
    ],
)
def test_staff_logs_in_and_sees_only_their_pages(
    page: Page, shoot: Shoot, role: str, seen: set[str], unseen: set[str]
) -> None:
    make_user(role=role, email="sam@shop.example")
    page.goto(reverse("admin:login"))
    page.get_by_label("E-mail").fill("sam@shop.example")
    page.get_by_label("Password").fill("correct horse 1")
    page.get_by_role("button", name="Log in").click()
    sidebar = page.locator("#nav-sidebar")
    sidebar.get_by_role("link", name="Orders").wait_for()
    texts = sidebar.get_by_role("link").all_inner_texts()
    links = {text.split("\n")[-1].strip() for text in texts}  # an icon's name comes first
    assert seen <= links
    assert not unseen & links
    shoot(page, f"index-{role.replace(' ', '-')}-en-1280")


def test_a_file_is_imported_by_hand(page: Page, log_in: LogIn, tmp_path: Any, settings: Any) -> None:
    settings.IMPORTS_ROOT = tmp_path / "imports"
    file = tmp_path / "products.csv"
    file.write_text("sku,title,price,currency\nA-1,Cup,4.50,GBP\n")
    log_in(page, make_user(role="merchant"))
    page.goto(reverse("dashboard:import"))
    page.get_by_label("What the file holds").select_option("products:generic")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Import").click()
    page.get_by_role("heading", name="Import").first.wait_for()
    assert JobRun.objects.get().arguments["kind"] == "products"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_our_own_have_no_serious_barriers(
    page: Page, log_in: LogIn, shoot: Shoot, shop: dict[str, Any], scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    log_in(page, make_user(role="merchant"))
    pages = addresses(shop)
    barriers = {}
    for name in ("index", "import", "jobs", "job-done", "job-failed", "model-run"):
        page.goto(pages[name])
        settled(page)
        shoot(page, f"{name}-{scheme}")
        barriers[name] = serious_barriers(page)
    assert {name: found for name, found in barriers.items() if found} == {}


def serious_barriers(page: Page) -> list[str]:
    """What axe finds serious inside of the page's own content; the frame around it is django-unfold's."""
    answer = Axe().run(page, context="#content").response
    assert answer["passes"]
    return [
        f"{barrier['id']}: {node['html'][:160]}"
        for barrier in answer["violations"]
        if barrier["impact"] in ("serious", "critical")
        for node in barrier["nodes"]
    ]
