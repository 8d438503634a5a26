"""From a product to its picture: the shape names the drawing, the sku its small differences."""

from collections.abc import Callable

from ecommerce_ai.demo.catalogue import DemoProduct, table
from ecommerce_ai.demo.pictures.accessories import ACCESSORIES
from ecommerce_ai.demo.pictures.bags import BAGS
from ecommerce_ai.demo.pictures.canvas import Canvas
from ecommerce_ai.demo.pictures.fabrics import FABRICS
from ecommerce_ai.demo.pictures.garments import GARMENTS
from ecommerce_ai.demo.pictures.glass import GLASS
from ecommerce_ai.demo.pictures.house import HOUSE
from ecommerce_ai.demo.pictures.jewellery import JEWELLERY
from ecommerce_ai.demo.pictures.pantry import PANTRY
from ecommerce_ai.demo.pictures.paper import PAPER_GOODS
from ecommerce_ai.demo.pictures.scarves import SCARVES
from ecommerce_ai.demo.pictures.tools import TOOLS
from ecommerce_ai.demo.pictures.toys import TOYS
from ecommerce_ai.demo.pictures.vessels import VESSELS

SHAPES: dict[str, Callable[[Canvas], None]] = {
    **ACCESSORIES,
    **BAGS,
    **FABRICS,
    **GARMENTS,
    **GLASS,
    **HOUSE,
    **JEWELLERY,
    **PANTRY,
    **PAPER_GOODS,
    **SCARVES,
    **TOOLS,
    **TOYS,
    **VESSELS,
}


def product_picture(product: DemoProduct) -> str:
    """An SVG of 640 by 800."""
    canvas = Canvas(hexadecimal(product.colour), product.sku)
    SHAPES[product.shape](canvas)
    return canvas.svg()


def layer(shape: str, colour: str, name: str) -> Canvas:
    """The same drawing without its background, to be laid into a scene."""
    canvas = Canvas(hexadecimal(colour), f"{shape} {colour}", layer=name)
    SHAPES[shape](canvas)
    return canvas


def hexadecimal(colour: str) -> str:
    return str(table("colours")[colour][2])
