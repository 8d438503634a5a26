"""Rules to begin with: what law forbids in some markets, and words that press. Merchants change them."""

import csv
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RULES = Path(__file__).parents[1] / "data/rules.csv"


def write_rules(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rule = apps.get_model("marketing", "CopyRule")
    with RULES.open(newline="", encoding="utf-8") as file:
        rule.objects.bulk_create([rule(**row) for row in csv.DictReader(file)], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("marketing", "0004_facts_of_sets")]
    operations = [migrations.RunPython(write_rules, migrations.RunPython.noop)]
