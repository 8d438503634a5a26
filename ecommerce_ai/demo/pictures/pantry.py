"""Things for the road, and things to eat and drink."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import TILT, Canvas
from ecommerce_ai.demo.pictures.colours import darker, lighter, luminance
from ecommerce_ai.demo.pictures.glass import glass_body, water
from ecommerce_ai.demo.pictures.house import label

Draw = Callable[[Canvas], None]
PAPER, LEATHER, BRASS = "#f5efe3", "#8a5a38", "#c9a552"


def flask(
    canvas: Canvas, height: int = 330, radius: int = 76, *, cup: bool = False, sleeve: bool = False
) -> None:
    canvas.standing(1.12)
    base, y = 644, 644 - height
    if sleeve:
        water(canvas, 320, [(y + 70, radius - 8), (base - 4, radius - 8)], "#cfe0e0")
        glass_body(canvas, 320, [(y, 34), (y + 40, 40), (y + 90, radius), (base, radius)])
        canvas.lathe(
            320, [(y + 150, radius + 7), (base + 2, radius + 7)], canvas.round(), canvas.texture("tweed")
        )
    else:
        canvas.shadow(346, base + 4, radius * 1.6, 24)
        canvas.lathe(
            320,
            [(y, radius * 0.55), (y + 40, radius * 0.62), (y + 90, radius), (base, radius)],
            canvas.round(),
        )
        canvas.line(f"M{320 - radius * 0.6:.0f} {y + 110}V{base - 40}", "#ffffff", 8, 0.3)
    steel = "#b9bcbd" if not sleeve else "#c69f6d"
    canvas.lathe(320, [(y - 60, radius * 0.56), (y + 4, radius * 0.6)], canvas.metal(steel))
    canvas.ellipse((320, y - 60), radius * 0.56, radius * 0.56 * TILT, lighter(steel, 0.3))
    if cup:
        canvas.lathe(320, [(y - 130, radius * 0.9), (y + 30, radius * 0.96)], canvas.metal("#b9bcbd"))
        canvas.ellipse((320, y - 130), radius * 0.9, radius * 0.15, "#d8dadb")
    else:
        canvas.line(f"M296 {y - 62}c0 -40 48 -40 48 0", darker(canvas.colour, 0.2), 9)


def travel_cup(canvas: Canvas) -> None:
    canvas.standing(1.3)
    canvas.shadow(346, 648, 130, 22)
    canvas.lathe(320, [(380, 100), (644, 74)], canvas.round())
    canvas.lathe(320, [(460, 99), (560, 89)], canvas.round("#b98a5a"), canvas.texture("speckle", "#b98a5a"))
    canvas.lathe(320, [(346, 96), (366, 106), (384, 104)], canvas.round("#3a3b3e"))
    canvas.ellipse((320, 346), 96, 15, "#4a4b4e")
    canvas.ellipse((360, 346), 20, 4, "#1f2022")


def passport(canvas: Canvas) -> None:
    canvas.lying(1.1)
    canvas.add('<g transform="rotate(6 320 400)">')
    canvas.shadow(344, 430, 200, 260, 0.46)
    canvas.path(canvas.box(196, 160, 240, 90, 4), "#f5efe3")
    canvas.path(canvas.box(190, 190, 262, 420, 12), canvas.soft("#2d3d57"))
    canvas.path(canvas.box(176, 220, 288, 420, 16), canvas.soft())
    canvas.line("M190 236V626M450 236V626M190 626H450", lighter(canvas.colour, 0.4), 2.5, 0.6)
    canvas.path("M176 420H464V460Q320 500 176 460z", canvas.soft(darker(canvas.colour, 0.14)))
    canvas.ellipse((320, 340), 34, 34, darker(canvas.colour, 0.2))
    canvas.add("</g>")


def lunchbox(canvas: Canvas) -> None:
    canvas.standing(1.25)
    canvas.cord("M170 500C160 370 480 370 470 500", darker(canvas.colour, 0.15), 15)
    canvas.shadow(344, 652, 230, 26)
    for y in (500, 574):
        canvas.path(canvas.box(150, y, 340, 72, 26), canvas.metal())
        canvas.line(f"M160 {y + 4}H480", darker(canvas.colour, 0.4), 3, 0.5)
    canvas.path(canvas.box(144, 456, 352, 48, 22), canvas.metal(lighter(canvas.colour, 0.12)))
    for x in (166, 454):
        canvas.path(canvas.box(x, 474, 20, 150, 6), canvas.metal(darker(canvas.colour, 0.16)))


def hamper(canvas: Canvas) -> None:
    canvas.standing(1.05)
    canvas.shadow(340, 650, 290, 28)
    canvas.path(
        "M90 470L110 300H530L550 470z", canvas.soft(darker(canvas.colour, 0.16)), canvas.texture("basket")
    )
    canvas.path("M118 452L132 320H508L522 452z", canvas.soft("#efe4d0"), canvas.texture("check", "#c47a5a"))
    for x in (210, 320, 430):
        canvas.ellipse((x, 388), 44, 44, "#f7f3ea")
        canvas.ellipse((x, 388), 29, 29, "#e7dfd0")
    canvas.path("M70 470H570L556 644H84z", canvas.soft(), canvas.texture("basket"))
    canvas.line("M70 474H570M82 640H558", darker(canvas.colour, 0.3), 11)
    for x in (180, 440):
        canvas.path(canvas.box(x, 470, 26, 100, 6), canvas.soft(LEATHER))
    canvas.cord("M260 520C270 590 370 590 380 520", LEATHER, 15)


def stool(canvas: Canvas) -> None:
    canvas.standing(1.05)
    canvas.shadow(330, 664, 210, 30)
    for d in ("M200 360L420 664", "M440 360L216 664", "M320 370L322 690"):
        canvas.cord(d, "#c69f6d", 26)
    canvas.ellipse((320, 520), 16, 16, canvas.metal(BRASS))
    canvas.path(
        "M150 330Q320 300 490 330L470 372Q400 430 322 440Q240 430 170 372z",
        canvas.soft(),
        canvas.texture("weave"),
    )
    canvas.line("M158 338Q320 372 482 338", darker(canvas.colour, 0.4), 3, 0.4)
    for x in (176, 464, 322):
        canvas.ellipse((x, 346 if x != 322 else 420), 9, 9, LEATHER)


def tin(canvas: Canvas, *, round_top: bool = False) -> None:
    canvas.standing(1.2)
    canvas.shadow(350, 652, 180, 26)
    profile = [(410, 60), (440, 108), (560, 116), (644, 100)] if round_top else [(400, 104), (644, 104)]
    canvas.lathe(
        320, profile, canvas.round(), canvas.texture("leaves") if canvas.rng.random() < 0.5 else None
    )
    metal = "#c9a552"
    canvas.lathe(320, [(356, 66), (404, 70)] if round_top else [(350, 106), (408, 107)], canvas.metal(metal))
    canvas.ellipse(
        (320, 356 if round_top else 350),
        66 if round_top else 106,
        11 if round_top else 18,
        lighter(metal, 0.35),
    )
    label(canvas, 256, 470, 128, 116)


def pouch(canvas: Canvas, *, window: bool = False) -> None:
    canvas.standing(1.12)
    canvas.shadow(350, 652, 190, 26)
    d = "M196 300H444L462 640Q320 656 178 640z"
    canvas.path(d, canvas.soft())
    canvas.path("M196 250H444V304H196z", canvas.soft(darker(canvas.colour, 0.1)))
    canvas.line("M196 270H444M196 288H444", darker(canvas.colour, 0.4), 2.5, 0.5)
    canvas.line(
        "M214 320C206 420 200 540 190 630M426 320C434 420 440 540 450 630",
        darker(canvas.colour, 0.5),
        12,
        0.16,
    )
    label(canvas, 236, 390, 168, 150)
    if window:
        canvas.ellipse((320, 590), 44, 26, "#4b3021")
    else:
        canvas.ellipse((320, 346), 13, 13, darker(canvas.colour, 0.3))


def box(canvas: Canvas) -> None:
    canvas.standing(1.2)
    canvas.shadow(350, 652, 230, 26)
    canvas.path("M150 430L210 392H520L460 430z", canvas.soft(lighter(canvas.colour, 0.25)))
    canvas.path("M460 430L520 392V610L460 650z", canvas.soft(darker(canvas.colour, 0.22)))
    canvas.path("M150 430H460V650H150z", canvas.soft(), canvas.texture("leaves"))
    label(canvas, 220, 476, 170, 124)


def jar(canvas: Canvas, filling: str = "", *, cloth: bool = False, texture: str | None = None) -> None:
    canvas.standing(1.28)
    inside = filling or canvas.colour
    water(canvas, 320, [(440, 104), (500, 112), (640, 106)], inside)
    if texture:
        canvas.lathe(320, [(440, 104), (500, 112), (640, 106)], canvas.texture(texture, inside))
    glass_body(canvas, 320, [(400, 90), (440, 112), (500, 118), (644, 110)])
    if cloth:
        canvas.path(
            "M210 420C220 350 260 340 320 340S420 350 430 420L400 410L370 424L340 410L310 424L280 410L246 424z",
            canvas.soft("#efe4d6"),
            canvas.texture("check", "#b9606a"),
        )
        canvas.line("M226 394Q320 412 414 394", LEATHER, 4)
    else:
        canvas.lathe(320, [(362, 94), (404, 96)], canvas.metal("#c9a552"))
        canvas.ellipse((320, 362), 94, 16, "#e1c682")
    label(canvas, 256, 500, 128, 92)


def chocolate(canvas: Canvas) -> None:
    canvas.lying(1.1)
    canvas.add('<g transform="rotate(-10 320 400)">')
    canvas.shadow(346, 430, 180, 300, 0.45)
    canvas.path("M206 140H434V300H206z", canvas.metal("#cfcac0"))
    brown = "#4a2e21" if luminance(canvas.colour) < 0.5 else "#7a4e33"
    canvas.path("M216 110H424V290H216z", canvas.soft(brown))
    canvas.line("M268 110V290M320 110V290M372 110V290M216 170H424M216 230H424", darker(brown, 0.5), 5)
    canvas.line("M220 114H420", lighter(brown, 0.3), 3, 0.6)
    canvas.path(
        "M196 270L230 262L262 272L300 262L340 272L380 262L444 272V660H196z",
        canvas.soft(),
        canvas.texture("waves"),
    )
    label(canvas, 240, 370, 160, 180)
    canvas.add("</g>")


def biscuit_tin(canvas: Canvas) -> None:
    canvas.standing(1.2)
    for x, y in ((150, 634), (220, 654), (120, 660)):
        canvas.shadow(x + 6, y + 10, 66, 12, 0.4)
        canvas.ellipse((x, y), 58, 19, darker("#dfbd84", 0.25))
        canvas.ellipse((x, y - 9), 58, 19, "#e6c890")
    canvas.shadow(400, 650, 210, 26)
    canvas.lathe(370, [(520, 164), (642, 162)], canvas.round(), canvas.texture("diamonds"))
    canvas.lathe(370, [(484, 168), (526, 169)], canvas.round(darker(canvas.colour, 0.1)))
    canvas.ellipse((370, 484), 168, 168 * TILT, lighter(canvas.colour, 0.2))
    canvas.ellipse((370, 484), 118, 118 * TILT, lighter(canvas.colour, 0.6))


PANTRY: dict[str, Draw] = {
    "bottle": flask,
    "bottle-felt": partial(flask, height=350, radius=70, sleeve=True),
    "flask": partial(flask, height=340, radius=88, cup=True),
    "travelcup": travel_cup,
    "passport": passport,
    "lunchbox": lunchbox,
    "picnichamper": hamper,
    "stool": stool,
    "teatin": tin,
    "teatin-round": partial(tin, round_top=True),
    "teabox": box,
    "coffeebox": box,
    "teapouch": pouch,
    "coffeebag": partial(pouch, window=True),
    "jar-honey": partial(jar, filling="#c98a2e"),
    "jar-jam": partial(jar, filling="#6b2438", cloth=True),
    "jar-salts": partial(jar, texture="speckle"),
    "chocolate": chocolate,
    "biscuittin": biscuit_tin,
}
