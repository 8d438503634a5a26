"""Things turned on a wheel: mugs, plates, pots, vases."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import TILT, Canvas, Point, n
from ecommerce_ai.demo.pictures.colours import darker, lighter, luminance

Draw = Callable[[Canvas], None]
COFFEE, TEA, CREAM, WAX, CORK = "#4b3021", "#a4642f", "#efe7d8", "#f4ecda", "#c9a477"


def glaze(canvas: Canvas) -> str | None:
    """Every second pot is freckled."""
    return canvas.texture("speckle") if canvas.rng.random() < 0.6 else None


def turned(
    canvas: Canvas, profile: list[Point], x: float = 320, texture: str | None = None, drink: str = ""
) -> None:
    """A pot with its shadow and its mouth."""
    top, bottom = profile[0], profile[-1]
    canvas.shadow(x + 26, bottom[0] + 6, bottom[1] * 1.5 + 20, bottom[1] * 0.26 + 10)
    canvas.lathe(x, profile, canvas.round(), texture)
    canvas.mouth(x, top[0], top[1], canvas.colour, drink)


def mug(
    canvas: Canvas, belly: float = 0, height: float = 250, radius: float = 128, drink: str = COFFEE
) -> None:
    canvas.standing(1.3)
    y = 640 - height
    reach = radius + 92
    canvas.cord(
        f"M{n(320 + radius - 8)} {n(y + 58)}C{reach + 330} {n(y + 36)} {reach + 320} {n(y + height * 0.72)} "
        f"{n(320 + radius - 14)} {n(y + height * 0.74)}",
        canvas.colour,
        30,
    )
    middle = radius + belly
    profile = [
        (y, radius),
        (y + height * 0.35, middle),
        (y + height * 0.7, middle - 2),
        (640, radius - 22 - belly / 2),
    ]
    turned(canvas, profile, texture=glaze(canvas), drink=drink)


def enamel_mug(canvas: Canvas) -> None:
    canvas.standing(1.35)
    canvas.cord("M440 470C560 452 548 584 436 578", canvas.colour, 20)
    turned(canvas, [(418, 124), (640, 116)], drink="#e9e3d6")
    rim = lighter(canvas.colour, 0.1) if luminance(canvas.colour) < 0.2 else "#2d3038"
    canvas.add(
        f'<ellipse cx="320" cy="418" rx="124" ry="{n(124 * TILT)}" fill="none" stroke="{rim}" stroke-width="5"/>'
    )


def two_tone_cup(canvas: Canvas) -> None:
    canvas.standing(1.2)
    saucer(canvas, 214)
    canvas.cord("M418 486C520 470 506 578 404 570", canvas.colour, 22)
    turned(canvas, [(452, 122), (520, 116), (600, 74), (632, 58)], drink="#c79a6b")
    bare = "#cdb396"
    canvas.lathe(320, [(540, 110), (600, 74), (632, 58)], canvas.round(bare))


def saucer(canvas: Canvas, radius: float) -> None:
    canvas.shadow(344, 658, radius * 1.25, 34)
    canvas.lathe(320, [(628, radius), (650, radius * 0.55)], canvas.round())
    canvas.ellipse((320, 628), radius, radius * TILT, lighter(canvas.colour, 0.25))
    canvas.ellipse((320, 630), radius * 0.6, radius * 0.6 * TILT, darker(canvas.colour, 0.08))


def espresso_pair(canvas: Canvas) -> None:
    canvas.standing(1.5)
    for x, y in ((226, 600), (414, 650)):
        canvas.cord(f"M{x + 66} {y - 92}c62 -8 56 62 -2 58", canvas.colour, 15)
        turned(canvas, [(y - 132, 76), (y - 60, 74), (y, 52)], x, drink=COFFEE)


def pitcher_body(canvas: Canvas, colour: str, profile: list[Point], x: float = 320) -> None:
    bottom = profile[-1]
    canvas.shadow(x + 24, bottom[0] + 6, bottom[1] * 1.5 + 16, 28)
    canvas.lathe(x, profile, canvas.round(colour), glaze(canvas))


def teapot(canvas: Canvas) -> None:
    canvas.standing(1.15)
    canvas.cord("M196 492C92 470 84 604 204 608", canvas.colour, 26)
    canvas.path("M424 560C480 548 478 470 536 446L560 462C526 500 520 600 430 622z", canvas.soft())
    pitcher_body(canvas, canvas.colour, [(444, 76), (470, 128), (550, 154), (618, 128), (646, 92)])
    canvas.lathe(320, [(414, 34), (432, 70), (450, 82)], canvas.round())
    canvas.ellipse((320, 400), 24, 20, canvas.round())


def iron_kettle(canvas: Canvas) -> None:
    canvas.standing(1.2)
    canvas.line("M208 470C204 280 436 280 432 470", darker(canvas.colour, 0.3), 15)
    canvas.line("M210 462C210 296 420 290 428 440", lighter(canvas.colour, 0.35), 3, 0.6)
    canvas.path("M424 540C470 530 476 480 516 462L534 480C504 500 496 570 428 590z", canvas.soft())
    canvas.shadow(346, 654, 200, 30)
    canvas.lathe(
        320,
        [(456, 70), (480, 126), (550, 146), (620, 124), (646, 96)],
        canvas.round(),
        canvas.texture("waffle"),
    )
    canvas.lathe(320, [(436, 40), (462, 74)], canvas.round())
    canvas.ellipse((320, 424), 18, 15, canvas.round())


def gooseneck(canvas: Canvas) -> None:
    canvas.standing(1.15)
    canvas.cord("M416 420C548 408 540 560 470 590", "#4a3a30", 24)
    canvas.line("M216 606C120 596 176 452 96 412", darker(canvas.colour, 0.3), 22)
    canvas.line("M216 604C124 592 180 452 98 412", lighter(canvas.colour, 0.3), 9, 0.7)
    canvas.shadow(346, 650, 190, 28)
    canvas.lathe(320, [(396, 84), (430, 104), (560, 124), (640, 130)], canvas.metal())
    canvas.lathe(320, [(376, 56), (400, 86)], canvas.metal())
    canvas.ellipse((320, 362), 20, 18, "#4a3a30")


def matcha(canvas: Canvas) -> None:
    canvas.standing(1.15)
    turned(canvas, [(486, 150), (560, 142), (620, 96), (646, 70)], 270, glaze(canvas), "#9cb25b")
    canvas.shadow(500, 664, 80, 16)
    d = "M452 560L436 658Q486 674 536 658L520 560z"
    canvas.path(d, canvas.soft("#d9bd84"), canvas.texture("rib", "#d9bd84"))
    canvas.path("M464 470h44l10 92h-64z", canvas.soft("#cfae74"))


def bowl_wide(canvas: Canvas) -> None:
    canvas.standing(1.2)
    turned(canvas, [(520, 216), (560, 196), (620, 120), (644, 92)], texture=glaze(canvas))
    for ring in (150, 110, 70):
        canvas.add(
            f'<ellipse cx="320" cy="534" rx="{ring}" ry="{n(ring * 0.12)}" fill="none" stroke="{lighter(canvas.colour, 0.25)}" stroke-opacity=".5" stroke-width="2"/>'
        )


def bowl_stack(canvas: Canvas) -> None:
    canvas.standing(1.25)
    cream = "#f3ede2"
    canvas.shadow(346, 656, 200, 32)
    for index, y in enumerate((600, 540, 480, 420)):
        canvas.lathe(320, [(y - 20, 150), (y + 20, 138), (y + 52, 74)], canvas.round(cream))
        canvas.line(f"M172 {y - 2}Q320 {y + 48} 468 {y - 2}", canvas.colour, 4 + index * 5, 0.9)
    canvas.mouth(320, 400, 150, cream)


def plates(canvas: Canvas) -> None:
    canvas.lying()
    canvas.shadow(342, 428, 262, 256, 0.55)
    canvas.add(f'<circle cx="320" cy="400" r="238" fill="{canvas.soft()}"/>')
    canvas.add(f'<circle cx="320" cy="400" r="238" fill="{canvas.texture("speckle")}"/>')
    inner = darker(canvas.colour, 0.1)
    canvas.add(
        f'<circle cx="320" cy="400" r="176" fill="{canvas.soft(lighter(canvas.colour, 0.14))}" stroke="{inner}" stroke-width="3"/>'
    )
    canvas.line("M150 250A230 230 0 0 1 310 172", "#ffffff", 7, 0.45)


def platter(canvas: Canvas) -> None:
    canvas.lying()
    canvas.shadow(340, 420, 292, 196, 0.55)
    canvas.ellipse((320, 400), 272, 170, canvas.soft())
    canvas.ellipse((320, 400), 272, 170, canvas.texture("speckle"))
    canvas.ellipse((320, 404), 214, 120, canvas.soft(lighter(canvas.colour, 0.14)))
    for x, y, r in ((238, 396, 46), (322, 430, 52), (404, 388, 44)):
        canvas.shadow(x + 10, y + 16, r + 8, r * 0.8, 0.35)
        canvas.add(f'<circle cx="{x}" cy="{y}" r="{r}" fill="{canvas.soft("#c6503a")}"/>')
        canvas.line(f"M{x - 12} {y - 6}l12 4l12 -8M{x} {y - 2}v-14", "#5f7040", 5)


def bottle_vase(canvas: Canvas) -> None:
    canvas.standing(1.1)
    branch(canvas, "M322 330C330 230 380 150 420 96", 9)
    turned(canvas, [(320, 34), (400, 30), (470, 84), (560, 132), (640, 84)], texture=glaze(canvas))


def branch(canvas: Canvas, d: str, count: int) -> None:
    """A twig with leaves to both sides."""
    canvas.line(d, "#7b6248", 5)
    leaf = canvas.soft(canvas.rng.choice(("#8a9a6c", "#7d9180", "#a39a64")))
    for index in range(count):
        share = index / count
        x, y = 326 + 92 * share**1.4, 300 - 200 * share
        turn = 58 if index % 2 else -62
        canvas.add(
            f'<path d="M0 0C-13 -16 -12 -42 0 -58C12 -42 13 -16 0 0" fill="{leaf}" transform="translate({n(x)} {n(y)}) rotate({turn})"/>'
        )


def urn(canvas: Canvas) -> None:
    canvas.standing(1.35)
    for side in (-1, 1):
        x = 320 + side * 84
        canvas.cord(f"M{x} 372c{side * 70} -20 {side * 86} 50 {side * 44} 92", canvas.colour, 20)
    turned(canvas, [(330, 78), (366, 64), (450, 144), (540, 150), (646, 80)], texture=glaze(canvas))


def ribbed_pot(canvas: Canvas, profile: list[Point], stems: str = "") -> None:
    canvas.standing(1.12)
    if stems:
        tulips(canvas, stems)
    turned(canvas, profile, texture=canvas.texture("flutes"))


def tulips(canvas: Canvas, colour: str) -> None:
    for x, y, lean in ((250, 190, -40), (330, 150, 0), (404, 204, 40)):
        canvas.line(f"M{320 + lean // 3} 400C{320 + lean // 2} 330 {x} 300 {x} {y + 40}", "#84975f", 6)
        canvas.path(
            f"M{x - 30} {y - 30}q14 24 16 -4q14 -24 28 0q4 26 16 4q14 66 -30 72q-44 -6 -30 -72",
            canvas.soft(colour),
        )
    canvas.path("M290 420C230 360 214 300 206 268C250 300 300 350 306 420z", canvas.soft("#93a56f"))


def ikebana(canvas: Canvas) -> None:
    canvas.standing()
    canvas.line("M300 600C280 440 330 300 250 150", "#6f5a44", 7)
    canvas.line("M312 600C350 520 400 470 470 440", "#7d8b5c", 5)
    for x, y in ((252, 150), (272, 226), (290, 310), (470, 438)):
        canvas.ellipse((x, y), 24, 22, canvas.soft("#e6b7a9"))
        canvas.ellipse((x, y), 7, 7, "#c98a3a")
    turned(canvas, [(594, 206), (640, 190)], drink="#b9c8c6")
    canvas.ellipse((304, 598), 46, 9, "#b6954f")


VESSELS: dict[str, Draw] = {
    "mug": mug,
    "mug-round": partial(mug, belly=26, height=220, radius=136),
    "mug-enamel": enamel_mug,
    "cup": espresso_pair,
    "cup-saucer": two_tone_cup,
    "plate": plates,
    "platter": platter,
    "bowl": bowl_stack,
    "bowl-wide": bowl_wide,
    "teapot": teapot,
    "kettle": iron_kettle,
    "gooseneck": gooseneck,
    "matcha": matcha,
    "vase-bottle": bottle_vase,
    "vase-urn": urn,
    "vase-pleat": partial(
        ribbed_pot, profile=[(390, 62), (430, 74), (540, 132), (610, 124), (646, 86)], stems="#e7c7bf"
    ),
    "ikebana": ikebana,
}
