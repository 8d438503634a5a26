"""The demo's help pages, and conversations that shoppers had lately: open, answered, waiting, closed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import Group
from django.utils import timezone

from ecommerce_ai.accounts.models import User
from ecommerce_ai.accounts.roles import SUPPORT_AGENT
from ecommerce_ai.shop.models import Customer
from ecommerce_ai.shop.services.importing.records import ArticleRecord
from support.models import Article, Conversation, LogEntry, Message
from support.services.importing import import_articles

FOLDER = Path(__file__).parent.parent / "data" / "articles"
LANGUAGES = ("en", "zh")
# Who said what; the last word of a line's first column is the state in which the conversation is left.
TALKS: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("waiting", "en", "customer_request", (
        ("shopper", "The lid of my teapot does not fit."),
        ("assistant", "Describe what is wrong and send a photograph if you can."),
        ("shopper", "I would like a person to look at it."),
    )),
    ("waiting", "zh", "no_answer", (
        ("shopper", "可以在杯子上刻字吗？"),
        ("assistant", "我没有找到能回答这个问题的内容，不想乱猜。需要请人工看一下吗？"),
    )),
    ("closed", "en", "no_answer", (
        ("shopper", "Can you engrave a name on a mug?"),
        ("assistant", "I have found nothing that answers this, and I would rather not guess."),
        ("agent", "We engrave mugs and boards for £6 each. It takes five working days longer."),
        ("shopper", "Lovely, thank you."),
    )),
    ("closed", "en", "", (
        ("shopper", "What does delivery cost?"),
        ("assistant", "Delivery costs £3.95 for each order. From £45 of goods it is free."),
    )),
)  # fmt: skip


def add_support() -> None:
    """Help pages and conversations, each where there are none."""
    if not Article.objects.written().exists():
        add_articles()
    add_conversations()


def add_articles() -> int:
    """The help pages of the demo shop, in both languages; how many were new or changed."""
    return import_articles(record for path in sorted(FOLDER.glob("*.txt")) for record in records_of(path))


def records_of(path: Path) -> Iterator[ArticleRecord]:
    """`# topic | topic_zh`; per article `key | title | title_zh` (`key !`: a policy), `en:` and `zh:`."""
    topics, titles, key, kind = ["", ""], ["", ""], "", "help"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        head, _, rest = line.partition(": ")
        if line.startswith("# "):
            topics = line[2:].split(" | ")
        elif head in LANGUAGES:
            place = LANGUAGES.index(head)
            yield ArticleRecord(
                line=number, key=key, language=head, kind=kind, topic=topics[place], title=titles[place],
                body=rest, status="live", audience="everyone", valid_from=None, valid_until=None,
            )  # fmt: skip
        elif line:
            name, *titles = line.replace(" ! ", " | ", 1).split(" | ")
            key, kind = name, "policy" if " ! " in line else "help"


def add_conversations() -> int:
    """A few conversations with customers of the demo; none where there are some. Returns how many."""
    if Conversation.objects.exists():
        return 0
    agent = User.objects.filter(groups=Group.objects.get(name=SUPPORT_AGENT)).first()
    customers = Customer.objects.current().exclude(name="").filter(user=None).order_by("-id")[: len(TALKS)]
    for customer, (state, language, reason, said) in zip(customers, TALKS, strict=False):
        add_conversation(customer, state, language, reason=reason, said=said, agent=agent)
    return len(customers)


def add_conversation(
    customer: Customer, state: str, language: str, *, reason: str, said: tuple[tuple[str, str], ...],
    agent: User | None,
) -> None:  # fmt: skip
    began = timezone.now() - timedelta(hours=3)
    talk = Conversation.objects.create(
        customer=customer, language=language, reason=reason, status=state, opened_at=began,
        waiting_since=began if reason else None, closed_at=timezone.now() if state == "closed" else None,
        agent=agent if state == "closed" and reason else None, rating=5 if state == "closed" else None,
        urgency=1 if state == "waiting" else 0,
        summary="\n".join(text for author, text in said if author == "shopper"),
    )  # fmt: skip
    Message.objects.bulk_create(
        Message(
            conversation=talk, author=author, text=text, is_answered=True, language=language,
            created_at=began + timedelta(minutes=number),
        )
        for number, (author, text) in enumerate(said)
    )  # fmt: skip
    if reason:
        LogEntry.objects.create(conversation=talk, kind=LogEntry.Kind.HANDED_OVER, detail=reason, at=began)
