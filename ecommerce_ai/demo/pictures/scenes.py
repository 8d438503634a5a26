"""Pictures that are not of one product: the still life of the home page, and the tiles of departments and shelves."""

from collections.abc import Sequence

from ecommerce_ai.demo.catalogue import Department, Shelf, catalogue
from ecommerce_ai.demo.pictures.canvas import Canvas, n
from ecommerce_ai.demo.pictures.colours import darker, lighter
from ecommerce_ai.demo.pictures.drawing import layer

Item = tuple[str, str, float, float, float]  # shape, colour, x of its middle, y of its foot, size

HERO: list[Item] = [
    ("throw-herring", "clay", 1010, 612, 0.5),
    ("lamp-table", "sea", 800, 606, 0.72),
    ("vase-bottle", "chalk", 230, 612, 0.76),
    ("teapot", "sage", 452, 664, 0.5),
    ("candle-jar", "amber", 946, 680, 0.27),
    ("mug-round", "oat", 676, 690, 0.32),
]
DEPARTMENTS: dict[str, list[Item]] = {
    "kitchen": [("teapot", "sage", 280, 470, 0.62), ("mug", "clay", 560, 500, 0.5)],
    "home": [("lamp-table", "sea", 270, 470, 0.66), ("cushion-tuft", "oat", 550, 500, 0.5)],
    "bedroom": [("pillow", "dove", 400, 380, 0.62), ("throw-fringe", "sage", 400, 510, 0.62)],
    "wear": [("beanie", "mustard", 260, 480, 0.52), ("bag-woven", "walnut", 550, 500, 0.56)],
    "bath": [("towel-stack", "chalk", 300, 500, 0.62), ("dispenser", "amber", 610, 500, 0.54)],
    "garden": [("pot-rib", "rust", 270, 480, 0.62), ("wateringcan", "forest", 550, 500, 0.6)],
    "stationery": [("notebook", "navy", 280, 430, 0.62), ("pen", "brass", 540, 430, 0.6)],
    "travel": [("backpack", "olive", 280, 490, 0.66), ("bottle", "coral", 560, 500, 0.66)],
    "children": [("bear", "clay", 260, 490, 0.66), ("rainbow", "coral", 560, 500, 0.52)],
    "pantry": [("teatin", "sage", 260, 480, 0.56), ("jar-honey", "amber", 540, 500, 0.54)],
}
GROUNDS = ["#eee7dc", "#e3e8e2", "#efe4df", "#e1e7ea", "#ebe6d8"]


def hero() -> str:
    """1200 by 800: a table by a window. What matters is in the middle, for pages that cut the edges."""
    scene = Canvas("#d9c9ac", "hero")
    scene.backdrop = "#ece6dc"
    room(scene, 1200, 800, 548)
    compose(scene, HERO)
    return scene.svg(1200, 800)


def department_tile(department: Department) -> str:
    scene = Canvas("#d9c9ac", department.slug)
    scene.backdrop = scene.rng.choice(GROUNDS)
    room(scene, 800, 600, 420)
    compose(scene, DEPARTMENTS[department.slug])
    return scene.svg(800, 600)


def shelf_tile(shelf: Shelf) -> str:
    """The shelf's first product, on a colour of its own."""
    product = next(product for product in catalogue() if product.shelf.slug == shelf.slug)
    scene = Canvas("#d9c9ac", shelf.slug)
    scene.backdrop = scene.rng.choice(GROUNDS)
    room(scene, 800, 600, 440)
    scene_item = (product.shape, product.colour, 400.0, 496.0, 0.7)
    compose(scene, [scene_item])
    return scene.svg(800, 600)


def room(scene: Canvas, width: int, height: int, edge: int) -> None:
    """A wall with the light of a window, and a table from `edge` down."""
    ground = scene.backdrop
    wall = scene.gradient(
        "hall", ground, 'x2="1" y2=".6"', [(0, lighter(ground, 0.5)), (1, darker(ground, 0.06))]
    )
    table = scene.gradient(
        "board", ground, 'x2="0" y2="1"', [(0, darker(ground, 0.16)), (0.4, darker(ground, 0.07))]
    )
    scene.add(f'<rect width="{width}" height="{height}" fill="{wall}"/>')
    for x in (width * 0.1, width * 0.34):
        scene.add(
            f'<path d="M{n(x)} 0h{n(width * 0.17)}l{n(edge * 0.45)} {edge}h{n(-width * 0.17)}z" fill="#fff" fill-opacity=".28"/>'
        )
    scene.add(f'<rect y="{edge}" width="{width}" height="{height - edge}" fill="{table}"/><g>')


def compose(scene: Canvas, items: Sequence[Item]) -> None:
    """Lays each drawing with its foot (y = 644 on its own sheet) where the item says."""
    for index, (shape, colour, x, y, size) in enumerate(items):
        part = layer(shape, colour, f"l{index}")
        scene.definitions |= {f"l{index}{key}": svg for key, svg in part.definitions.items()}
        scene.add(f'<g transform="translate({n(x - 320 * size)} {n(y - 644 * size)}) scale({size})">')
        scene.parts += part.parts
        scene.add("</g></g>")
