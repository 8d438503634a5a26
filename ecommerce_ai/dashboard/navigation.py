"""The side bar of the office, grouped by what people do; each reader sees the pages that are theirs."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy


class Page(NamedTuple):
    title: str | Promise
    icon: str
    url_name: str
    permission: str


SECTIONS: list[tuple[str | Promise, list[Page]]] = [
    (
        gettext_lazy("Goods"),
        [
            Page(
                gettext_lazy("Products"), "inventory_2", "admin:shop_product_changelist", "shop.view_product"
            ),
            Page(gettext_lazy("Shelves"), "category", "admin:shop_category_changelist", "shop.view_category"),
            Page(
                gettext_lazy("Promotions"), "sell", "admin:shop_promotion_changelist", "shop.view_promotion"
            ),
            Page(
                gettext_lazy("Price changes"),
                "price_change",
                "admin:shop_pricechange_changelist",
                "shop.view_pricechange",
            ),
        ],
    ),
    (
        gettext_lazy("Orders and people"),
        [
            Page(gettext_lazy("Orders"), "receipt_long", "admin:shop_order_changelist", "shop.view_order"),
            Page(gettext_lazy("Customers"), "group", "dashboard:customers", "shop.view_customer"),
            Page(gettext_lazy("Segments"), "groups", "dashboard:segments", "profiles.view_segment"),
            Page(
                gettext_lazy("Profiles"),
                "contacts",
                "admin:profiles_profile_changelist",
                "profiles.view_profile",
            ),
            Page(
                gettext_lazy("Values"),
                "monitoring",
                "admin:profiles_customervalue_changelist",
                "profiles.view_customervalue",
            ),
            Page(gettext_lazy("Labels"), "label", "admin:profiles_label_changelist", "profiles.view_label"),
            Page(
                gettext_lazy("Risks to review"),
                "gpp_maybe",
                "admin:profiles_riskassessment_changelist",
                "profiles.view_riskassessment",
            ),
            Page(
                gettext_lazy("Merged customers"),
                "merge",
                "admin:shop_customermerge_changelist",
                "shop.view_customermerge",
            ),
            Page(
                gettext_lazy("Erasures"),
                "person_remove",
                "admin:privacy_erasurerequest_changelist",
                "privacy.view_erasurerequest",
            ),
            Page(
                gettext_lazy("Copies of data"),
                "folder_copy",
                "admin:privacy_exportrequest_changelist",
                "privacy.view_exportrequest",
            ),
            Page(
                gettext_lazy("Consent"),
                "handshake",
                "admin:privacy_consentchange_changelist",
                "privacy.view_consentchange",
            ),
        ],
    ),
    (
        gettext_lazy("What shoppers say"),
        [
            Page(gettext_lazy("Reviews"), "reviews", "admin:shop_review_changelist", "shop.view_review"),
            Page(
                gettext_lazy("Questions"),
                "contact_support",
                "admin:shop_question_changelist",
                "shop.view_question",
            ),
        ],
    ),
    (
        gettext_lazy("Marketing"),
        [
            Page(gettext_lazy("Copy studio"), "edit_square", "dashboard:copy", "marketing.view_brief"),
            Page(
                gettext_lazy("Approved texts"),
                "verified",
                "admin:marketing_variant_changelist",
                "marketing.view_variant",
            ),
            Page(
                gettext_lazy("Rules for texts"),
                "rule_settings",
                "admin:marketing_copyrule_changelist",
                "marketing.view_copyrule",
            ),
            Page(
                gettext_lazy("Costs of the writer"),
                "payments",
                "admin:marketing_writerbudget_changelist",
                "marketing.view_writerbudget",
            ),
            Page(gettext_lazy("Campaigns"), "campaign", "dashboard:campaigns", "marketing.view_campaign"),
            Page(
                gettext_lazy("Calendar of campaigns"),
                "calendar_month",
                "dashboard:campaign_calendar",
                "marketing.view_campaign",
            ),
            Page(
                gettext_lazy("Who got what"),
                "outgoing_mail",
                "admin:marketing_recipient_changelist",
                "marketing.view_recipient",
            ),
            Page(
                gettext_lazy("Closed addresses"),
                "unsubscribe",
                "admin:marketing_suppression_changelist",
                "marketing.view_suppression",
            ),
        ],
    ),
    (
        gettext_lazy("Support"),
        [
            Page(
                gettext_lazy("Support desk"),
                "support_agent",
                "dashboard:support",
                "support.view_conversation",
            ),
            Page(
                gettext_lazy("Articles"),
                "article",
                "admin:support_article_changelist",
                "support.view_article",
            ),
            Page(
                gettext_lazy("Articles to write"), "edit_note", "dashboard:support_gaps", "support.view_gap"
            ),
            Page(
                gettext_lazy("Service requests"),
                "assignment_return",
                "admin:support_servicerequest_changelist",
                "support.view_servicerequest",
            ),
            Page(
                gettext_lazy("Intents"),
                "psychology",
                "admin:support_intent_changelist",
                "support.view_intent",
            ),
            Page(
                gettext_lazy("Examples of intents"),
                "format_quote",
                "admin:support_intentexample_changelist",
                "support.view_intentexample",
            ),
            Page(
                gettext_lazy("Quality of answers"),
                "insights",
                "dashboard:support_quality",
                "support.view_gap",
            ),
            Page(
                gettext_lazy("Support log"),
                "policy",
                "admin:support_logentry_changelist",
                "support.view_logentry",
            ),
        ],
    ),
    (
        gettext_lazy("Search"),
        [
            Page(gettext_lazy("Searches"), "query_stats", "dashboard:search", "shop.view_event"),
            Page(
                gettext_lazy("Preview of a search"),
                "preview",
                "dashboard:search_preview",
                "recommendations.view_synonym",
            ),
            Page(
                gettext_lazy("Synonyms"),
                "swap_horiz",
                "admin:recommendations_synonym_changelist",
                "recommendations.view_synonym",
            ),
            Page(
                gettext_lazy("Pinned results"),
                "push_pin",
                "admin:recommendations_searchpin_changelist",
                "recommendations.view_searchpin",
            ),
            Page(
                gettext_lazy("Words of the shop"),
                "dictionary",
                "admin:recommendations_searchword_changelist",
                "recommendations.view_searchword",
            ),
        ],
    ),
    (
        gettext_lazy("Data"),
        [
            Page(gettext_lazy("Import a file"), "upload_file", "dashboard:import", "shop.add_importrun"),
            Page(
                gettext_lazy("Imports"), "history", "admin:shop_importrun_changelist", "shop.view_importrun"
            ),
            Page(gettext_lazy("Jobs"), "manufacturing", "dashboard:jobs", "jobs.view_jobrun"),
            Page(gettext_lazy("Events"), "timeline", "admin:shop_event_changelist", "shop.view_event"),
        ],
    ),
    (
        gettext_lazy("Models"),
        [
            Page(
                gettext_lazy("Model runs"),
                "model_training",
                "admin:inference_modelrun_changelist",
                "inference.view_modelrun",
            ),
            Page(
                gettext_lazy("Versions of the pipeline"),
                "route",
                "dashboard:pipelines",
                "recommendations.view_pipeline",
            ),
            Page(
                gettext_lazy("Rules for lists"),
                "rule",
                "admin:recommendations_merchandisingrule_changelist",
                "recommendations.view_merchandisingrule",
            ),
            Page(
                gettext_lazy("Lists that were shown"),
                "visibility",
                "admin:recommendations_impression_changelist",
                "recommendations.view_impression",
            ),
            Page(
                gettext_lazy("Preview as a shopper"),
                "preview",
                "dashboard:preview",
                "recommendations.view_impression",
            ),
            Page(
                gettext_lazy("Popular products"),
                "trending_up",
                "admin:recommendations_popularproduct_changelist",
                "recommendations.view_popularproduct",
            ),
            Page(gettext_lazy("Fairness"), "balance", "dashboard:fairness", "inference.view_modelrun"),
            Page(
                gettext_lazy("Product vectors"),
                "scatter_plot",
                "admin:recommendations_productvector_changelist",
                "recommendations.view_productvector",
            ),
        ],
    ),
    (
        gettext_lazy("Access"),
        [
            Page(
                gettext_lazy("Staff and log-ins"),
                "person",
                "admin:accounts_user_changelist",
                "accounts.view_user",
            ),
            Page(gettext_lazy("API keys"), "key", "admin:api_apikey_changelist", "api.view_apikey"),
            Page(gettext_lazy("Roles"), "badge", "admin:auth_group_changelist", "auth.view_group"),
        ],
    ),
]


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The sections with the pages this reader may open, as django-unfold takes them."""
    sections = [
        (title, [page for page in pages if request.user.has_perm(page.permission)])
        for title, pages in SECTIONS
    ]
    return [
        {"title": title, "items": [as_item(page) for page in pages]} for title, pages in sections if pages
    ]


def as_item(page: Page) -> dict[str, Any]:
    return {"title": page.title, "icon": page.icon, "link": reverse(page.url_name)}


def site_title(request: HttpRequest) -> str:
    return f"{settings.SHOP_NAME} · {gettext('office')}" if settings.SHOP_NAME else gettext("Shop office")


def shop_url(request: HttpRequest) -> str:
    return reverse("storefront:home")


def stylesheet(request: HttpRequest) -> str:
    return static("dashboard/office.css")


def favicon(request: HttpRequest) -> str:
    return static("dashboard/favicon.svg")
