"""Which attributes of a shop a query may name as a condition: by their names, or by what they hold."""

from collections.abc import Mapping

from recommendations.ml.search.taxonomy import LANGUAGES, taxonomy, words_in

# Kinds of which a shop may keep an attribute: their names are looked up among its values.
ATTRIBUTE_KINDS = frozenset({"colour", "material", "pattern", "size", "recipient", "occasion", "season"})
USUAL_NAMES = frozenset({"color", "gender", "brand", *ATTRIBUTE_KINDS})
LEAST_SHARE = 0.5


def may_be_condition(name: str, values: Mapping[str, int]) -> bool:
    """`values`: how many products have each. What holds "rot" and "blau" is a colour, whatever its name."""
    if name.lower() in USUAL_NAMES:
        return True
    named = sum(products for value, products in values.items() if names_attribute(value))
    return named >= LEAST_SHARE * sum(values.values())


def names_attribute(value: str) -> bool:
    """Whether some language knows the value as a colour, a material, … and as nothing else."""
    return any(
        kinds and kinds <= ATTRIBUTE_KINDS for kinds in (kinds_in(value, language) for language in LANGUAGES)
    )


def kinds_in(value: str, language: str) -> set[str]:
    glosses = taxonomy().glosses(list(words_in(value, language)), language)
    return {meaning.kind for gloss in glosses for meaning in gloss.meanings}
