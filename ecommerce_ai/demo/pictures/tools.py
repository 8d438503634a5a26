"""Kitchen tools and things for the garden."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import TILT, Canvas, Point, n
from ecommerce_ai.demo.pictures.colours import darker, lighter
from ecommerce_ai.demo.pictures.glass import glass_body, water
from ecommerce_ai.demo.pictures.vessels import glaze, turned

Draw = Callable[[Canvas], None]
OAK, STEEL, LEAF = "#c69f6d", "#b9bcbd", "#7d9166"


def salt_cellar(canvas: Canvas) -> None:
    canvas.standing(1.45)
    canvas.ellipse((320, 516), 96, 20, "#f4f0e8")
    turned(canvas, [(520, 104), (570, 118), (640, 96)], texture=canvas.texture("grain"), drink="#f6f3ec")
    canvas.add('<g transform="rotate(-16 420 500)">')
    canvas.lathe(360, [(480, 106), (500, 106)], canvas.round())
    canvas.ellipse((360, 480), 106, 106 * TILT, lighter(canvas.colour, 0.2))
    canvas.add("</g>")


def cutlery(canvas: Canvas) -> None:
    canvas.lying(1.08)
    canvas.path(
        "M150 130H490V690H150z",
        canvas.soft("#e6dfd2" if canvas.colour != "#bfc3c6" else "#5f6b66"),
        canvas.texture("weave", "#e6dfd2"),
    )
    canvas.shadow(330, 420, 190, 260, 0.2)
    handle = "V640"
    canvas.line(f"M230 330{handle}M320 330{handle}M410 330{handle}", darker(canvas.colour, 0.3), 17)
    canvas.line(f"M230 330{handle}M320 330{handle}M410 330{handle}", lighter(canvas.colour, 0.3), 6)
    canvas.path("M220 350C196 240 216 180 240 160V350z", canvas.metal())
    canvas.path("M290 180h14v90h9v-90h14v90h9v-90h14v130c0 40 -60 40 -60 0z", canvas.metal())
    canvas.ellipse((410, 240), 40, 76, canvas.metal())
    canvas.ellipse((407, 232), 26, 54, darker(canvas.colour, 0.12), 0.5)


def board(canvas: Canvas) -> None:
    canvas.lying(1.06)
    canvas.add('<g transform="rotate(12 320 400)">')
    canvas.shadow(346, 430, 190, 330, 0.45)
    d = "M286 90C286 60 354 60 354 90L362 220C460 230 470 300 470 420C470 600 440 690 320 690S170 600 170 420C170 300 180 230 278 220z"
    canvas.path(d, canvas.soft(), canvas.texture("grain", turn=84))
    canvas.line(
        "M250 280C230 420 250 540 240 640M330 230C350 380 310 520 340 676M410 280C430 420 396 540 420 610",
        darker(canvas.colour, 0.5),
        6,
        0.22,
    )
    canvas.ellipse((320, 106), 13, 13, darker(canvas.backdrop, 0.3))
    canvas.add("</g>")


def block(canvas: Canvas) -> None:
    canvas.standing(1.1)
    canvas.shadow(344, 660, 290, 26)
    canvas.path("M120 520H520L580 620H60z", canvas.soft(), canvas.texture("waffle"))
    for row, y in enumerate((520, 553, 586)):
        canvas.line(
            "".join(
                f"M{x} {y}L{x + (x - 320) * 0.05:.0f} {y + 33}"
                for x in range(130 - row * 16 + row % 2 * 24, 540 + row * 16, 48)
            )
            + f"M{120 - row * 20} {y}H{520 + row * 20}",
            darker(canvas.colour, 0.45),
            2.5,
            0.4,
        )
    canvas.path("M60 620H580V664H60z", canvas.soft(darker(canvas.colour, 0.24)), canvas.texture("grain"))
    canvas.path("M210 560C240 540 300 548 300 566C296 590 226 590 210 560z", canvas.soft("#86995f"))


def spoons(canvas: Canvas) -> None:
    canvas.lying(1.06)
    for x, turn, kind in ((210, -8, "round"), (322, 0, "flat"), (432, 8, "corner")):
        canvas.add(f'<g transform="rotate({turn} {x} 640)">')
        canvas.shadow(x + 14, 430, 40, 280, 0.34)
        heads = {
            "round": f"M{x} 120C{x + 64} 120 {x + 60} 270 {x + 12} 290L{x + 14} 680Q{x} 700 {x - 14} 680L{x - 12} 290C{x - 60} 270 {x - 64} 120 {x} 120z",
            "flat": f"M{x - 44} 120Q{x} 110 {x + 44} 120L{x + 34} 270Q{x + 14} 290 {x + 12} 310L{x + 14} 680Q{x} 700 {x - 14} 680L{x - 12} 310Q{x - 14} 290 {x - 34} 270z",
            "corner": f"M{x - 50} 130Q{x - 50} 116 {x - 30} 116C{x + 60} 116 {x + 56} 270 {x + 12} 290L{x + 14} 680Q{x} 700 {x - 14} 680L{x - 12} 290C{x - 44} 270 {x - 52} 220 {x - 50} 130z",
        }
        canvas.path(heads[kind], canvas.soft(), canvas.texture("grain", turn=88))
        if kind != "flat":
            canvas.ellipse((x, 204), 32, 56, darker(canvas.colour, 0.2), 0.5)
        canvas.add("</g>")


def mortar(canvas: Canvas) -> None:
    canvas.standing(1.2)
    canvas.line("M400 500L470 290", darker(canvas.colour, 0.12), 44)
    canvas.line("M394 500L462 300", lighter(canvas.colour, 0.3), 12, 0.6)
    turned(
        canvas, [(470, 150), (540, 152), (600, 116), (622, 92), (646, 104)], texture=canvas.texture("veins")
    )


def measuring(canvas: Canvas) -> None:
    canvas.lying(1.05)
    canvas.add(
        f'<circle cx="320" cy="160" r="30" fill="none" stroke="{darker(canvas.colour, 0.3)}" stroke-width="7"/>'
    )
    for index, turn in enumerate((-44, -22, 0, 22, 44)):
        radius = 30 + index * 9
        canvas.add(f'<g transform="rotate({turn} 320 160)">')
        canvas.shadow(330, 520, radius + 14, radius + 16, 0.36)
        canvas.path("M308 170H332V470H308z", canvas.metal())
        canvas.ellipse((320, 506), radius, radius, canvas.metal())
        canvas.ellipse((320, 508), radius - 8, radius - 8, canvas.soft(darker(canvas.colour, 0.2)))
        canvas.add("</g>")


def casserole(canvas: Canvas) -> None:
    canvas.standing(1.12)
    canvas.cord("M130 500h-50M510 500h50", canvas.colour, 32)
    canvas.shadow(340, 652, 260, 30)
    canvas.lathe(320, [(470, 196), (560, 196), (630, 184), (646, 160)], canvas.round())
    canvas.lathe(320, [(404, 70), (430, 150), (470, 204)], canvas.round(lighter(canvas.colour, 0.04)))
    canvas.line("M118 474Q320 530 522 474", darker(canvas.colour, 0.5), 5, 0.6)
    canvas.lathe(320, [(374, 34), (406, 24)], canvas.metal("#c6a04f"))
    canvas.ellipse((320, 374), 34, 8, "#e1c682")


def plant(canvas: Canvas, x: float, y: float, size: float = 1, kind: int = 0) -> None:
    """Leaves growing out of (x, y)."""
    greens = ["#7d9166", "#62805a", "#93a56f"]
    turns: tuple[int, ...]
    if kind == 0:
        shape, turns = "M0 0C-34 -60 -34 -150 0 -220C34 -150 34 -60 0 0", (-52, -30, -10, 12, 34, 54)
    elif kind == 1:
        shape, turns = (
            "M0 0C-8 -80 -70 -130 -60 -190C-30 -230 40 -220 50 -180C56 -130 4 -80 0 0",
            (-50, -18, 16, 48),
        )
    else:
        shape, turns = "M0 0C-10 -100 -8 -190 2 -260C10 -190 10 -100 0 0", (-60, -44, -28, -12, 6, 22, 38, 54)
    for index, turn in enumerate(turns):
        tone = greens[index % 3]
        canvas.add(
            f'<g transform="translate({n(x)} {n(y)}) rotate({turn}) scale({size})"><path d="{shape}" fill="{canvas.soft(tone)}"/><path d="M0 0V-170" stroke="{darker(tone, 0.3)}" stroke-opacity=".4" stroke-width="3"/></g>'
        )


def pot(
    canvas: Canvas, profile: list[Point], texture: str | None = None, *, feet: bool = False, kind: int = 0
) -> None:
    canvas.standing(1.12)
    plant(canvas, 320, profile[0][0] + 14, 1.05, kind)
    if feet:
        for x in (256, 320, 384):
            canvas.lathe(x, [(626, 22), (656, 14)], canvas.round(darker(canvas.colour, 0.2)))
    turned(canvas, profile, texture=canvas.texture(texture) if texture else glaze(canvas))
    top, radius = profile[0]
    canvas.ellipse((320, top + 4), radius - 9, (radius - 9) * TILT, "#5b4638")
    plant(canvas, 320, top + 8, 0.8, kind)


def long_tom(canvas: Canvas) -> None:
    canvas.standing(1.12)
    plant(canvas, 320, 400, 1, 2)
    canvas.shadow(340, 652, 180, 26)
    canvas.lathe(320, [(626, 130), (650, 116)], canvas.round())
    canvas.lathe(320, [(420, 106), (636, 80)], canvas.round(), canvas.texture("speckle"))
    canvas.lathe(320, [(384, 122), (428, 120)], canvas.round())
    canvas.ellipse((320, 384), 118, 19, "#5b4638")
    plant(canvas, 320, 390, 0.8, 2)


def hanging_pot(canvas: Canvas) -> None:
    canvas.lying(1.08)
    canvas.line("M320 60L210 420M320 60L430 420M320 60V400", "#b59b74", 5)
    plant(canvas, 320, 420, 0.9, 1)
    canvas.lathe(320, [(410, 128), (470, 124), (540, 80), (560, 50)], canvas.round(), glaze(canvas))
    canvas.ellipse((320, 412), 120, 18, "#5b4638")
    for side in (-1, 1):
        canvas.line(f"M{320 + side * 90} 412c{side * 60} 20 {side * 60} 120 {side * 40} 210", LEAF, 6)
        for step in range(5):
            canvas.ellipse(
                (320 + side * (138 + step % 2 * 22), 450 + step * 38),
                19,
                14,
                canvas.soft(("#7d9166", "#93a56f")[step % 2]),
            )


def trough(canvas: Canvas) -> None:
    canvas.standing(1.1)
    for x, kind in ((180, 1), (320, 2), (460, 1)):
        plant(canvas, x, 530, 0.72, kind)
    canvas.shadow(340, 650, 290, 26)
    canvas.path("M70 520Q320 548 570 520L540 640Q320 660 100 640z", canvas.soft(), canvas.texture("flutes"))
    canvas.path("M64 506Q320 536 576 506V530Q320 560 64 530z", canvas.soft(lighter(canvas.colour, 0.12)))


def watering_can(canvas: Canvas, *, big: bool = False) -> None:
    canvas.standing(1.05)
    fill = canvas.metal() if big else canvas.round()
    canvas.cord("M400 440C560 380 580 600 420 610", darker(canvas.colour, 0.05), 20)
    if big:
        canvas.cord("M230 430C240 310 400 310 410 430", darker(canvas.colour, 0.05), 18)
    canvas.path("M220 590C150 540 140 440 76 372L100 352C170 410 190 470 236 520z", canvas.soft())
    if big:
        canvas.path("M50 380L112 326L124 366L86 396z", canvas.metal("#c6a04f"))
    canvas.shadow(340, 650, 200, 28)
    canvas.lathe(
        320,
        [(430, 96), (460, 112), (640, 128)] if big else [(440, 66), (480, 112), (560, 128), (640, 116)],
        fill,
    )
    canvas.ellipse((320, 432 if big else 442), 92 if big else 62, 14, darker(canvas.colour, 0.5))
    if big:
        canvas.line("M206 500Q320 524 434 500M196 610Q320 634 444 610", darker(canvas.colour, 0.35), 4, 0.5)


def mister(canvas: Canvas) -> None:
    canvas.standing(1.15)
    water(canvas, 320, [(500, 96), (600, 106), (640, 86)], lighter(canvas.colour, 0.2))
    glass_body(canvas, 320, [(400, 36), (440, 66), (520, 108), (600, 112), (644, 90)])
    canvas.lathe(320, [(350, 34), (404, 40)], canvas.metal("#c6a04f"))
    canvas.path("M250 310H350V352H290L250 336z", canvas.metal("#c6a04f"))
    canvas.line("M340 320q50 6 40 70", "#a6833c", 12)


def spikes(canvas: Canvas) -> None:
    canvas.lying(1.1)
    for x, turn in ((170, -6), (270, -2), (370, 3), (470, 7)):
        canvas.add(f'<g transform="rotate({turn} {x} 400)">')
        canvas.shadow(x + 16, 420, 44, 200, 0.36)
        canvas.path(
            f"M{x - 38} 240H{x + 38}L{x + 10} 590Q{x} 610 {x - 10} 590z",
            canvas.round(),
            canvas.texture("speckle"),
        )
        canvas.path(canvas.box(x - 46, 210, 92, 44, 10), canvas.round(lighter(canvas.colour, 0.08)))
        canvas.ellipse((x, 214), 26, 7, darker(canvas.colour, 0.5))
        canvas.add("</g>")


def trowel(canvas: Canvas) -> None:
    canvas.lying(1.08)
    canvas.add('<g transform="rotate(24 320 400)">')
    canvas.shadow(344, 430, 80, 330, 0.4)
    canvas.path(
        "M320 90C380 130 392 260 372 372C350 392 290 392 268 372C248 260 260 130 320 90z",
        canvas.metal("#9da2a3"),
    )
    canvas.line("M320 120V360", "#6d7273", 5, 0.4)
    canvas.line("M320 372V450", "#7d8283", 17)
    handle = OAK if canvas.colour == "#dfc196" else canvas.colour
    canvas.path(
        "M298 440Q320 428 342 440L352 640C352 690 288 690 288 640z",
        canvas.round(handle),
        canvas.texture("grain", handle, 88),
    )
    canvas.path(canvas.box(296, 440, 48, 22, 4), canvas.metal("#c6a04f"))
    canvas.add("</g>")


def secateurs(canvas: Canvas) -> None:
    canvas.lying(1.12)
    canvas.shadow(340, 430, 150, 280, 0.36)
    canvas.path("M300 360C230 280 250 190 310 130C350 200 360 280 344 372z", canvas.metal("#aeb3b5"))
    canvas.path("M340 360C400 320 404 250 372 190C350 240 340 300 320 350z", canvas.metal("#8b9092"))
    canvas.cord("M306 380C250 460 236 560 262 660", canvas.colour, 40)
    canvas.cord("M340 376C410 450 420 560 392 660", canvas.colour, 40)
    canvas.ellipse((322, 366), 26, 26, canvas.metal("#c6c9ca"))
    canvas.line("M298 440q24 -20 48 0q-44 14 0 26q-44 14 -2 26", "#8f9496", 5)


def trug(canvas: Canvas) -> None:
    canvas.standing(1.1)
    canvas.cord("M180 560C180 280 460 280 460 560", canvas.colour, 28)
    for x, tone in ((230, "#c6503a"), (300, "#7d9166"), (380, "#d98b4a"), (430, "#7d9166")):
        canvas.add(f'<circle cx="{x}" cy="530" r="48" fill="{canvas.soft(tone)}"/>')
    canvas.shadow(340, 650, 280, 28)
    canvas.path(
        "M70 530Q320 560 570 530C560 600 500 640 440 648H200C140 640 80 600 70 530z",
        canvas.soft(),
        canvas.texture("grain"),
    )
    canvas.line(
        "M86 570Q320 600 554 570M116 610Q320 634 524 610M66 530Q320 562 574 530",
        darker(canvas.colour, 0.4),
        5,
        0.6,
    )


def twine(canvas: Canvas) -> None:
    canvas.standing(1.3)
    turned(canvas, [(470, 110), (640, 108)])
    canvas.ellipse((320, 470), 110, 19, lighter(canvas.colour, 0.3))
    canvas.ellipse((320, 470), 14, 4, "#3a3330")
    canvas.line("M320 468C330 400 400 410 420 470C440 560 470 600 520 640", "#c9a876", 7)
    canvas.path(canvas.box(250, 520, 140, 72, 4), "#f5efe2")
    canvas.line("M276 546H364M292 568H348", "#5d5346", 4, 0.8)


def nest_box(canvas: Canvas) -> None:
    canvas.lying(1.08)
    canvas.shadow(344, 430, 190, 270, 0.4)
    canvas.path("M200 300L320 190L440 300V620H200z", canvas.soft(), canvas.texture("grain", turn=90))
    canvas.path("M150 320L320 150L490 320L468 342L320 196L172 342z", canvas.soft(darker(canvas.colour, 0.45)))
    canvas.ellipse((322, 400), 42, 42, "#2f2822")
    canvas.line("M320 490v34", darker(canvas.colour, 0.4), 13)
    canvas.path("M300 396C290 370 330 352 346 372L366 380L348 390C346 410 320 420 306 412z", "#6f8aa0")
    canvas.ellipse((342, 378), 3.5, 3.5, "#20222a")


def feeder(canvas: Canvas) -> None:
    canvas.lying(1.08)
    canvas.line("M320 40V190", "#4a4642", 5)
    canvas.path("M190 270C210 190 430 190 450 270z", canvas.soft())
    glass = lighter(canvas.colour, 0.8)
    canvas.path("M230 270H410V570H230z", glass, more='fill-opacity=".6"')
    canvas.path(
        "M236 360Q320 340 404 360V570H236z", canvas.soft("#c39d62"), canvas.texture("speckle", "#c39d62")
    )
    canvas.line("M250 290V560", "#ffffff", 9, 0.6)
    canvas.line("M180 470H460M190 540H450", darker(canvas.colour, 0.2), 9)
    canvas.path("M170 570H470L450 606H190z", canvas.soft(darker(canvas.colour, 0.1)))


def bird_bath(canvas: Canvas) -> None:
    canvas.standing(1.1)
    canvas.shadow(344, 652, 270, 36)
    canvas.lathe(320, [(550, 250), (600, 226), (640, 130)], canvas.round(), canvas.texture("speckle"))
    canvas.ellipse((320, 550), 250, 250 * TILT, lighter(canvas.colour, 0.2))
    canvas.ellipse((320, 556), 214, 30, "#a9c0c6")
    canvas.line("M240 552q40 -8 80 0M330 566q40 -8 76 0", "#ffffff", 3, 0.7)
    canvas.path("M410 536C396 490 440 470 470 484L500 490L474 504C470 530 440 546 410 536z", "#8d7a66")
    canvas.ellipse((470, 492), 4, 4, "#20222a")


def seed_tin(canvas: Canvas) -> None:
    canvas.standing(1.35)
    for x, y in ((200, 640), (258, 652), (440, 650), (480, 636)):
        canvas.shadow(x + 6, y + 2, 30, 8, 0.4)
        canvas.ellipse((x, y - 18), 24, 24, canvas.soft("#8a6a52"))
    turned(canvas, [(540, 112), (640, 110)], drink="#7d6450")
    canvas.path(canvas.box(256, 566, 128, 52, 4), "#f5efe2")
    canvas.line("M284 584H356M298 602H342", "#5d5346", 4, 0.8)


TOOLS: dict[str, Draw] = {
    "jar-lid": salt_cellar,
    "cutlery": cutlery,
    "board": board,
    "block": block,
    "spoons": spoons,
    "mortar": mortar,
    "measuring": measuring,
    "casserole": casserole,
    "pot-tall": long_tom,
    "pot-feet": partial(pot, profile=[(440, 142), (520, 136), (636, 96)], feet=True, kind=1),
    "pot-hang": hanging_pot,
    "pot-trough": trough,
    "pot-rib": partial(pot, profile=[(450, 118), (640, 104)], texture="flutes", kind=2),
    "wateringcan": watering_can,
    "wateringcan-big": partial(watering_can, big=True),
    "mister": mister,
    "spikes": spikes,
    "trowel": trowel,
    "secateurs": secateurs,
    "trug": trug,
    "twine": twine,
    "birdhouse": nest_box,
    "birdfeeder": feeder,
    "birdbath": bird_bath,
    "seedtin": seed_tin,
}
