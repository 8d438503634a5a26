from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from ecommerce_ai.inference import registry
from ecommerce_ai.shop.models import Product
from recommendations.models import DIMENSIONS, ProductVector
from tests.factories import make_product


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights as wide as the column: texts that share words lie closer than others, and no more."""
    from tests.inference.tiny_model import save_tiny_model

    return save_tiny_model(tmp_path_factory.mktemp("small"), dimensions=DIMENSIONS)


@pytest.fixture
def encoder(settings: Any, small_model: Path) -> Iterator[None]:
    """The real backend on the small model, loaded."""
    backend = "ecommerce_ai.inference.backends.sentence_transformer.SentenceTransformerEncoder"
    options = {"model": str(small_model), "device": "cpu"}
    settings.INFERENCE = {"encoder": {"BACKEND": backend, "OPTIONS": options}}
    registry.reset_registry()
    registry.get_encoder()
    yield
    registry.reset_registry()


@pytest.fixture
def encoder_is_away(settings: Any) -> Iterator[None]:
    """An encoder that has not been loaded, and cannot be."""
    settings.INFERENCE = {"encoder": {"BACKEND": "ecommerce_ai.inference.nowhere.Encoder"}}
    registry.reset_registry()
    yield
    registry.reset_registry()


@pytest.fixture
def goods(db: None) -> list[Product]:
    """Twenty-four products that have little to do with each other."""
    products = [make_product() for _ in range(24)]
    chance = np.random.default_rng(5)
    for product in products:
        vector = chance.standard_normal(DIMENSIONS).astype(np.float32)
        ProductVector.objects.create(
            product=product,
            embedding=vector / np.linalg.norm(vector),
            agreement=1,
            encoder="x",
            content_hash="x",
            created_at=timezone.now() - timedelta(days=40),
        )
    return products
