"""An import takes the same memory whatever the size of the file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from ecommerce_ai.shop.benchmarks import write_sample_orders

LIMIT_MB = 600
IMPORT = """
import json, os, re, sys, django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict.update(json.loads(os.environ["TEST_DATABASE"]))
from pathlib import Path
from ecommerce_ai.shop.services.importing import import_file
settings.IMPORTS_ROOT = Path(sys.argv[1]).parent
done = import_file(Path(sys.argv[1]), kind=sys.argv[2])
peak_mb = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({"read": done.read, "created": done.created, "peak_mb": peak_mb}))
"""


def run_import(path: Path, kind: str) -> dict[str, float]:
    """Import in a process of its own, so that the peak is the import's.

    The kernel's VmHWM starts anew with a program; `getrusage` goes on from the size of its parent.
    """
    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = json.dumps({key: connection.settings_dict[key] for key in keys})
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE": database}
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(path), kind],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_streams_a_long_file(tmp_path: Path) -> None:
    write_sample_orders(tmp_path / "orders.csv", row_count=400_000)
    done = run_import(tmp_path / "orders.csv", "orders")
    assert (done["read"], done["created"]) == (400_000, 400_000)
    assert done["peak_mb"] < LIMIT_MB


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_streams_a_file_of_huge_rows_and_cells(tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    with path.open("w") as file:
        file.write("sku,title,price,description\n")
        for number in range(150):
            file.write(f"S{number},Mug,5.00,{'x' * 900_000}\n")
        for number in range(6):
            file.write(f"H{number},Mug,5.00,{'x' * 15_000_000}\n")
    done = run_import(path, "products")
    assert (done["read"], done["created"]) == (156, 150)
    assert done["peak_mb"] < LIMIT_MB
