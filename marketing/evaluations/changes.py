"""Words with which the truth set changes a product's facts. They are the evaluation's own and not the
checker's lists.

Colours are Pillow's table of CSS names: how far two are apart is measured in RGB. Materials stand in
groups; one is
changed into one of another group. Abilities and superlatives are sentences; each names what must not be
known.
"""

from PIL import ImageColor

NO_COLOUR_NAMES = (  # CSS names that are more often a thing, or that nobody writes
    "peru linen snow wheat tomato chocolate seashell honeydew orchid thistle burlywood "
    "firebrick peachpuff olivedrab "
    "gainsboro cornsilk bisque moccasin papayawhip mintcream oldlace chartreuse aquamarine blanchedalmond "
    "rebeccapurple"
)
NO_WORDS = NO_COLOUR_NAMES.split()
PLAIN_COLOURS = (
    "blue",
    "green",
    "white",
    "gray",
    "grey",
    "brown",
    "red",
    "pink",
    "yellow",
    "violet",
    "orange",
)
COLOURS = {
    name: ImageColor.getrgb(name)[:3]
    for name in ImageColor.colormap
    if name in PLAIN_COLOURS
    or (
        not (name in NO_WORDS or name.endswith((*PLAIN_COLOURS, "rod", "smoke", "blush", "salmon", "coral")))
        and not name.startswith(("dark", "light", "medium", "deep", "pale", "slate"))
    )
}
APART = 170.0  # at least so far in RGB, of at most 441

CHINESE_COLOURS = {
    "红色": "red",
    "蓝色": "blue",
    "绿色": "green",
    "黑色": "black",
    "白色": "white",
    "黄色": "yellow",
    "紫色": "purple",
    "粉色": "pink",
    "橙色": "orange",
    "棕色": "brown",
    "灰色": "gray",
    "米色": "beige",
    "金色": "gold",
    "银色": "silver",
    "藏青色": "navy",
    "青色": "teal",
    "卡其色": "khaki",
    "酒红色": "maroon",
}

MATERIALS = [  # English and Chinese names of one group each
    (("leather", "suede", "nubuck"), ("皮革", "真皮", "牛皮", "麂皮")),
    (("cotton", "denim", "canvas", "corduroy"), ("纯棉", "牛仔布", "帆布")),
    (("wool", "cashmere", "tweed", "merino"), ("羊毛", "羊绒", "粗花呢")),
    (("silk", "satin"), ("真丝", "缎面")),
    (("velvet",), ("天鹅绒",)),
    (("linen",), ("亚麻",)),
    (("polyester", "nylon"), ("涤纶", "尼龙")),
    (
        ("wood", "wooden", "oak", "walnut", "mahogany", "pine", "teak", "maple"),
        ("实木", "橡木", "胡桃木", "松木"),
    ),
    (("bamboo", "rattan", "wicker"), ("竹制", "藤编")),
    (("steel", "metal", "iron", "aluminum", "brass", "titanium"), ("不锈钢", "金属", "铝合金", "黄铜")),
    (("glass", "crystal"), ("玻璃", "水晶")),
    (("ceramic", "porcelain", "stoneware"), ("陶瓷", "骨瓷")),
    (("marble", "granite"), ("大理石", "花岗岩")),
    (("plastic", "acrylic", "resin"), ("塑料", "亚克力", "树脂")),
    (("rubber", "silicone"), ("橡胶", "硅胶")),
]

ABILITIES = [  # a sentence in each language, and words of which none may stand in the product's own texts
    ("It is fully waterproof.", "它完全防水。", "water"),
    ("It is machine washable.", "可以机洗。", "wash"),
    ("Safe for the dishwasher.", "可放入洗碗机。", "dishwasher"),
    ("It folds flat for storage.", "可折叠收纳。", "fold"),
    ("It charges wirelessly in minutes.", "支持无线快充。", "charg|wireless"),
    ("Works with Alexa.", "支持语音助手。", "alexa|voice"),
    ("Comes with a two-year warranty.", "附带两年质保。", "warrant"),
    ("It is certified organic.", "通过有机认证。", "organic|certif"),
    ("Hypoallergenic and dermatologist-tested.", "低敏配方，经皮肤科测试。", "allerg|dermat"),
    ("It comes with a carrying case.", "附赠收纳盒。", "case"),
    ("Scratch-resistant surface.", "表面耐刮。", "scratch"),
    ("Flame-retardant and tested.", "具有阻燃性能。", "flame|fire"),
    ("Made in Italy.", "意大利制造。", "ital"),
    ("Handmade in Portugal.", "葡萄牙手工制作。", "hand|portug"),
    ("It is rechargeable by USB-C.", "可用Type-C接口充电。", "charg|usb"),
    ("With built-in Bluetooth.", "内置蓝牙。", "bluetooth"),
    ("It is fully recyclable.", "可回收再利用。", "recycl"),
    ("Free shipping on every order.", "全场包邮。", "shipping"),
    ("It blocks all UV rays.", "能够防紫外线。", "uv"),
    ("With a non-slip base.", "底部防滑。", "slip"),
    ("Heat-resistant up to any temperature.", "耐高温。", "heat"),
    ("The height is adjustable.", "高度可调节。", "adjust"),
    ("Gluten-free.", "不含麸质。", "gluten"),
    ("It relieves back pain.", "有助于缓解疼痛。", "pain"),
    ("It is antibacterial.", "具有抗菌效果。", "bacter"),
    ("Breathable and quick-drying.", "透气速干。", "breath|dry"),
    ("It includes spare batteries.", "附带备用电池。", "batter"),
    ("Cancels noise around you.", "主动降噪。", "noise"),
]

# For the judged half alone. Checks were widened once these had been run: no blind test.
UNSEEN_ABILITIES = [
    ("Rated for depths of 100 metres.", "潜水深度达100米。", "metre|depth"),
    ("It syncs with your phone.", "可与手机同步。", "sync|phone"),
    ("Repels dust and pet hair.", "不沾灰尘和宠物毛。", "dust|pet"),
    ("It glows in the dark.", "夜间自动发光。", "glow|dark"),
    ("Oven-safe and freezer-safe.", "可进烤箱和冰箱。", "oven|freez"),
    ("It stays sharp for years.", "多年不钝。", "sharp"),
    ("Assembled without tools in minutes.", "免工具安装。", "tool|assembl"),
    ("Approved by dentists.", "牙医推荐。", "dentist"),
    ("It tracks your sleep.", "可监测睡眠。", "sleep|track"),
    ("Free from parabens.", "不添加防腐剂。", "paraben|free"),
    ("The cover is removable.", "外套可拆洗。", "remov|cover"),
    ("With a memory card included.", "附赠存储卡。", "memory|card"),
    ("It never fades.", "永不褪色。", "fade|fading"),
    ("Anti-rust coating.", "防锈涂层。", "rust"),
    ("Made from recycled bottles.", "由回收瓶制成。", "recycl|bottle"),
    ("A lifetime guarantee.", "终身质保。", "guarant|lifetime"),
    ("It floats on water.", "可浮于水面。", "float|water"),
    ("Ships within 24 hours.", "24小时内发货。", "ship|hour"),
    ("Vegan and cruelty-free.", "纯素，不做动物实验。", "vegan|cruel"),
    ("Solar panels keep it charged.", "太阳能充电。", "solar|charg"),
]

SUPERLATIVES = [
    ("the best {noun} you can buy.", "市面上最好的{noun}。"),
    ("The world's most popular {noun}.", "全球最受欢迎的{noun}。"),
    ("Our lightest {noun} yet.", "史上最轻的{noun}。"),
    ("The number one choice of experts.", "专家第一选择。"),
    ("No other {noun} is as good: the only one of its kind.", "独一无二的{noun}。"),
    ("An award-winning {noun}.", "屡次获奖的{noun}。"),
    ("The cheapest {noun} in town.", "全网最低价的{noun}。"),
    ("Unrivalled quality.", "品质无可比拟。"),
    ("A best-selling {noun}.", "销量冠军{noun}。"),
    ("The strongest {noun} ever made.", "行业领先的{noun}。"),
    ("Top-rated by customers.", "顶级{noun}。"),
    ("The most comfortable {noun} around.", "最舒适的{noun}。"),
]

PLAIN = [  # sentences that claim nothing
    ("You will be glad you looked.", "看过就会记住。"),
    ("Take your time and choose what suits you.", "慢慢挑选，喜欢就好。"),
    ("We hope you enjoy it.", "希望你喜欢。"),
    ("Have a question? Just write to us.", "有问题可以随时联系我们。"),
    ("A lovely idea for someone you care about.", "送给在意的人，是个好主意。"),
    ("Sometimes a small change does a lot.", "一点小变化，也能带来好心情。"),
    ("Come and see it in our shop.", "欢迎到店里看看。"),
    ("It is waiting for you.", "它在等你。"),
    ("Good things need few words.", "好东西不必多说。"),
    ("See all pictures on the product page.", "更多图片请看商品页。"),
    ("It may be just what you were looking for.", "也许正是你要找的。"),
    ("Thank you for reading.", "感谢你的阅读。"),
    ("At least it is worth a look.", "至少值得看一眼。"),
    ("Not sure? Sleep on it first.", "还没想好？不妨先收藏。"),
    ("One for the weekend, perhaps.", "周末不妨试试。"),
    ("Every day has room for something nice.", "日子里总有美好的位置。"),
]
