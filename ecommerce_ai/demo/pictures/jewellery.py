"""Jewellery."""

from collections.abc import Callable
from math import cos, sin, tau

from ecommerce_ai.demo.pictures.canvas import Canvas, n
from ecommerce_ai.demo.pictures.colours import darker, lighter, mix

Draw = Callable[[Canvas], None]
LEATHER, BRASS = "#8a5a38", "#c9a552"


def earrings(canvas: Canvas) -> None:
    canvas.lying(1.25)
    for x in (240, 400):
        canvas.line(f"M{x} 330c-26 -44 18 -70 26 -34c4 20 -14 34 -24 46", darker(canvas.colour, 0.2), 5)
        canvas.shadow(x + 12, 440, 52, 74, 0.45)
        canvas.ellipse((x, 352), 13, 13, canvas.metal())
        canvas.path(
            f"M{x} 364C{x + 50} 400 {x + 54} 490 {x + 4} 494C{x - 48} 496 {x - 50} 404 {x} 364z",
            canvas.metal(),
        )
        canvas.line(f"M{x - 20} 420q-6 30 6 50", "#ffffff", 6, 0.6)


def necklace(canvas: Canvas) -> None:
    canvas.lying(1.1)
    canvas.line(
        "M170 150C180 420 290 500 320 510C350 500 460 420 470 150", darker(canvas.colour, 0.3), 7, 0.3
    )
    canvas.line("M166 146C176 416 286 496 320 506C354 496 464 416 474 146", canvas.colour, 4)
    canvas.shadow(332, 562, 56, 60, 0.5)
    canvas.path("M320 506C364 532 372 604 320 616C268 604 276 532 320 506z", canvas.metal())
    canvas.ellipse(
        (320, 566),
        31,
        38,
        canvas.gradient(
            "moon", "#dfe6ee", 'x2="1" y2="1"', [(0, "#ffffff"), (0.5, "#c9d8e6"), (1, "#a9b4c9")]
        ),
    )
    canvas.line("M304 548q6 -14 18 -14", "#ffffff", 6, 0.9)


def cuff(canvas: Canvas) -> None:
    canvas.standing(1.3)
    canvas.shadow(340, 646, 190, 34)
    canvas.path(
        "M160 540C160 480 480 480 480 540C480 560 470 570 462 576C440 520 200 520 178 576C170 570 160 560 160 540z",
        darker(canvas.colour, 0.45),
    )
    canvas.path(
        "M152 540C150 660 490 660 488 540V590C490 700 150 700 152 590z",
        canvas.metal(),
        canvas.texture("speckle"),
    )
    canvas.line("M170 600C220 660 420 660 470 600", "#ffffff", 4, 0.4)


def rings(canvas: Canvas) -> None:
    canvas.standing(1.4)
    for x, y, dash in ((250, 600, ""), (340, 628, "3 9"), (410, 580, "14 6")):
        canvas.shadow(x + 10, y + 32, 84, 16, 0.5)
        for tone, width in (
            (darker(canvas.colour, 0.3), 15),
            (canvas.colour, 11),
            (lighter(canvas.colour, 0.6), 3),
        ):
            dashed = f' stroke-dasharray="{dash}" stroke-linecap="round"' if dash and width == 11 else ""
            canvas.add(
                f'<ellipse cx="{x}" cy="{y}" rx="66" ry="34" fill="none" stroke="{tone}" stroke-width="{width}"{dashed}/>'
            )


def brooch(canvas: Canvas) -> None:
    canvas.lying(1.2)
    canvas.path("M80 110H560V690H80z", canvas.soft("#8d8a84"), canvas.texture("tweed", "#8d8a84"))
    canvas.shadow(336, 420, 110, 180, 0.5)
    d = "M320 210C420 280 430 440 330 540C220 450 220 290 320 210z"
    canvas.add('<g transform="rotate(24 320 400)">')
    canvas.path(d, canvas.metal())
    canvas.line(
        "M322 230C330 350 330 450 330 600M324 300l50 -34M326 360l66 -30M328 420l56 -16M324 310l-46 -36M326 370l-62 -30M328 430l-50 -20",
        darker(canvas.colour, 0.45),
        4,
        0.7,
    )
    canvas.add("</g>")


def bracelet(canvas: Canvas) -> None:
    canvas.lying(1.15)
    beads = [(320 + 168 * x, 400 + 168 * y) for x, y in circle(22)]
    canvas.shadow(336, 420, 220, 216, 0.3)
    for index, (x, y) in enumerate(beads):
        tone = (
            "#c9ccd0"
            if index == 5
            else mix(canvas.colour, ("#ffffff", "#3a3a3a", "#c9b48a")[index % 3], 0.22)
        )
        fill = canvas.define(
            f"bead{tone}",
            f'<radialGradient id="%s" cx=".35" cy=".3"><stop offset="0" stop-color="#fff"/><stop offset=".35" stop-color="{tone}"/><stop offset="1" stop-color="{darker(tone, 0.4)}"/></radialGradient>',
        )
        canvas.add(f'<circle cx="{n(x)}" cy="{n(y)}" r="25" fill="{fill}"/>')


def circle(count: int) -> list[tuple[float, float]]:
    return [(cos(tau * index / count), sin(tau * index / count)) for index in range(count)]


JEWELLERY: dict[str, Draw] = {
    "earrings-drop": earrings,
    "necklace-stone": necklace,
    "cuff": cuff,
    "rings": rings,
    "brooch": brooch,
    "bracelet": bracelet,
}
