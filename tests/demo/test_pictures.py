from xml.etree import ElementTree

import pytest

from ecommerce_ai.demo.catalogue import DemoProduct, catalogue, departments
from ecommerce_ai.demo.pictures.colours import darker, lighter, luminance, mix
from ecommerce_ai.demo.pictures.drawing import SHAPES, product_picture
from ecommerce_ai.demo.pictures.scenes import department_tile, hero, shelf_tile

SVG = "{http://www.w3.org/2000/svg}"


def ids_and_uses(svg: str) -> tuple[list[str], set[str]]:
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    uses = {
        value[5:-1]
        for element in root.iter()
        for value in element.attrib.values()
        if value.startswith("url(#")
    }
    return ids, uses


@pytest.mark.parametrize("product", catalogue(), ids=lambda product: product.sku)
def test_it_is_a_small_well_formed_drawing(product: DemoProduct) -> None:
    svg = product_picture(product)
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
    assert root.attrib["viewBox"] == "0 0 640 800"
    assert len(svg.encode()) < 8_000
    ids, uses = ids_and_uses(svg)
    assert len(ids) == len(set(ids))
    assert uses <= set(ids)


def test_it_carries_no_script_and_no_outside_address() -> None:
    pictures = [product_picture(product) for product in catalogue()] + [hero()]
    for svg in pictures:
        elements = {element.tag for element in ElementTree.fromstring(svg).iter()}  # noqa: S314
        assert f"{SVG}script" not in elements
        assert svg.count("http") == 1  # the name space


def test_it_draws_the_same_picture_twice() -> None:
    assert [product_picture(product) for product in catalogue()] == [product_picture(p) for p in catalogue()]


def test_it_knows_every_shape_and_no_more() -> None:
    assert {product.shape for product in catalogue()} == set(SHAPES)


def test_it_draws_different_products_differently() -> None:
    assert len({product_picture(product) for product in catalogue()}) >= len(catalogue()) - 4


def test_it_sets_scenes_without_a_clash_of_names() -> None:
    scenes = [hero(), *(department_tile(department) for department in departments())]
    scenes += [shelf_tile(shelf) for department in departments() for shelf in department.shelves]
    for svg in scenes:
        ids, uses = ids_and_uses(svg)
        assert len(ids) == len(set(ids))
        assert uses <= set(ids)
        assert len(svg) < 24_000


def test_it_mixes_colours_by_share() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert lighter("#336699", 0) == "#336699"
    assert luminance(darker("#aaaaaa", 0.5)) < luminance("#aaaaaa") < luminance(lighter("#aaaaaa", 0.5))
