"""What other apps may change here."""

from ecommerce_ai.inference.services.runs import (
    RunFacts,
    note_on_run,
    promote_run,
    record_run,
    retire_run,
    store_artefact,
)
from ecommerce_ai.inference.services.writers import (
    WriterRecipe,
    asked_server,
    fit_writer,
    judge_writer,
    opened_writer,
    tokens_of,
    train_writer,
)

__all__ = [
    "RunFacts",
    "WriterRecipe",
    "asked_server",
    "fit_writer",
    "judge_writer",
    "note_on_run",
    "opened_writer",
    "promote_run",
    "record_run",
    "retire_run",
    "store_artefact",
    "tokens_of",
    "train_writer",
]
