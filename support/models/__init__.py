"""What answers shoppers: articles, conversations, after-sales requests, and what is learned from them."""

from support.models.articles import DIMENSIONS, Article, ArticleVersion, Passage
from support.models.conversations import Conversation, Evidence, Message
from support.models.learning import Gap, Intent, IntentExample, Miss
from support.models.log import LogEntry
from support.models.requests import OrderProof, ServiceRequest

__all__ = [
    "DIMENSIONS",
    "Article",
    "ArticleVersion",
    "Conversation",
    "Evidence",
    "Gap",
    "Intent",
    "IntentExample",
    "LogEntry",
    "Message",
    "Miss",
    "OrderProof",
    "Passage",
    "ServiceRequest",
]
