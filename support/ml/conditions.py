"""Words that turn a rule into another one. Those of one line say the same."""

import re

RESTRICT = r"""only|solely|exclusively|just
within(?= \S+ (?:\w+ )?(?:minute|hour|day|week|month|year))|at most|up to|at the latest|no (?:later|more) than
at least|minimum
less than|under|below
new|unused|unworn|unopened
working days?|business days?
partial(?:ly)?|half|part of
some|most|selected|certain|few
seal|sealed|unbroken
faulty|defective|damaged|broken
只|仅|仅限
以内|之内|内|最多|不超过
至少|起|最少|满
未使用|未拆封|全新
工作日
部分|某些|有些
一半|半价"""
TURN = """after|later than|following
before|prior to|earlier than
must|have to|has to|required?|need(?:s|ed)? to|mandatory|obligatory
may|can|could|able to|optional(?:ly)?|allowed|permitted|possible
always|every time|in all cases|automatically
all|every|any|each|everything|everyone
free|gratis|no charge|complimentary
(?<!free of )(?<!no )charge[ds]?|paid by|at (?:your|the (?:buyer|customer)'s) (?:own )?(?:cost|expense)|fees?
refund(?:s|ed|able)?|money back|reimburse(?:d|ment)?|(?:pay|pays|paid)(?: (?:you|it|them))? back
exchange[ds]?|replace(?:d|ment|ments)?
credit|voucher|vouchers|gift card
discount(?:s|ed)?|reduced|cheaper
guarantee[ds]?|warranty|warranties
more than|over|above|exceed(?:s|ing)?
include[ds]?|including|inclusive
exclude[ds]?|excluding|exclusive
full|fully|entire|whole|complete(?:ly)?
used|worn|opened
calendar days?
minutes?
hours?
days?
weeks?
months?
years?
immediately|instantly|at once|right away|same day
lifetime|forever|unlimited|permanent(?:ly)?
seller|we (?:always )?pay(?! (?:you )?back)|the shop pays|our (?:cost|expense)
buyer|customer pays|you pay|your (?:own )?(?:cost|expense)
accept(?:s|ed)?|possible|available
refuse[ds]?|reject(?:s|ed)?|impossible|unavailable|excluded
之后|以后|后
之前|以前|前
必须|须|应当|需要
可以|可|允许|能够|能
免费|免运费|包邮
收费|自费|付费|另收|加收
(?:由|向)?我们(?:来)?(?:承担|支付|负担)
您(?:自行|自己)?(?:承担|支付|负担|自付)|自付|(?:买家|客户)(?:承担|支付)
退款|退钱|退还
换货|更换|调换
优惠券|代金券|积分|礼品卡
所有|任何|全部|每
保修|质保
终身|永久|无限
立即|马上|当天
分钟
小时
自然日|日历日
全额
已使用|已拆封|用过"""


def pattern_of(line: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{line})\b" if line.isascii() else f"(?:{line})", re.IGNORECASE)


# The first `RESTRICTIONS` of them narrow a rule: said without them it would say more.
RESTRICTIONS = len(RESTRICT.splitlines())
CONDITIONS = tuple(pattern_of(line) for line in (*RESTRICT.splitlines(), *TURN.splitlines()))
