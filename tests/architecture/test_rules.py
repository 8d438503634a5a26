"""What the import contracts cannot see."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

ROOT = Path(__file__).resolve().parents[2]
OURS = ["ecommerce_ai", "profiles", "recommendations", "support", "marketing"]
ORDER = [
    "accounts",
    "jobs",
    "shop",
    "inference",
    "experiments",
    "privacy",
    "profiles",
    "recommendations",
    "support",
    "marketing",
    "api",
    "storefront",
    "dashboard",
    "demo",
]
MAX_FILE_LINES = 400
MAX_TASK_LINES = 10


def source_files() -> Iterator[Path]:
    for package in OURS:
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def our_foreign_keys() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and isinstance(field.related_model, type):
                yield model._meta.label, field.related_model._meta.label


def test_starting_django_loads_no_model_library() -> None:
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'ecommerce_ai.settings';"
        "django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "from ecommerce_ai import celery_app; celery_app.loader.import_default_modules();"
        "loaded = {'torch', 'transformers', 'sentence_transformers', 'lightgbm', 'sklearn', 'pandas'};"
        "loaded &= set(sys.modules);"
        "sys.exit(str(loaded) if loaded else 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_foreign_keys_point_down() -> None:
    rank = {label: position for position, label in enumerate(ORDER)}
    wrong = [
        (source, target)
        for source, target in our_foreign_keys()
        if (own := source.split(".")[0]) in rank
        and (other := target.split(".")[0]) in rank
        and rank[other] > rank[own]
    ]
    assert wrong == []


def test_every_app_of_ours_has_a_place_in_the_order() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in OURS}
    assert ours - {"ecommerce_ai"} <= set(ORDER)


def test_nothing_points_at_events() -> None:
    assert [source for source, target in our_foreign_keys() if target == "shop.Event"] == []


def test_files_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in [*source_files(), *(ROOT / "tests").rglob("*.py")]
        if (count := len(path.read_text().splitlines())) > MAX_FILE_LINES
    }
    assert long == {}


def test_tasks_only_delegate() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in source_files()
        if path.name == "tasks.py" or path.parent.name == "tasks"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > MAX_TASK_LINES  # type: ignore[operator]
    ]
    assert long == []


@pytest.mark.parametrize("word", ["utils", "common", "helpers"])
def test_no_drawer_without_a_label(word: str) -> None:
    assert [path for path in source_files() if word in (path.stem, path.parent.name)] == []
