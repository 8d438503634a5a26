import numpy as np
import pytest

from recommendations.ml.documents import ProductFacts, encoded_products, product_text

SCARF = ProductFacts(
    title="Tartan Scarf.",
    brand="Loom & Sons",
    shelves=["clothes", "winter-wear", "Scarves"],
    description="Wide enough to be a shawl.",
    attributes={
        "style": "blanket_scarf",
        "material": "merino",
        "weight_g": 310,
        "gender": "F",
        "tags": ["a"],
    },
)


def test_the_text_holds_what_says_something_in_the_order_of_its_weight() -> None:
    assert product_text(SCARF).document == (
        "Tartan Scarf. Loom & Sons. clothes winter wear Scarves blanket scarf. Wide enough to be a shawl."
        " material merino"
    )


def test_the_shelf_is_its_path_and_the_kind_of_thing() -> None:
    assert product_text(SCARF).shelf == "clothes winter wear Scarves blanket scarf"


def test_what_is_missing_leaves_no_trace() -> None:
    bare = product_text(ProductFacts(title="Mug", brand="", shelves=[], description="", attributes={}))
    assert (bare.document, bare.shelf) == ("Mug", "")


def test_a_vector_lies_halfway_between_text_and_shelf() -> None:
    documents, shelves = np.eye(2, dtype=np.float32), np.array([[0, 1], [1, 0]], np.float32)
    encoded = encoded_products(documents, shelves, shelves=["scarves", ""])
    np.testing.assert_allclose(encoded.vectors, [[0.5**0.5, 0.5**0.5], [0, 1]], atol=1e-6)
    assert encoded.vectors.dtype == np.float32
    assert encoded.agreements.tolist() == [0, 0]


@pytest.mark.parametrize("shelf", [[1.0, 0.0], [-1.0, 0.0]])
def test_opposite_parts_divide_by_nothing(shelf: list[float]) -> None:
    encoded = encoded_products(
        np.array([[1, 0]], np.float32), np.array([shelf], np.float32), shelves=["mugs"]
    )
    assert np.isfinite(encoded.vectors).all()
    assert encoded.agreements.tolist() == [shelf[0]]
