from typing import Any

from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.jobs.refresh import refresher
from support.services.indexing import index_articles
from support.services.intents import train_intent_head
from support.services.sentiment import train_sentiment_head
from support.services.sources import refresh_sources
from support.services.starting import add_starter_intents


@refresher("support", title="articles about products", order=130)
def product_articles(progress: Progress) -> dict[str, int]:
    return refresh_sources(progress=progress)


@refresher("support", title="passages", order=132)
def passages(progress: Progress) -> dict[str, int]:
    return index_articles(progress=progress)


@refresher("support", title="intents", order=134)
def intents(progress: Progress) -> dict[str, Any]:
    """Starters where there are none; learns again where examples changed."""
    added = add_starter_intents()
    run = train_intent_head()
    return {"added": added, "trained": run is not None}


@refresher("support", title="what reviews complain of", order=136)
def sentiment(progress: Progress) -> dict[str, Any]:
    """Learns from the stars of the reviews; nothing while these are the same or too few."""
    return {"trained": train_sentiment_head() is not None}
