"""The words for attributes of products: names, units, and values in the reader's language."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NAMES = {
    "age": _("Age"),
    "capacity": _("Capacity"),
    "care": _("Care"),
    "color": _("Colour"),
    "colour": _("Colour"),
    "dimensions": _("Dimensions"),
    "flavour": _("Flavour"),
    "gender": _("For whom"),
    "length": _("Length"),
    "material": _("Material"),
    "occasion": _("Occasion"),
    "origin": _("Origin"),
    "pattern": _("Pattern"),
    "pieces": _("Pieces"),
    "recipient": _("A gift for"),
    "scent": _("Scent"),
    "season": _("Season"),
    "size": _("Size"),
    "style": _("Style"),
    "weight": _("Weight"),
}
UNITS = {
    "cm": _("cm"),
    "mm": _("mm"),
    "g": _("g"),
    "kg": _("kg"),
    "ml": _("ml"),
    "l": _("l"),
    "h": _("hours"),
}


def attribute_name(key: str) -> str:
    """ "weight_g" → "Weight"; an unknown key is shown as it is written, with spaces."""
    name, _unit = split_unit(key)
    return str(NAMES.get(name) or name.replace("_", " ").replace("-", " ").capitalize())


def attribute_text(key: str, value: Any) -> str:
    """("weight_g", 340) → "340 g"; lists are joined, truth becomes a word, nothing stays empty."""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, list):
        return ", ".join(attribute_text(key, part) for part in value)
    if value is None or isinstance(value, dict):
        return ""
    text = number_format(value) if isinstance(value, int | float) else str(value)
    unit = split_unit(key)[1]
    return f"{text} {UNITS[unit]}" if unit and text else text[:1].upper() + text[1:]


def split_unit(key: str) -> tuple[str, str]:
    name, _separator, unit = key.rpartition("_")
    return (name, unit) if name and unit in UNITS else (key, "")


def local_attributes(attributes: dict[str, Any], translations: dict[str, Any]) -> dict[str, Any]:
    """The attributes, with the values that the translations give in the reader's language."""
    language = get_language() or ""
    for code in (language, language.partition("-")[0]):
        given = translations.get(code, {}).get("attributes")
        if isinstance(given, dict):
            return {key: given.get(key, value) for key, value in attributes.items()}
    return attributes


def facts(attributes: dict[str, Any], translations: dict[str, Any]) -> list[tuple[str, str]]:
    """What the facts table shows: `[(name, text)]`, without what is empty."""
    told = local_attributes(attributes, translations)
    pairs = [(attribute_name(key), attribute_text(key, value)) for key, value in told.items()]
    return [(name, text) for name, text in pairs if text]
