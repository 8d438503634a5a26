"""What every shop begins with: intents and examples of what shoppers say. The merchant's stay."""

from pathlib import Path

from django.db import transaction

from support.models import Intent, IntentExample

INTENTS = Path(__file__).parent.parent / "data" / "intents.txt"


@transaction.atomic
def add_starter_intents() -> int:
    """Add the examples of intents that do not exist yet; how many were added. Again, it changes nothing."""
    known = set(Intent.objects.values_list("name", flat=True))
    rows: list[IntentExample] = []
    for name, action, texts in starter_intents():
        if name not in known:
            intent = Intent.objects.create(name=name, action=action)
            rows += [IntentExample(intent=intent, text=text, language=language_of(text)) for text in texts]
    IntentExample.objects.bulk_create(rows)
    return len(rows)


def starter_intents() -> list[tuple[str, str, list[str]]]:
    """(name, action, examples) of the file beside this app."""
    found: list[tuple[str, str, list[str]]] = []
    for line in INTENTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            name, action = line[2:].split(" | ")
            found.append((name, action, []))
        elif line.strip():
            found[-1][2].append(line.strip())
    return found


def language_of(text: str) -> str:
    return "en" if text.isascii() else "zh"
