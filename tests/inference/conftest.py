from collections.abc import Iterator
from pathlib import Path

import pytest

from ecommerce_ai.inference import registry


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.inference.tiny_model import save_tiny_model

    return save_tiny_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="package")
def full_precision() -> Iterator[None]:
    """Some processors would use bfloat16; what is compared to the digit is compared in float32."""
    from ecommerce_ai.inference.backends import devices

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(devices, "processor_flags", set)
        yield


@pytest.fixture
def fresh_registry() -> Iterator[None]:
    registry.reset_registry()
    yield
    registry.reset_registry()
