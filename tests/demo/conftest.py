from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from ecommerce_ai.accounts.services import sync_roles
from ecommerce_ai.demo.services import seed_shop
from ecommerce_ai.demo.simulation.year import Year, simulate

ANCHOR = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="session")
def small_year() -> Year:
    return simulate(ANCHOR, customers=120)


@pytest.fixture
def media_folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def seeded(db: None, media_folder: Path) -> Year:
    """A shop with fifty customers' year in it."""
    sync_roles()
    return seed_shop(ANCHOR, customers=50)
