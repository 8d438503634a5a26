import numpy as np
import pytest

from recommendations.ml.documents import ProductFacts, product_text, product_vectors

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
    mixed = product_vectors(documents, shelves, has_shelf=[True, False])
    np.testing.assert_allclose(mixed, [[0.5**0.5, 0.5**0.5], [0, 1]], atol=1e-6)
    assert mixed.dtype == np.float32


@pytest.mark.parametrize("shelf", [[1.0, 0.0], [-1.0, 0.0]])
def test_opposite_parts_divide_by_nothing(shelf: list[float]) -> None:
    mixed = product_vectors(np.array([[1, 0]], np.float32), np.array([shelf], np.float32), has_shelf=[True])
    assert np.isfinite(mixed).all()
