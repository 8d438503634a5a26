"""Which kinds of file can be imported, and in which formats."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import ImportRun

KINDS: dict[str, Promise | str] = dict(ImportRun.Kind.choices)
FORMATS: dict[str, tuple[str, ...]] = {
    "products": ("generic", "shopify", "woocommerce", "google-merchant"),
    "customers": ("generic",),
    "orders": ("generic", "online-retail"),
    "events": ("generic", "ga4"),
    "reviews": ("generic",),
    "articles": ("generic", "questions"),
}
FORMAT_LABELS: dict[str, Promise | str] = {
    "generic": _("Own columns"),
    "shopify": _("Shopify product export"),
    "woocommerce": _("WooCommerce product export"),
    "google-merchant": _("Google Merchant feed (XML or TSV)"),
    "online-retail": _("Online Retail (invoices)"),
    "questions": _("Questions with answers"),
    "ga4": _("Google Analytics 4 (BigQuery export or Measurement Protocol)"),
}
SUFFIXES = (
    ".csv",
    ".csv.gz",
    ".tsv",
    ".tsv.gz",
    ".jsonl",
    ".jsonl.gz",
    ".json",
    ".json.gz",
    ".xlsx",
    ".xml",
    ".xml.gz",
    ".md",
    ".html",
    ".htm",
)
