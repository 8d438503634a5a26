"""Sentences that tell a reader what the shop believes about them: "since you are pregnant".

Some of it may be said to who agreed to personal suggestions ("because you bought a teapot"); what is
about health, belief, origin, love, family or money never is.
"""

import re
from enum import StrEnum


class Inference(StrEnum):
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


REASONED = (
    r"(?:since|because|as|now that|given that|seeing that) "
    r"you(?:[’']re|[’']ve| are| have| were|(?= \w+ed(?!\w)))"
)
KNOWN = (
    r"(?<!\w)(?:we(?:[’']ve| have)? (?:noticed|saw|seen|know|remember|can tell|think|see) (?:that )?you|"
    rf"{REASONED}|"
    r"(?:since|because|as|now that) you (?:like|love|enjoy|own|bought|prefer|always|often|never)|"
    r"you (?:recently|just|often|always|lately) (?:bought|viewed|ordered|looked|searched|browsed|visited)|"
    r"your (?:last|recent|previous) (?:order|purchase|visit|search)|"
    r"you (?:bought|ordered|viewed|searched for) |"
    r"(?:for|as) (?:someone|people|a \w+) like you)"
)
CHINESE_KNOWN = (
    r"(?:因为|既然|鉴于|知道|注意到|发现|看到|记得)(?:您|你)|"
    r"(?:您|你)(?:最近|刚刚?|上次|之前|一直|常常?|经常)(?:买|看|逛|搜|下单|浏览|购)|"
    r"(?:您|你)(?:买过|看过|搜过|购买过|浏览过)"
)
SENSITIVE_WORDS = (
    r"pregnan\w*|expecting(?: a)?(?: baby| child)?|due date|trimester|fertil\w*|miscarr\w*|menopaus\w*|"
    r"period pain|"
    r"diabet\w*|cancer|depress(?:ed|ion)|anxiety|adhd|autis\w*|hiv|disab(?:led|ility)|ill(?:ness)?|diagnos\w*|"
    r"medicat\w*|patients?|symptoms?|overweight|obese|weight problem|diet problem|addict\w*|alcoholic|"
    r"christian|muslim|jewish|hindu|buddhist|catholic|religio\w*|faith|"
    r"gay|lesbian|bisexual|transgender|queer|sexual\w*|"
    r"divorc\w*|widow\w*|single (?:mother|mom|mum|father|dad|parent)|unemployed|laid off|"
    r"in debt|broke|bankrupt\w*|"
    r"low income|poor|immigrant|refugee|ethnic\w*|racial|asian|hispanic|republican|democrat|"
    r"conservative voter|union member|senior citizen|elderly|retired|your age|middle-aged"
)
CHINESE_SENSITIVE_WORDS = (
    "怀孕|孕期|孕妇|备孕|预产期|流产|更年期|糖尿病|癌|抑郁|焦虑症|残疾|患者|病情|病友|症状|确诊|肥胖|超重|成瘾|"
    "信教|信仰|基督徒|穆斯林|佛教徒|同性恋|双性恋|跨性别|离婚|丧偶|单亲|失业|负债|破产|低收入|贫困|移民|难民|"
    "民族|党员|退休|年纪大|上了年纪|老年人"
)
YOU = r"(?<!\w)(?:you|your|you[’']re|yourself)(?!\w)"
TOLD_OF_YOU = re.compile(
    rf"(?:{YOU})(?:\s+[\w’'-]+){{0,6}}?\s+(?:{SENSITIVE_WORDS})(?!\w)|"
    rf"(?<!\w)(?:as|for|being) (?:an? )?(?:{SENSITIVE_WORDS})(?!\w)[^.!?]{{0,30}}{YOU}|"
    rf"(?:您|你)[^。！？]{{0,8}}(?:{CHINESE_SENSITIVE_WORDS})|"
    rf"(?:{CHINESE_SENSITIVE_WORDS})[的中]?(?:您|你)",
    re.IGNORECASE,
)
TOLD_AS_KNOWN = re.compile(f"{KNOWN}|{CHINESE_KNOWN}", re.IGNORECASE)


def inference_in(sentence: str) -> Inference | None:
    """What the sentence tells its reader about themselves; the graver of two."""
    if TOLD_OF_YOU.search(sentence):
        return Inference.SENSITIVE
    return Inference.PERSONAL if TOLD_AS_KNOWN.search(sentence) else None
