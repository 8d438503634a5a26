from typing import Any

import pytest
from django.conf import settings as real_settings

from ecommerce_ai.inference.checks import check_inference

BACKEND = "ecommerce_ai.inference.backends.sentence_transformer.SentenceTransformerEncoder"


def test_the_shipped_setting_is_right() -> None:
    assert "encoder" in real_settings.INFERENCE
    assert check_inference(None) == []


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({}, "inference.E001"),
        (None, "inference.E001"),
        ({"encoder": {"BACKEND": BACKEND}, "oracle": {"BACKEND": BACKEND}}, "inference.E002"),
        ({"encoder": {"OPTIONS": {}}}, "inference.E003"),
        ({"encoder": BACKEND}, "inference.E003"),
        ({"encoder": {"BACKEND": BACKEND, "OPTION": {}}}, "inference.E003"),
        (
            {"encoder": {"BACKEND": "ecommerce_ai.inference.backends.sentence_transfomer.Encoder"}},
            "inference.E004",
        ),
        ({"encoder": {"BACKEND": "no.such.place"}}, "inference.E004"),
        ({"encoder": {"BACKEND": ""}}, "inference.E004"),
    ],
)
def test_a_wrong_setting_is_named(setting: Any, expected: str, settings: Any) -> None:
    settings.INFERENCE = setting
    assert [message.id for message in check_inference(None)] == [expected]
