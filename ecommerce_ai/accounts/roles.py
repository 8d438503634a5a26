"""What each role may do, in one table. A role is a group; a person has one or more.

`ACTIONS app.model`: the actions are v(iew), a(dd), c(hange), d(elete), s(end). Models that do not exist are
an error.
"""

from django.utils.translation import gettext_noop

MERCHANT = gettext_noop("merchant")
SUPPORT_AGENT = gettext_noop("support agent")
ANALYST = gettext_noop("analyst")

ACTIONS = {"v": "view", "a": "add", "c": "change", "d": "delete", "s": "send"}

ROLES: dict[str, list[str]] = {
    MERCHANT: [
        "vacd shop.category",
        "vacd shop.product",
        "vacd shop.promotion",
        "v shop.pricechange",
        "vc shop.review",
        "vc shop.question",
        "vc shop.customer",
        "v shop.customermerge",
        "v privacy.consentchange",
        "v privacy.erasurerequest",
        "v privacy.exportrequest",
        "vac api.apikey",
        "vacd profiles.segment",
        "v profiles.segmentmembership",
        "v profiles.profile",
        "v profiles.interest",
        "v profiles.customervalue",
        "v profiles.customerlabel",
        "vacd profiles.label",
        "vacd profiles.labelexample",
        "vc profiles.riskassessment",
        "vc shop.order",
        "v shop.orderline",
        "vac shop.shipment",
        "v shop.event",
        "va shop.importrun",
        "vac jobs.jobrun",
        "vc inference.modelrun",
        "v recommendations.productvector",
        "v recommendations.popularproduct",
        "v recommendations.impression",
        "v recommendations.outcome",
        "v recommendations.refusal",
        "vacd recommendations.merchandisingrule",
        "v recommendations.rulechange",
        "vac recommendations.pipeline",
        "v recommendations.pipelinechange",
        "vacd recommendations.synonym",
        "vacd recommendations.searchpin",
        "v recommendations.searchword",
        "vacd support.article",
        "v support.articleversion",
        "vc support.conversation",
        "v support.message",
        "vc support.servicerequest",
        "v support.logentry",
        "vacd support.intent",
        "vacd support.intentexample",
        "vc support.gap",
        "vac marketing.brief",
        "vc marketing.candidate",
        "v marketing.step",
        "vc marketing.variant",
        "v marketing.personalset",
        "vacd marketing.copyrule",
        "vac marketing.writerbudget",
        "v marketing.writercall",
        "v marketing.preferencepair",
        "vacs marketing.campaign",
        "v marketing.campaignchange",
        "v marketing.recipient",
        "vd marketing.suppression",
    ],
    SUPPORT_AGENT: [
        "v shop.category",
        "v shop.product",
        "v shop.promotion",
        "vc shop.review",
        "vc shop.question",
        "v shop.customer",
        "v profiles.interest",
        "vc shop.order",
        "v shop.orderline",
        "vac shop.shipment",
        "vac support.article",
        "v support.articleversion",
        "vc support.conversation",
        "v support.message",
        "vc support.servicerequest",
        "v support.logentry",
        "v support.intent",
        "va support.intentexample",
        "vc support.gap",
    ],
    ANALYST: [
        "v shop.category",
        "v shop.product",
        "v shop.promotion",
        "v shop.pricechange",
        "v shop.review",
        "v shop.question",
        "v shop.order",
        "v shop.orderline",
        "v shop.shipment",
        "v shop.event",
        "v profiles.segment",
        "v jobs.jobrun",
        "v inference.modelrun",
        "v recommendations.productvector",
        "v recommendations.popularproduct",
        "v recommendations.merchandisingrule",
        "v recommendations.rulechange",
        "v recommendations.pipeline",
        "v recommendations.pipelinechange",
        "v recommendations.synonym",
        "v recommendations.searchpin",
        "v recommendations.searchword",
        "v support.article",
        "v support.intent",
        "v support.gap",
        "v marketing.campaign",
        "v marketing.writercall",
    ],
}


def permission_names(grants: list[str]) -> list[tuple[str, str]]:
    """`["vc shop.order"]` → `[("shop", "view_order"), ("shop", "change_order")]`."""
    names = []
    for grant in grants:
        actions, _, model = grant.partition(" ")
        app_label, _, model_name = model.partition(".")
        names += [(app_label, f"{ACTIONS[action]}_{model_name}") for action in actions]
    return names
