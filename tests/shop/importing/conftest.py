from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def imports_root(settings: Any, tmp_path: Path) -> Path:
    """Every test keeps its uploads and rejects in a folder of its own."""
    settings.IMPORTS_ROOT = tmp_path / "imports"
    settings.SHOP_CURRENCY = "GBP"
    return tmp_path / "imports"
