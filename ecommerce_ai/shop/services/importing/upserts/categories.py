import json

from django.utils.text import slugify

from ecommerce_ai.shop.models import Category


def category_ids(paths: list[str]) -> dict[str, int]:
    """The shelves that JSON lists of names, root first, stand for; missing ones are made."""
    known = dict(Category.objects.filter(path__in=all_slug_paths(paths)).values_list("path", "pk"))
    return {path: ensure_category(json.loads(path), known) for path in paths}


def all_slug_paths(paths: list[str]) -> set[str]:
    found = set()
    for path in paths:
        slugs = [slugify(name, allow_unicode=True) for name in json.loads(path)]
        found |= {"/".join(slugs[:depth]) for depth in range(1, len(slugs) + 1)}
    return found


def ensure_category(names: list[str], known: dict[str, int]) -> int:
    """The shelf at the end of the names; `known` gains those that had to be made on the way."""
    path = ""
    parent: int | None = None
    for name in names:
        slug = slugify(name, allow_unicode=True)
        path = f"{path}/{slug}" if path else slug
        if path not in known:
            above = Category.objects.get(pk=parent) if parent else None
            known[path] = Category.objects.create(name=name, slug=slug, parent=above).pk
        parent = known[path]
    return known[path]
