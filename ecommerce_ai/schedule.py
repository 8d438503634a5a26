"""All that runs by the clock: a task, and every how many seconds. Part of the settings."""

from typing import Any

CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "embed new and changed products": {
        "task": "recommendations.tasks.embed_products",
        "schedule": 60,
        "options": {"expires": 60},  # behind a long run they would only pile up
    },
    "hand out again what a dead worker left": {
        "task": "ecommerce_ai.jobs.tasks.requeue_lost_jobs",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "keep what was shown": {
        "task": "recommendations.tasks.keep_impressions",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "prepare lists for who is here": {
        "task": "recommendations.tasks.prepare_for_visitors",
        "schedule": 15,
        "options": {"expires": 15},
    },
    "prepare lists for who may be back": {
        "task": "recommendations.tasks.prepare_for_regulars",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "put clicks to the lists they came from": {
        "task": "recommendations.tasks.attribute_outcomes",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "drop what is old": {
        "task": "ecommerce_ai.privacy.tasks.drop_what_is_old",
        "schedule": 24 * 3600,
    },
    "count the words of the shop": {"task": "recommendations.tasks.count_words", "schedule": 3600},
    "rank for customers whose history grew": {
        "task": "recommendations.tasks.train_ranking",
        "schedule": 900,
        "options": {"expires": 900},
    },
    "refresh profiles": {
        "task": "profiles.tasks.refresh_profiles",
        "schedule": 900,
        "options": {"expires": 900},
    },
    "passages of new and changed articles": {
        "task": "support.tasks.embed_articles",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "articles about products and promotions": {
        "task": "support.tasks.refresh_sources",
        "schedule": 3600,
    },
    "answer what nobody waited for": {
        "task": "support.tasks.answer_left",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "tell who waits for goods": {"task": "support.tasks.send_stock_alerts", "schedule": 900},
    "learn from new examples of intents": {"task": "support.tasks.train_intents", "schedule": 900},
    "learn from new stars of reviews": {"task": "support.tasks.train_sentiment", "schedule": 24 * 3600},
    "begin, send and end campaigns": {
        "task": "marketing.tasks.run_campaigns",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "withdraw texts that are true no more": {
        "task": "marketing.tasks.recheck_texts",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "keep which texts shoppers answered": {
        "task": "marketing.tasks.keep_outcome_pairs",
        "schedule": 24 * 3600,
    },
    "rank popular products": {"task": "recommendations.tasks.rank_popular_products", "schedule": 3600},
}
