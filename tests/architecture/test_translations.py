import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils.module_loading import autodiscover_modules

from ecommerce_ai.data_register import stores

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"


def messages(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="zh_Hans") if message.id]


def name_of(message: Message) -> tuple[str, str]:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", text


def translations_of(message: Message) -> list[str]:
    return (
        [message.string]
        if isinstance(message.string, str)
        else [str(text) for text in message.string or [""]]
    )


def test_every_chinese_message_is_translated_and_keeps_its_placeholders() -> None:
    wrong = [
        name_of(message)
        for message in messages(CATALOGUE)
        if not all(translations_of(message)) or message.fuzzy or list(message.check())
    ]
    assert wrong == []


def test_every_store_of_a_receipt_has_a_chinese_name() -> None:
    """Their names are in no template: nothing extracts them."""
    autodiscover_modules("personal_data")
    known = {name_of(message)[1] for message in messages(CATALOGUE)}
    assert set(stores) - known == set()


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs Debian's gettext to extract the strings")
def test_every_string_of_the_interface_is_in_the_chinese_catalogue(tmp_path: Path) -> None:
    copy = tmp_path / "checkout"
    skipped = shutil.ignore_patterns(".git", ".venv", ".local*", "*_cache", "__pycache__", "node_modules")
    shutil.copytree(ROOT, copy, ignore=skipped)
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        "--locale",
        "zh_Hans",
        "--no-location",
        "--no-wrap",
    ]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    known = {name_of(message) for message in messages(CATALOGUE)}
    found = {name_of(message) for message in messages(copy / CATALOGUE.relative_to(ROOT))}
    assert found - known == set()
