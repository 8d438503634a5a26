"""How texts say what goods can do, hold, stand and are good for, beyond the lexicon; and how they deny it."""

import re

ABLE = re.compile(
    r"(?<!\w)(?:\w+[- ](?:proof|resistant|repellent|free|safe|friendly|certified|approved|"
    r"compatible|activated|"
    r"powered|controlled|cancell?ing)|\w{3,}(?:able|ible))(?!\w)",
    re.IGNORECASE,
)
PRAISE = (  # words of praise and plain words that end as abilities do
    "comfortable adorable remarkable unforgettable enjoyable affordable reliable memorable "
    "valuable suitable available "
    "notable fashionable desirable enviable irresistible incredible table cable vegetable "
    "able versatile delectable "
    "impeccable charitable sociable lovable likable approachable dependable noticeable "
    "visible possible terrible "
    "edible sensible flexible responsible accessible stable capable unmistakable undeniable "
    "unbeatable inevitable "
    "hospitable respectable admirable agreeable formidable considerable reasonable "
    "unbelievable guilt-free carefree "
    "hassle-free worry-free stress-free user-friendly family-friendly"
)
NO_ABILITY = frozenset(PRAISE.split())
CARRIES = re.compile(
    r"(?<!\w)(?:comes? (?:complete )?with|supplied with|bundled with|includes?|including|equipped with|"
    r"compatible with|works? with|"
    r"supports?|doubles? as|"
    r"made (?:of|from|with|in|by)|crafted (?:of|from|with|in)|woven from|carved from|forged from|"
    r"with (?:a |an )?(?:built-in|integrated|included|extra|spare|free)|"
    r"(?:safe|suitable|approved|tested|certified|rated|recommended|proven|free|immune) (?:for|"
    r"from|to|in|by|against))"
    r"\s+(?P<what>[^.,;:!?—()\n\u3000-\u9fff，。]{3,60})",
    re.IGNORECASE,
)
STRESSES = (  # what goods stand or do not, and for whom they are safe
    r"(?:(?:very )?(?:hot|boiling|cold|iced|frozen|fizzy|carbonated|acidic) (?:drinks?|water|liquids?|food|"
    r"soup|oil|coffee|tea)|"
    r"microwaves?|dishwashers?|ovens?|freezers?|hobs?|open (?:fire|flames?)|induction|(?:machine|"
    r"tumble)[ -]\w+|"
    r"food contact|bab(?:y|ies)|infants?|newborns?|toddlers?|(?:small |young )?children|pregnan\w+|"
    r"sensitive skin|allerg\w+|"
    r"swimming|diving|heavy rain|(?:sub-?zero|freezing|high|low) temperatures?)"
)
STANDS = re.compile(
    r"(?<!\w)(?:perfect|great|fine|ideal|good|ok(?:ay)?|made|built|designed|meant|right|usable|works?|"
    r"use(?:d)?) "
    rf"(?:for|with|in|on) (?:your |the |a |all )?(?P<what>{STRESSES})(?!\w)",
    re.IGNORECASE,
)
CHINESE_STANDS = re.compile(
    r"(?:适[合用宜]于?|用于|能[放装盛用]|放[进入])(?P<what>热饮|冷饮|冰饮|热水|沸水|开水|[高低]温|"
    r"碳酸[饮料]*|微波炉?|洗碗机|烤箱|"
    r"明火|电磁炉|冷冻|机洗|烘干|食品接触|婴幼?儿|新生儿|宝宝|幼儿|孕妇|敏感肌[肤]?|过敏[\u4e00-\u9fff]{0,2}|"
    r"游泳|潜水|暴雨)"
)
ADVISERS = (
    r"(?:doctors?|physicians?|dentists?|dermatologists?|nurses?|vets?|veterinarians?|pa?ediatricians?|"
    r"physiotherapists?|scientists?|experts?|specialists?|professionals?|chefs?|athletes?|celebrit(?:y|ies)|"
    r"critics?|reviewers?|customers|buyers|users)"
)
ADVISED = re.compile(  # what we ourselves recommend is advice
    r"(?<!\w)(?!(?:we|i|you|to|would|can|not|and|or|also|highly|strongly)(?!\w))[\w’'-]+ "
    r"(?:recommends?|endorses?|swears? by|approves? of)(?!\w)|"
    rf"(?<!\w){ADVISERS} (?:\w+ )?(?:trust|choose|prefer|approve|agree|rely|love|adore|use)s?(?!\w)|"
    rf"(?<!\w)(?:trusted|endorsed|approved|chosen|preferred|loved|used|designed|"
    rf"developed) by (?:\w+ )?{ADVISERS}(?!\w)",
    re.IGNORECASE,
)
CHINESE_ADVISED = re.compile(
    r"(?:医生|[设营工药技造][计养程剂型]?师|专家|大师|大厨|主厨|明星|名人|博主|达人|专业人士|顾客|用户|"
    r"买家)[都也们]*(?:在用|爱用|信赖|"
    r"认可|认证|之选|首选|同款|推荐|好评)"
)
HARM = (
    r"(?:leak|drip|spill|fade|rust|break|crack|chip|tear|slip|scratch|shrink|stain|peel|warp|wobble|tarnish|"
    r"shatter|burn|melt|rip|pill|stretch|snag|clog|bleed)"
)
SPARES = re.compile(
    rf"(?<!\w)(?:(?:won[’']t|doesn[’']t|does not|will not|do not|don[’']t|cannot|can[’']t) (?:\w+ )?{HARM}|"
    r"no (?:assembly|tools?|batter(?:y|ies)|drilling|ironing|maintenance|wiring|cables?|subscription) (?:is |"
    r"are )?"
    r"(?:required|needed|necessary)|"
    rf"no (?:more )?{HARM}s?|zero(?! (?:fuss|hassle|effort|stress|mess|worr))|no added) ?(?:[\w-]+)?(?!\w)",
    re.IGNORECASE,
)
DOES = re.compile(  # what things do, of which a shop has to be sure; up to the end of the statement
    r"(?<!\w)(?:(?:blocks?|repels?|resists?|withstands?|protects?|shields?|prevents?|reduces?|relieves?|"
    r"eases?|cures?|"
    r"heals?|treats|boosts?|improves?|increases?|lowers?|kills?|removes?|filters?|purif(?:y|ies)|cools?|"
    r"heats?|"
    r"dries|absorbs?|seals?|locks?|folds?|collapses?|extends?|rotates?|swivels?|tilts?|reclines?|converts?|"
    r"connects?|"
    r"syncs?|tracks?|monitors?|measures?|records?|streams?|charges?|recharges?|lasts?(?! \d)|"
    r"stays?|floats?|glows?|"
    r"cancels?|muffles?|holds?|stores?|fits|regulates?|ships|arrives|assembled?|assembles?) |never |anti-)"
    r"[^.,;:!?—()\n\u3000-\u9fff，。]{3,60}",
    re.IGNORECASE,
)
INCLUDED = re.compile(r"(?<!\w)(?:[\w-]+ ){1,3}(?:included|guarantee|certificate)(?!\w)", re.IGNORECASE)
CHINESE_ABLE = re.compile(
    r"防(?!止)[\u4e00-\u9fff]{1,2}|抗(?!议)[\u4e00-\u9fff]{1,2}|耐(?![心看烦人])[\u4e00-\u9fff]{1,2}|"
    r"(?<![不难避])免(?![得不])[\u4e00-\u9fff]{1,3}|"
    r"可(?![以爱能靠谓口见选惜是贵不观心信人])[\u4e00-\u9fff]{1,5}|"
    r"可以(?!随时|备|试|看|考虑|放心|说|选|去|来|给|送|作为|直接|在)[\u4e00-\u9fff]{2}|"
    r"能够?(?=[防抗减缓治降充折伸洗拆吸连测监杀除保])[\u4e00-\u9fff]{2,4}|自动[\u4e00-\u9fff]{2}|"
    r"不(?:沾|粘|掉|褪|漏|渗|裂|碎|烫|缩|串色|打滑|勾丝|发[霉黄]|晃|卡|堵|老化|易|变形|起球|添加|生锈|钝|"
    r"伤)[\u4e00-\u9fff]{0,4}|永不[\u4e00-\u9fff]{2}|"
    r"无[线糖味毒尘铅氟痕磷]|不含(?![糊蓄])[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{2}认证|"
    r"[终两三五]\w?[身年]质保|"
    r"(?:[\u4e00-\u9fff]医|医生|专家|协会|官方|明星|教授)推荐|由[\u4e00-\u9fff]{1,6}制成|"
    r"(?:缓解|治疗|治愈|改善|增强|降低|预防|去除|杀灭|净化|过滤|监测|同步|隔绝)[\u4e00-\u9fff]{2}|"
    r"[\u4e00-\u9fff]{2}测试|"
    r"(?:0|无)添加|无需(?:[安组]装|打孔|充电|插电|工具|熨烫|保养|订阅)|"
    r"零(?![负碎食件钱售星散度下点乱零嘴头花落])[\u4e00-\u9fff]{1,3}|"
    r"[\u4e00-\u9fff]{1,6}(?:已包?含|包?含在内|已[附配])"
)
CHINESE_CARRIES = re.compile(
    r"(?:配有|附带|附赠|内置|支持|兼容|搭载|配备|采用|具有|具备|有助于|附送|附有|随附|自带|赠送|"
    r"包含|(?<![不蕴饱内隐包已所])含有?(?![蓄义苞羞糊情笑泪着在心]|水[量分]))(?P<what>[\u4e00-\u9fff]{2,8})"
)
OPEN = (
    ABLE, CARRIES, STANDS, ADVISED, SPARES, DOES, INCLUDED, CHINESE_ABLE, CHINESE_CARRIES, CHINESE_STANDS,
    CHINESE_ADVISED,
)  # fmt: skip
WITHIN = re.compile(r"(?<!\w)(?:not|never|without|no|\w+n[’']t)(?!\w)", re.IGNORECASE)
DENIAL = re.compile(
    r"(?:(?<!\w)(?:not|\w*n[’']t|cannot|never|without|no|non)[ -](?:\w+ )?|不(?:是|太|够)?|非|没有)$", re.I
)
