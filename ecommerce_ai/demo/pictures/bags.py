"""Bags to carry."""

from collections.abc import Callable

from ecommerce_ai.demo.pictures.canvas import Canvas
from ecommerce_ai.demo.pictures.colours import darker, lighter

Draw = Callable[[Canvas], None]
LEATHER, BRASS = "#8a5a38", "#c9a552"


def tote(canvas: Canvas) -> None:
    canvas.standing(1.08)
    canvas.cord("M226 380C220 160 420 160 414 380", darker(canvas.colour, 0.15), 20)
    canvas.shadow(344, 650, 240, 28)
    d = "M146 356C200 364 440 364 494 356L510 640C440 652 200 652 130 640z"
    canvas.path(d, canvas.soft(), canvas.texture("weave"))
    canvas.cord("M240 376C236 210 404 210 400 376V430M240 376V430", canvas.colour, 20)
    canvas.line("M148 376H492", darker(canvas.colour, 0.4), 3, 0.4)
    canvas.line(
        "M200 400C190 480 196 560 186 630M450 400C456 500 450 560 462 630",
        darker(canvas.colour, 0.5),
        12,
        0.12,
    )
    canvas.path(canvas.box(290, 520, 60, 44, 3), canvas.soft(LEATHER))


def crossbody(canvas: Canvas) -> None:
    canvas.standing(1.12)
    canvas.cord("M150 470C120 120 520 120 490 470", darker(canvas.colour, 0.1), 13)
    canvas.shadow(344, 650, 220, 26)
    d = "M130 440C180 420 460 420 510 440C540 560 470 646 320 646S100 560 130 440z"
    canvas.path(d, canvas.soft())
    canvas.path(
        "M130 440C180 420 460 420 510 440C516 476 512 500 506 524C420 560 220 560 134 524C128 500 124 476 130 440z",
        canvas.soft(lighter(canvas.colour, 0.08)),
    )
    canvas.line("M140 516C220 548 420 548 500 516", lighter(canvas.colour, 0.5), 2.5, 0.6)
    canvas.ellipse((320, 542), 13, 13, BRASS)


def satchel(canvas: Canvas) -> None:
    canvas.standing(1.1)
    canvas.cord("M140 430C120 140 520 140 500 430", darker(canvas.colour, 0.1), 22)
    canvas.shadow(344, 650, 240, 28)
    canvas.path(
        canvas.box(116, 390, 408, 254, 26), canvas.soft(darker(canvas.colour, 0.12)), canvas.texture("weave")
    )
    canvas.path(
        "M116 416Q116 390 142 390H498Q524 390 524 416V540C460 570 180 570 116 540z",
        canvas.soft(),
        canvas.texture("weave"),
    )
    for x in (206, 414):
        canvas.path(canvas.box(x, 500, 26, 110, 8), canvas.soft(LEATHER))
        canvas.path(canvas.box(x - 5, 566, 36, 26, 5), "none", more=f'stroke="{BRASS}" stroke-width="5"')


def shopper(canvas: Canvas) -> None:
    canvas.lying(1.06)
    canvas.shadow(344, 450, 210, 250, 0.34)
    d = "M196 160H250V300C260 340 380 340 390 300V160H444C450 260 470 320 486 400L470 650H170L154 400C170 320 190 260 196 160z"
    canvas.path(d, canvas.soft(), canvas.texture("weave"))
    canvas.line(
        "M250 330C230 440 240 540 220 640M390 330C410 440 396 540 420 640M320 350V640",
        darker(canvas.colour, 0.5),
        10,
        0.12,
    )
    canvas.shadow(500, 640, 60, 34, 0.4)
    canvas.ellipse((490, 622), 50, 38, canvas.soft(lighter(canvas.colour, 0.1)))
    canvas.line("M446 622q44 22 88 0", darker(canvas.colour, 0.4), 3, 0.5)


def woven_bag(canvas: Canvas) -> None:
    canvas.standing(1.15)
    canvas.cord("M206 430C200 220 440 220 434 430", darker(canvas.colour, 0.1), 22)
    canvas.shadow(344, 650, 230, 28)
    canvas.path(
        "M140 420C220 400 420 400 500 420L472 640C420 652 220 652 168 640z",
        canvas.soft(),
        canvas.texture("basket"),
    )
    canvas.line("M142 428C220 410 420 410 498 428", darker(canvas.colour, 0.25), 12)


def pouches(canvas: Canvas) -> None:
    canvas.lying(1.1)
    for x, y, turn, tone in ((120, 240, -6, darker(canvas.colour, 0.15)), (150, 400, 4, canvas.colour)):
        canvas.add(f'<g transform="rotate({turn} 320 400)">')
        canvas.shadow(x + 200, y + 110, 220, 110, 0.4)
        canvas.path(canvas.box(x, y, 370, 200, 14), canvas.soft(tone), canvas.texture("weave", tone))
        canvas.line(f"M{x + 14} {y + 22}H{x + 356}", BRASS, 7)
        canvas.line(f"M{x + 350} {y + 22}q28 18 20 54", LEATHER, 9)
        canvas.add("</g>")


def backpack(canvas: Canvas) -> None:
    canvas.standing(1.08)
    canvas.cord(
        "M200 420C120 460 120 600 180 640M440 420C520 460 520 600 460 640", darker(canvas.colour, 0.25), 20
    )
    canvas.shadow(344, 654, 220, 28)
    canvas.path(
        "M176 290C200 260 440 260 464 290C486 420 484 560 470 640C420 656 220 656 170 640C156 560 154 420 176 290z",
        canvas.round(),
        canvas.texture("weave"),
    )
    canvas.path(
        canvas.box(172, 210, 296, 104, 44),
        canvas.round(lighter(canvas.colour, 0.06)),
        canvas.texture("weave"),
    )
    canvas.path(canvas.box(306, 200, 28, 250, 8), canvas.soft(LEATHER))
    canvas.path(canvas.box(300, 400, 40, 30, 6), "none", more=f'stroke="{BRASS}" stroke-width="6"')
    canvas.path(
        canvas.box(210, 470, 220, 150, 18), canvas.soft(darker(canvas.colour, 0.06)), canvas.texture("weave")
    )
    canvas.line("M214 500H426", darker(canvas.colour, 0.5), 4, 0.5)


def holdall(canvas: Canvas) -> None:
    canvas.standing(1.1)
    canvas.cord("M210 470C200 280 440 280 430 470", LEATHER, 20)
    canvas.shadow(340, 650, 290, 28)
    canvas.path(
        "M90 480C100 420 540 420 550 480C570 560 562 620 550 644H90C78 620 70 560 90 480z",
        canvas.soft(),
        canvas.texture("weave"),
    )
    canvas.path(
        "M90 480C96 446 140 436 180 432L172 644H90C78 620 70 560 90 480zM550 480C544 446 500 436 460 432L468 644H550C562 620 570 560 550 480z",
        canvas.soft(LEATHER),
    )
    canvas.line("M190 446H450", BRASS, 6)
    canvas.line("M220 470V640M420 470V640", LEATHER, 18)


def cubes(canvas: Canvas) -> None:
    canvas.lying(1.04)
    for x, y, w, h in (
        (110, 190, 250, 210),
        (380, 190, 150, 210),
        (110, 420, 170, 190),
        (300, 420, 230, 190),
    ):
        canvas.shadow(x + w / 2 + 10, y + h / 2 + 14, w * 0.6, h * 0.6, 0.4)
        canvas.path(canvas.box(x, y, w, h, 18), canvas.soft(), canvas.texture("weave"))
        canvas.path(
            canvas.box(x + 22, y + 36, w - 44, h - 60, 10),
            canvas.soft(darker(canvas.colour, 0.35)),
            canvas.texture("waffle", darker(canvas.colour, 0.35)),
        )
        canvas.line(f"M{x + 16} {y + 18}H{x + w - 16}", BRASS, 5)


def wash_bag(canvas: Canvas) -> None:
    canvas.standing(1.15)
    canvas.shadow(340, 650, 240, 28)
    canvas.path(canvas.box(130, 440, 380, 206, 90), canvas.soft(), canvas.texture("weave"))
    canvas.ellipse((206, 543), 66, 98, canvas.soft(lighter(canvas.colour, 0.1)))
    canvas.line(
        "M206 543c10 -22 36 4 22 26c-18 26 -58 4 -52 -32c8 -46 70 -40 76 12",
        darker(canvas.colour, 0.5),
        5,
        0.5,
    )
    canvas.path(canvas.box(360, 436, 30, 214, 8), canvas.soft(LEATHER))
    canvas.path(canvas.box(354, 510, 42, 34, 6), "none", more=f'stroke="{BRASS}" stroke-width="6"')


BAGS: dict[str, Draw] = {
    "tote": tote,
    "crossbody": crossbody,
    "satchel": satchel,
    "shopper": shopper,
    "bag-woven": woven_bag,
    "pouch": pouches,
    "backpack": backpack,
    "holdall": holdall,
    "cubes": cubes,
    "washbag": wash_bag,
}
