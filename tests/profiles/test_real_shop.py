"""Eight months of a real shop, whole: what the import keeps of them, and what profiles count of everybody."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from ecommerce_ai.shop.models import Customer, Order, OrderLine
from ecommerce_ai.shop.services.importing import ImportSummary, import_file
from profiles.models import Profile
from profiles.selectors.recount import differing_profiles, uncounted_customers
from profiles.services import refresh_profiles
from tests.shop.importing.files import counts, reasons

DATA = settings.BASE_DIR.parent / "shared" / "data" / "online-retail" / "orders.csv.gz"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.exists(), reason=f"the Online Retail data is not at {DATA}"),
]


@pytest.fixture(scope="module")
def real_shop(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ImportSummary]:
    """The whole file, imported once for the module; taken away at its end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield import_file(DATA, kind="orders", format="online-retail")
        transaction.set_rollback(True)


def test_all_lines_are_kept_or_refused_for_a_reason(real_shop: ImportSummary) -> None:
    assert counts(real_shop) == (320_705, 319_293, 0, 0, 1_412)
    assert set(reasons(real_shop).values()) == {
        "unitprice: stock adjustment: no price, and no sale to anybody",
        "invoiceno: an adjustment of bad debt is no sale",
    }
    assert counts(import_file(DATA, kind="orders")) == (320_705, 0, 0, 319_293, 1_412)
    assert Customer.objects.count() == 3_360
    assert OrderLine.objects.goods().filter(product=None).count() == 0


def test_everybody_is_counted_as_a_second_count_does(real_shop: ImportSummary) -> None:
    buyers = Order.objects.exclude(customer=None).values("customer").distinct().count()
    assert refresh_profiles()["refreshed"] == Profile.objects.count() == buyers == 3_360
    assert differing_profiles() == []
    assert uncounted_customers() == []
