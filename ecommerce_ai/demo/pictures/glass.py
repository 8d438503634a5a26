"""Glass: tumblers, stems, jugs, and what is seen through them."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import TILT, Canvas, Point, n
from ecommerce_ai.demo.pictures.colours import darker, lighter
from ecommerce_ai.demo.pictures.vessels import tulips

Draw = Callable[[Canvas], None]
COFFEE, TEA, CREAM, WAX, CORK = "#4b3021", "#a4642f", "#efe7d8", "#f4ecda", "#c9a477"


def glass_body(canvas: Canvas, x: float, profile: list[Point], *, fluted: bool = False) -> None:
    """Clear walls, a rim, a heavy foot and two lines of light."""
    tint = canvas.colour
    fill = canvas.gradient(
        "glass", tint, 'x2="1" y2="0"',
        [(0, darker(tint, 0.15)), (0.16, lighter(tint, 0.7)), (0.5, lighter(tint, 0.35)), (1, darker(tint, 0.2))],
    )  # fmt: skip
    top, bottom = profile[0], profile[-1]
    canvas.shadow(x + 24, bottom[0] + 5, bottom[1] * 1.5 + 14, bottom[1] * 0.22 + 9, 0.34)
    canvas.add('<g opacity=".5">')
    canvas.lathe(x, profile, fill, canvas.texture("flutes") if fluted else None)
    canvas.add("</g>")
    canvas.ellipse((x, bottom[0] - 8), bottom[1] * 0.9, bottom[1] * 0.2, darker(tint, 0.2), 0.35)
    rim = darker(tint, 0.28)
    canvas.add(
        f'<ellipse cx="{n(x)}" cy="{n(top[0])}" rx="{n(top[1])}" ry="{n(top[1] * TILT)}" fill="#fff" '
        f'fill-opacity=".35" stroke="{rim}" stroke-opacity=".6" stroke-width="2.5"/>'
    )
    light = x - top[1] * 0.62
    canvas.line(f"M{n(light)} {n(top[0] + 34)}V{n(bottom[0] - 40)}", "#ffffff", 7, 0.65)


def water(canvas: Canvas, x: float, profile: list[Point], colour: str) -> None:
    canvas.add('<g opacity=".82">')
    canvas.lathe(x, profile, canvas.round(colour))
    canvas.add("</g>")
    y, radius = profile[0]
    canvas.ellipse((x, y), radius, radius * TILT, lighter(colour, 0.3), 0.8)


def glass_mug(canvas: Canvas) -> None:
    canvas.standing(1.35)
    canvas.cord("M430 440C556 426 540 580 424 574", lighter(canvas.colour, 0.3), 18)
    water(canvas, 320, [(430, 104), (540, 102), (606, 70)], TEA)
    glass_body(canvas, 320, [(380, 128), (540, 122), (640, 84)])


def tumblers(canvas: Canvas) -> None:
    canvas.standing(1.45)
    for x, y in ((410, 590), (226, 612), (338, 668)):
        glass_body(canvas, x, [(y - 170, 82), (y, 64)], fluted=True)


def stemmed(canvas: Canvas, bowl: list[Point], wine: list[Point], colour: str) -> None:
    """Two glasses on stems; `bowl` and `wine` are measured from the foot up."""
    canvas.standing(1.12)
    for x, foot in ((222, 622), (416, 664)):
        canvas.shadow(x + 14, foot + 4, 92, 20, 0.32)
        canvas.ellipse((x, foot), 70, 12, lighter(canvas.colour, 0.35), 0.9)
        canvas.line(f"M{x} {foot}V{foot + bowl[-1][0]:.0f}", darker(canvas.colour, 0.1), 8, 0.8)
        water(canvas, x, [(foot + y, radius) for y, radius in wine], colour)
        canvas.add('<g opacity=".95">')
        glass_bowl(canvas, x, [(foot + y, radius) for y, radius in bowl])
        canvas.add("</g>")


def glass_bowl(canvas: Canvas, x: float, profile: list[Point]) -> None:
    top = profile[0]
    tint = canvas.colour
    fill = canvas.gradient(
        "bowl", tint, 'x2="1" y2="0"', [(0, darker(tint, 0.2)), (0.3, "#ffffff"), (1, darker(tint, 0.15))]
    )
    canvas.add('<g opacity=".5">')
    canvas.lathe(x, profile, fill)
    canvas.add("</g>")
    canvas.add(
        f'<ellipse cx="{n(x)}" cy="{n(top[0])}" rx="{n(top[1])}" ry="{n(top[1] * TILT)}" fill="none" '
        f'stroke="{darker(tint, 0.3)}" stroke-opacity=".6" stroke-width="2.5"/>'
    )
    canvas.line(f"M{n(x - top[1] * 0.7)} {n(top[0] + 30)}q-6 40 10 74", "#ffffff", 6, 0.8)


WINE = partial(
    stemmed,
    bowl=[(-390, 62), (-320, 84), (-240, 78), (-180, 6)],
    wine=[(-300, 80), (-240, 74), (-186, 8)],
    colour="#7b2d3c",
)
COUPE = partial(
    stemmed,
    bowl=[(-260, 98), (-220, 94), (-180, 60), (-150, 6)],
    wine=[(-232, 90), (-190, 62), (-156, 8)],
    colour="#e2bd6d",
)


def highballs(canvas: Canvas) -> None:
    canvas.standing(1.3)
    for x, y in ((234, 620), (404, 664)):
        water(canvas, x, [(y - 220, 60), (y - 14, 56)], "#cfe0dd")
        glass_body(canvas, x, [(y - 300, 68), (y - 200, 63), (y - 100, 68), (y, 60)])


def carafe(canvas: Canvas) -> None:
    canvas.standing(1.15)
    body: list[Point] = [(330, 58), (400, 60), (480, 110), (600, 118), (652, 100)]
    water(canvas, 300, [(470, 100), (600, 112), (648, 96)], "#cfe0e0")
    glass_body(canvas, 300, body)
    canvas.lathe(300, [(250, 62), (336, 66)], canvas.round(lighter(canvas.colour, 0.45)))
    glass_body(canvas, 470, [(556, 58), (664, 50)])


def jug(canvas: Canvas) -> None:
    canvas.standing(1.15)
    canvas.cord("M436 380C560 366 560 560 432 568", canvas.colour, 24)
    glass_body(canvas, 312, [(310, 92), (360, 80), (450, 122), (580, 134), (650, 104)])
    canvas.path("M222 306C196 300 186 290 178 280L250 296z", lighter(canvas.colour, 0.25))


def french_press(canvas: Canvas) -> None:
    canvas.standing(1.15)
    canvas.cord("M414 400C536 396 536 580 414 584", "#3a3330", 22)
    water(canvas, 320, [(430, 92), (638, 92)], COFFEE)
    glass_body(canvas, 320, [(356, 96), (640, 96)])
    for y in (392, 628):
        canvas.lathe(320, [(y, 99), (y + 18, 99)], canvas.metal())
    canvas.lathe(320, [(322, 60), (342, 98), (360, 102)], canvas.metal())
    canvas.line("M320 330V240", darker(canvas.colour, 0.2), 7)
    canvas.ellipse((320, 232), 22, 20, "#3a3330")


def pour_over(canvas: Canvas) -> None:
    canvas.standing(1.2)
    water(canvas, 320, [(570, 96), (620, 112), (650, 96)], COFFEE)
    glass_body(canvas, 320, [(290, 112), (400, 44), (470, 46), (600, 124), (654, 98)])
    canvas.lathe(
        320, [(402, 56), (440, 50), (478, 58)], canvas.round("#b98a5a"), canvas.texture("grain", "#b98a5a")
    )
    canvas.ellipse((352, 440), 9, 9, "#6a4a33")


def bud_vase(canvas: Canvas) -> None:
    canvas.standing(1.2)
    canvas.line("M320 470C316 400 326 340 316 270", "#7d8b5c", 6)
    for turn in range(0, 360, 45):
        canvas.add(
            f'<ellipse cx="316" cy="226" rx="15" ry="34" fill="{canvas.soft("#e8c9b8")}" transform="rotate({turn} 316 254)"/>'
        )
    canvas.ellipse((316, 254), 16, 16, "#d3a24c")
    glass_body(canvas, 320, [(460, 32), (500, 34), (560, 84), (612, 82), (646, 58)], fluted=True)


def cylinder_vase(canvas: Canvas) -> None:
    canvas.standing(1.1)
    tulips(canvas, "#d98b78")
    glass_body(canvas, 320, [(370, 92), (648, 88)], fluted=True)


GLASS: dict[str, Draw] = {
    "mug-glass": glass_mug,
    "frenchpress": french_press,
    "pourover": pour_over,
    "tumbler": tumblers,
    "wineglass": WINE,
    "coupe": COUPE,
    "highball": highballs,
    "carafe": carafe,
    "jug": jug,
    "vase-bud": bud_vase,
    "vase-rib": cylinder_vase,
}
