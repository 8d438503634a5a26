"""Things for rooms: lamps, candles, baskets, shelves, what stands by a bath."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import TILT, Canvas, Point, n
from ecommerce_ai.demo.pictures.colours import darker, lighter, luminance
from ecommerce_ai.demo.pictures.glass import glass_body, water
from ecommerce_ai.demo.pictures.vessels import turned

Draw = Callable[[Canvas], None]
LIGHT, LINEN, FLAME, OAK = "#ffe9b8", "#efe5d2", "#f6b24a", "#c69f6d"


def glow(canvas: Canvas, x: float, y: float, radius: float) -> None:
    fill = canvas.define(
        "glow",
        f'<radialGradient id="%s"><stop offset="0" stop-color="{LIGHT}" stop-opacity=".95"/><stop offset="1" stop-color="{LIGHT}" stop-opacity="0"/></radialGradient>',
    )
    canvas.ellipse((x, y), radius, radius, fill)


def shade_lit(
    canvas: Canvas, profile: list[Point], x: float = 320, colour: str = LINEN, texture: str = "weave"
) -> None:
    fill = canvas.gradient(
        "lit", colour, 'x2="0" y2="1"', [(0, darker(colour, 0.06)), (0.6, lighter(colour, 0.5)), (1, LIGHT)]
    )
    canvas.lathe(x, profile, fill, canvas.texture(texture, colour), straight=True)


def table_lamp(canvas: Canvas) -> None:
    canvas.standing(1.05)
    glow(canvas, 320, 330, 330)
    canvas.line("M320 430V360", darker("#c6a04f", 0.2), 10)
    turned(
        canvas, [(428, 26), (452, 60), (530, 116), (610, 100), (642, 76)], texture=canvas.texture("speckle")
    )
    shade_lit(canvas, [(200, 92), (390, 170)])


def floor_lamp(canvas: Canvas) -> None:
    canvas.standing()
    glow(canvas, 196, 300, 260)
    canvas.shadow(450, 700, 110, 20)
    canvas.lathe(440, [(676, 84), (694, 84)], canvas.metal())
    canvas.line("M440 680V240L230 180", darker(canvas.colour, 0.3), 11)
    canvas.line("M438 680V240L230 178", lighter(canvas.colour, 0.35), 4)
    canvas.ellipse((440, 240), 14, 14, canvas.metal())
    canvas.path("M120 268C120 190 280 180 286 262z", canvas.soft())
    canvas.ellipse((203, 266), 83, 13, LIGHT)


def pendant(canvas: Canvas, *, rattan: bool = False) -> None:
    canvas.lying()
    canvas.line("M320 0V230", "#4a4642", 5)
    glow(canvas, 320, 440, 320)
    if rattan:
        d = "M140 500C140 300 240 220 320 220S500 300 500 500C440 530 200 530 140 500z"
        canvas.path(d, canvas.soft(), canvas.texture("basket"))
        canvas.line(
            "M140 500C200 530 440 530 500 500M180 380C260 410 380 410 460 380",
            darker(canvas.colour, 0.4),
            9,
            0.7,
        )
        canvas.ellipse((320, 506), 150, 18, LIGHT, 0.7)
        return
    fill = canvas.define(
        "moon",
        f'<radialGradient id="%s" cx=".45" cy=".5"><stop offset="0" stop-color="#fffaf0"/><stop offset=".7" stop-color="{lighter(canvas.colour, 0.35)}"/><stop offset="1" stop-color="{darker(canvas.colour, 0.1)}"/></radialGradient>',
    )
    canvas.add(f'<circle cx="320" cy="420" r="192" fill="{fill}"/>')
    for y in range(-160, 170, 32):
        half = (192**2 - y**2) ** 0.5
        canvas.line(
            f"M{n(320 - half)} {420 + y}Q320 {420 + y + 26} {n(320 + half)} {420 + y}",
            darker(canvas.colour, 0.3),
            2,
            0.35,
        )


def mushroom(canvas: Canvas) -> None:
    canvas.standing(1.2)
    glow(canvas, 320, 470, 280)
    canvas.shadow(340, 650, 140, 24)
    canvas.lathe(320, [(470, 46), (560, 54), (646, 84)], canvas.round(lighter(canvas.colour, 0.4)))
    d = "M150 500C150 380 250 340 320 340S490 380 490 500C440 526 200 526 150 500z"
    canvas.path(d, canvas.soft())
    canvas.path(
        d,
        canvas.gradient("warm", LIGHT, 'x2="0" y2="1"', [(0.3, canvas.colour), (1, LIGHT)]),
        more='fill-opacity=".55"',
    )
    canvas.line("M210 400q30 -30 66 -34", "#ffffff", 9, 0.5)


def desk_lamp(canvas: Canvas) -> None:
    canvas.standing()
    glow(canvas, 190, 430, 220)
    canvas.shadow(440, 652, 140, 24)
    canvas.lathe(420, [(620, 108), (646, 112)], canvas.round())
    for tone, width in ((darker(canvas.colour, 0.3), 13), (lighter(canvas.colour, 0.2), 5)):
        canvas.line("M420 622L480 430L280 270", tone, width)
    canvas.line("M438 590L486 450", "#b9b4aa", 5)
    canvas.ellipse((480, 430), 17, 17, canvas.metal("#b9b4aa"))
    canvas.path("M262 240L326 286L236 414L118 330z", canvas.soft())
    canvas.path("M118 330L236 414Q176 410 118 330z", LIGHT)


def flame(canvas: Canvas, x: float, y: float, size: float = 1) -> None:
    glow(canvas, x, y - 30 * size, 150 * size)
    canvas.line(f"M{n(x)} {n(y)}v-14", "#4b3b30", 4)
    canvas.add(
        f'<path d="M0 0C-18 -14 -12 -36 0 -58C12 -36 18 -14 0 0z" fill="{FLAME}" transform="translate({n(x)} {n(y - 8)}) scale({size})"/>'
    )
    canvas.add(
        f'<path d="M0 -2C-8 -10 -6 -20 0 -32C6 -20 8 -10 0 -2z" fill="#fff3c9" transform="translate({n(x)} {n(y - 8)}) scale({size})"/>'
    )


def label(canvas: Canvas, x: float, y: float, width: float, height: float, tone: str = "#f7f2e8") -> None:
    """A paper label with lines of print too small to read."""
    canvas.path(canvas.box(x, y, width, height, 3), tone)
    middle = x + width / 2
    ink = darker(tone, 0.75) if luminance(tone) > 0.4 else lighter(tone, 0.8)
    canvas.line(
        f"M{n(middle - width * 0.28)} {n(y + height * 0.34)}H{n(middle + width * 0.28)}",
        ink,
        max(3, height * 0.05),
        0.85,
    )
    canvas.line(
        f"M{n(middle - width * 0.18)} {n(y + height * 0.54)}H{n(middle + width * 0.18)}M{n(middle - width * 0.12)} {n(y + height * 0.7)}H{n(middle + width * 0.12)}",
        ink,
        2,
        0.5,
    )


def jar_candle(canvas: Canvas, height: float = 190, radius: float = 118) -> None:
    canvas.standing(1.3)
    y = 640 - height
    turned(canvas, [(y, radius), (640, radius - 8)], drink="#f6eedd")
    flame(canvas, 320, y + 6, 1.1)
    label(canvas, 262, y + height * 0.36, 116, height * 0.4)


def tapers(canvas: Canvas) -> None:
    canvas.lying(1.05)
    for index in range(6):
        x = 190 + index * 52
        canvas.shadow(x + 14, 420, 26, 260, 0.35)
        canvas.line(f"M{x} 158C{x - 10} 130 {x + 12} 116 {x} 96", "#efe6d4", 4)
        canvas.path(
            f"M{x - 11} 168C{x - 6} 150 {x + 6} 150 {x + 11} 168L{x + 19} 650H{x - 19}z", canvas.round()
        )
    canvas.path("M160 400H486V452H160z", canvas.soft("#efe4d0"))
    canvas.line("M172 426H474", "#b08d57", 4, 0.8)


def pillars(canvas: Canvas) -> None:
    canvas.standing(1.15)
    canvas.shadow(340, 660, 270, 34)
    canvas.ellipse((320, 650), 240, 36, canvas.soft("#b9a58a"))
    for x, y, base in ((230, 360, 640), (402, 430, 636), (322, 510, 664)):
        canvas.lathe(x, [(y, 68), (base, 68)], canvas.round())
        canvas.ellipse((x, y), 68, 68 * TILT, lighter(canvas.colour, 0.35))
        flame(canvas, x, y, 0.85)


def candlestick(canvas: Canvas) -> None:
    canvas.standing(1.15)
    canvas.shadow(350, 650, 210, 30)
    canvas.add(
        f'<circle cx="516" cy="600" r="36" fill="none" stroke="{darker(canvas.colour, 0.2)}" stroke-width="15"/><circle cx="514" cy="598" r="36" fill="none" stroke="{lighter(canvas.colour, 0.3)}" stroke-width="5"/>'
    )
    canvas.lathe(320, [(606, 176), (640, 130)], canvas.metal())
    canvas.ellipse((320, 606), 176, 30, darker(canvas.colour, 0.12))
    canvas.lathe(320, [(230, 25), (530, 29)], canvas.round("#f1e7d3"))
    canvas.lathe(320, [(500, 46), (540, 40), (604, 58)], canvas.metal())
    flame(canvas, 320, 230)


def woven(canvas: Canvas, profile: list[Point], *, lid: bool = False, handles: bool = True) -> None:
    canvas.standing(1.12)
    if handles:
        y = profile[0][0]
        canvas.line(
            f"M176 {y + 30}c-54 -30 -54 70 6 74M464 {y + 30}c54 -30 54 70 -6 74",
            darker(canvas.colour, 0.35),
            17,
        )
    turned(canvas, profile, texture=canvas.texture("basket"))
    if lid:
        top, radius = profile[0]
        canvas.lathe(
            320,
            [(top - 20, radius * 0.92), (top + 12, radius + 10)],
            canvas.round(),
            canvas.texture("basket"),
        )
        canvas.ellipse((320, top - 20), radius * 0.92, radius * 0.92 * TILT, lighter(canvas.colour, 0.12))
        canvas.line(f"M296 {top - 24}q24 -34 48 0", "#8a5a38", 12)


def felt_cube(canvas: Canvas) -> None:
    canvas.standing(1.1)
    canvas.shadow(350, 650, 260, 30)
    canvas.path("M130 420L320 390L510 420V640H130z", canvas.soft(darker(canvas.colour, 0.35)))
    canvas.path("M120 430L330 470L330 668L130 632z", canvas.soft(), canvas.texture("tweed"))
    canvas.path(
        "M330 470L520 430L510 632L330 668z", canvas.soft(darker(canvas.colour, 0.16)), canvas.texture("tweed")
    )
    canvas.path(canvas.box(190, 520, 80, 24, 12), darker(canvas.colour, 0.5))


def wire_basket(canvas: Canvas) -> None:
    canvas.standing(1.15)
    canvas.shadow(344, 650, 230, 30)
    for x, y, tone in (
        (240, 520, "#dfb23e"),
        (330, 500, "#dfb23e"),
        (408, 526, "#8fa05a"),
        (290, 560, "#d98b4a"),
        (370, 566, "#dfb23e"),
    ):
        canvas.add(f'<circle cx="{x}" cy="{y}" r="56" fill="{canvas.soft(tone)}"/>')
    wire = darker(canvas.colour, 0.05)
    canvas.add(f'<ellipse cx="320" cy="510" rx="226" ry="42" fill="none" stroke="{wire}" stroke-width="9"/>')
    ribs = "".join(
        f"M{320 + x} {n(510 + 42 * (1 - (x / 226) ** 2) ** 0.5)}Q{320 + x * 0.95:.0f} 610 {320 + x * 0.6:.0f} 642"
        for x in range(-210, 211, 42)
    )
    canvas.line(ribs + "M112 560Q320 634 528 560M186 640Q320 668 454 640", wire, 5)


def pegboard(canvas: Canvas) -> None:
    canvas.lying(1.02)
    canvas.shadow(336, 420, 280, 290, 0.36)
    canvas.path(canvas.box(90, 150, 460, 500, 10), canvas.soft(), canvas.texture("grain"))
    holes = "".join(
        f'<circle cx="{x}" cy="{y}" r="9"/>' for x in range(140, 520, 90) for y in range(200, 640, 100)
    )
    canvas.add(f'<g fill="{darker(canvas.colour, 0.5)}">{holes}</g>')
    for x, y, width in ((120, 330, 220), (310, 530, 210)):
        canvas.path(canvas.box(x, y, width, 20, 3), canvas.soft(darker(canvas.colour, 0.14)))
    canvas.path(canvas.box(150, 262, 60, 68, 6), canvas.soft("#8ea193"))
    canvas.path(canvas.box(228, 230, 44, 100, 4), canvas.soft("#b96f50"))
    canvas.path(canvas.box(360, 456, 90, 74, 6), canvas.soft("#54697a"))
    canvas.line("M410 204v60M500 304v90", "#8a5a38", 7)


def soap_bar(canvas: Canvas, texture: str = "speckle") -> None:
    canvas.standing(1.35)
    canvas.shadow(340, 650, 220, 26)
    canvas.path("M150 560L420 540L500 576L490 640L230 664L148 620z", canvas.soft(darker(canvas.colour, 0.24)))
    canvas.path(
        "M150 560C150 550 410 532 422 540L500 574C500 584 240 602 230 598z",
        canvas.soft(lighter(canvas.colour, 0.2)),
        canvas.texture(texture),
    )
    canvas.path("M150 562L230 600V662L148 622z", canvas.soft(), canvas.texture(texture))
    canvas.path(
        "M230 600L500 576L490 640L230 664z", canvas.soft(darker(canvas.colour, 0.06)), canvas.texture(texture)
    )
    canvas.path(
        "M300 556l70 -6l34 16l-72 6z",
        "none",
        more=f'stroke="{darker(canvas.colour, 0.3)}" stroke-opacity=".5" stroke-width="3"',
    )


def dispenser(canvas: Canvas) -> None:
    canvas.standing(1.12)
    water(canvas, 320, [(430, 100), (638, 100)], darker(canvas.colour, 0.2))
    glass_body(canvas, 320, [(372, 40), (400, 88), (430, 106), (642, 106)])
    canvas.lathe(320, [(340, 34), (378, 34)], canvas.metal("#55555a"))
    canvas.line("M320 344V290H226V312", "#55555a", 17)
    canvas.ellipse((320, 286), 32, 12, "#55555a")
    label(canvas, 254, 470, 132, 110)


def soap_tin(canvas: Canvas, tall: float = 80) -> None:
    canvas.standing(1.35)
    canvas.shadow(350, 650, 220, 26)
    steel = "#c3c5c6"
    canvas.lathe(300, [(640 - tall, 150), (640, 148)], canvas.metal(steel))
    canvas.ellipse((300, 640 - tall), 150, 150 * TILT, darker(steel, 0.2))
    canvas.lathe(300, [(596 - tall, 118), (640 - tall, 122)], canvas.round(), canvas.texture("speckle"))
    canvas.ellipse((300, 596 - tall), 118, 118 * TILT, lighter(canvas.colour, 0.2))
    canvas.ellipse((470, 640), 116, 30, canvas.metal(steel))
    canvas.ellipse((470, 636), 100, 24, lighter(steel, 0.3))


def bath_brush(canvas: Canvas) -> None:
    canvas.lying(1.08)
    canvas.add('<g transform="rotate(28 320 400)">')
    canvas.shadow(340, 430, 70, 330, 0.4)
    canvas.line("M270 500V640M290 500V646M310 500V648M330 500V648M350 500V646M370 500V640", "#e9dcc2", 13)
    canvas.path(
        "M306 90C306 76 334 76 334 90L340 440C396 460 396 640 340 656C330 660 310 660 300 656C244 640 244 460 300 440z",
        canvas.soft(),
        canvas.texture("grain", turn=90),
    )
    canvas.line("M320 96v-44", "#8a5a38", 6)
    canvas.line(
        "".join(f"M{x} {y}v9" for x in range(276, 372, 14) for y in range(480, 630, 22)), "#f1e6cf", 8
    )
    canvas.add("</g>")


def caddy(canvas: Canvas) -> None:
    canvas.standing(1.02)
    canvas.path("M40 600C40 580 600 580 600 600L580 740C560 780 80 780 60 740z", canvas.round("#eceae5"))
    canvas.ellipse((320, 600), 280, 36, "#cfd9da")
    canvas.shadow(330, 616, 290, 18, 0.4)
    canvas.path("M20 566L620 566L632 598H8z", canvas.soft(), canvas.texture("grain"))
    canvas.path("M8 598H632V612H8z", darker(canvas.colour, 0.3))
    canvas.path("M200 560L220 450L400 450L420 560z", canvas.soft("#f3ece0"))
    canvas.line("M310 450V558M236 480H296M234 500H296M326 480H386M328 500H390", "#8d8478", 3, 0.6)
    canvas.path(canvas.box(470, 500, 60, 64, 8), canvas.soft("#b96f50"))
    flame(canvas, 130, 540, 0.6)
    canvas.path(canvas.box(100, 536, 60, 30, 4), canvas.soft("#efe6d4"))


def soap_dish(canvas: Canvas) -> None:
    canvas.standing(1.35)
    canvas.shadow(340, 650, 240, 26)
    canvas.path(
        "M130 590L450 570L520 610L200 640z", canvas.soft(lighter(canvas.colour, 0.1)), canvas.texture("veins")
    )
    canvas.path(
        "M130 590L200 640V664L130 612zM200 640L520 610V634L200 664z", canvas.soft(darker(canvas.colour, 0.2))
    )
    canvas.line(
        "M180 600l56 32M230 596l56 32M282 592l56 32M334 588l56 30M386 584l56 30",
        darker(canvas.colour, 0.5),
        5,
        0.4,
    )
    canvas.path("M236 560C236 540 410 530 420 548V584C400 604 250 612 236 592z", canvas.soft("#e4d2b4"))


def mirror(canvas: Canvas) -> None:
    canvas.standing(1.05)
    canvas.shadow(340, 650, 150, 24)
    canvas.lathe(320, [(620, 100), (644, 110)], canvas.metal())
    canvas.line("M320 624V520", darker(canvas.colour, 0.2), 15)
    canvas.line("M317 620V520", lighter(canvas.colour, 0.4), 4)
    canvas.add(f'<circle cx="320" cy="350" r="172" fill="{canvas.metal()}"/>')
    face = canvas.gradient(
        "mirror",
        "#dfe6e8",
        'x2="1" y2="1"',
        [(0, "#f6f8f8"), (0.48, "#cfd8da"), (0.5, "#e6ecec"), (1, "#b9c4c7")],
    )
    canvas.add(f'<circle cx="320" cy="350" r="156" fill="{face}"/>')


HOUSE: dict[str, Draw] = {
    "lamp-table": table_lamp,
    "lamp-floor": floor_lamp,
    "lamp-pendant": pendant,
    "lamp-rattan": partial(pendant, rattan=True),
    "lamp-mushroom": mushroom,
    "lamp-desk": desk_lamp,
    "candle-jar": jar_candle,
    "candle-tin": partial(jar_candle, height=110, radius=132),
    "candle-taper": tapers,
    "candle-pillar": pillars,
    "candlestick": candlestick,
    "basket-belly": partial(woven, profile=[(400, 140), (480, 168), (580, 168), (642, 130)]),
    "basket-log": partial(woven, profile=[(440, 196), (640, 168)]),
    "hamper": partial(woven, profile=[(330, 146), (480, 150), (642, 138)], lid=True, handles=False),
    "basket-cube": felt_cube,
    "basket-wire": wire_basket,
    "pegboard": pegboard,
    "soap": soap_bar,
    "soap-marble": partial(soap_bar, texture="marbled"),
    "dispenser": dispenser,
    "soaptin": soap_tin,
    "bathbrush": bath_brush,
    "caddy": caddy,
    "soapdish": soap_dish,
    "mirror": mirror,
}
