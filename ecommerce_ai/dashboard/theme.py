"""How the office looks: django-unfold's settings. Colours are those of static/css/tokens.css as scales."""

from typing import Any

BASE = {
    "50": "#fbfaf7",
    "100": "#f1eee8",
    "200": "#ddd8ce",
    "300": "#c9c2b4",
    "400": "#aea89c",
    "500": "#70695f",
    "600": "#625d54",
    "700": "#4a453e",
    "800": "#2b2925",
    "900": "#1f1d1a",
    "950": "#171613",
}
PRIMARY = {
    "50": "#f1f6f4",
    "100": "#e4eee9",
    "200": "#c8ddd4",
    "300": "#a3c5b8",
    "400": "#93cbb6",
    "500": "#6fae99",
    "600": "#2b5b4e",
    "700": "#264f44",
    "800": "#1f473c",
    "900": "#1a3a32",
    "950": "#10211b",
}
UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "ecommerce_ai.dashboard.navigation.site_title",
    "SITE_HEADER": "ecommerce_ai.dashboard.navigation.site_title",
    "SITE_SYMBOL": "storefront",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": "ecommerce_ai.dashboard.navigation.favicon"}
    ],
    "SITE_URL": "ecommerce_ai.dashboard.navigation.shop_url",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "SHOW_LANGUAGES": True,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "4px",
    "COLORS": {"base": BASE, "primary": PRIMARY},
    "STYLES": ["ecommerce_ai.dashboard.navigation.stylesheet"],
    "SIDEBAR": {"show_search": True, "navigation": "ecommerce_ai.dashboard.navigation.sidebar"},
}
