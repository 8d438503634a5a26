"""Scarves and neck warmers."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import Canvas
from ecommerce_ai.demo.pictures.colours import darker, lighter
from ecommerce_ai.demo.pictures.fabrics import shade

Draw = Callable[[Canvas], None]


def scarf(canvas: Canvas, texture: str, *, fringe: bool = True, turn: int = 0) -> None:
    """Looped once, both ends hanging."""
    canvas.lying(1.06)
    canvas.shadow(346, 420, 190, 300, 0.36)
    pattern = canvas.texture(texture, turn=turn)
    left = "M236 250C220 380 206 500 210 660L318 668C322 520 330 400 342 300z"
    right = "M330 300C352 420 374 500 372 600L474 590C476 470 450 350 410 250z"
    canvas.path(right, canvas.soft(darker(canvas.colour, 0.12)), pattern)
    canvas.path(left, canvas.soft(), pattern)
    if fringe:
        ends = "".join(f"M{x} {664 - (318 - x) * 0.03:.0f}v40" for x in range(214, 318, 10))
        canvas.line(
            ends + "".join(f"M{x} 596v38" for x in range(376, 474, 10)), darker(canvas.colour, 0.06), 4
        )
    loop = "M196 240C190 130 450 130 446 240C448 330 390 356 320 358C250 356 196 330 196 240zM262 232C266 276 376 278 380 232C376 190 266 190 262 232z"
    canvas.path(loop, canvas.soft(), pattern, 'fill-rule="evenodd"')
    canvas.line(
        "M214 262C236 316 280 336 330 338M428 200C440 260 410 310 360 326",
        darker(canvas.colour, 0.5),
        5,
        0.25,
    )


def square_scarf(canvas: Canvas) -> None:
    canvas.lying(1.08)
    canvas.shadow(338, 420, 260, 250, 0.4)
    canvas.add('<g transform="rotate(-8 320 400)">')
    canvas.path(canvas.box(100, 180, 440, 440, 4), canvas.soft(lighter(canvas.colour, 0.78)))
    canvas.path("M100 180H540V620H100zM130 210V590H510V210z", canvas.soft(), more='fill-rule="evenodd"')
    bird = "M0 0C-30 -16 -60 -12 -84 -30C-60 0 -44 12 -22 14C-40 26 -54 44 -56 64C-36 42 -16 34 6 24C20 30 34 28 46 22C36 14 26 4 0 0z"
    for x, y, turn in (
        (260, 300, 0),
        (430, 270, 24),
        (380, 400, -12),
        (230, 470, 12),
        (430, 530, -4),
        (330, 545, 30),
    ):
        canvas.add(
            f'<path d="{bird}" fill="{canvas.colour}" transform="translate({x} {y}) rotate({turn}) scale(.9)"/>'
        )
    canvas.line("M100 400L540 404M322 180L318 620", darker(canvas.colour, 0.4), 4, 0.12)
    canvas.add("</g>")


def snood(canvas: Canvas) -> None:
    canvas.standing(1.15)
    canvas.shadow(344, 650, 200, 28)
    d = "M150 430C150 380 490 380 490 430C506 500 500 580 486 630C430 656 210 656 154 630C140 580 134 500 150 430z"
    canvas.path(d, canvas.soft(), canvas.texture("rib"))
    shade(canvas, d)
    canvas.ellipse((320, 428), 150, 34, darker(canvas.colour, 0.45))
    canvas.line("M150 500C240 540 400 470 492 510", darker(canvas.colour, 0.5), 9, 0.22)


SCARVES: dict[str, Draw] = {
    "scarf-plain": partial(scarf, texture="tweed"),
    "scarf-check": partial(scarf, texture="check"),
    "scarf-wrap": partial(scarf, texture="herringbone"),
    "scarf-crinkle": partial(scarf, texture="waves", fringe=False, turn=90),
    "scarf-square": square_scarf,
    "snood": snood,
}
