"""Articles: versions, imports, passages made anew only where something changed, misses that become some."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from ecommerce_ai.demo.services import add_articles
from ecommerce_ai.shop.models import Promotion
from support.models import Article, Gap, Passage
from support.selectors.articles import EVERYONE, found_articles, valid_articles
from support.services.answering import answer_waiting
from support.services.articles import restore_version, save_article
from support.services.conversations import Asker, open_conversation, post_message
from support.services.encoding import TimedEncode
from support.services.indexing import index_articles
from support.services.learning import draft_article, keep_miss, publish_gap
from support.services.people import claim, hand_over, reply
from support.services.sources import refresh_sources
from tests.factories import make_article, make_category, make_product, make_user

pytestmark = pytest.mark.django_db


def imported(path: Path, **options: str) -> dict[str, int]:
    from io import StringIO

    out = StringIO()
    call_command("import_data", "articles", str(path), json=True, stdout=out, **options)
    return dict(json.loads(out.getvalue()))


def test_every_text_is_a_version_and_an_old_one_comes_back_as_a_new_one() -> None:
    article = make_article(body="Three days.")
    article.body = "Four days."
    save_article(article)
    save_article(article)  # nothing changed
    restore_version(article.versions.get(number=1))
    texts = article.versions.order_by("number").values_list("number", "body")
    assert list(texts) == [(1, "Three days."), (2, "Four days."), (3, "Three days.")]


def test_only_what_is_live_and_valid_today_is_told() -> None:
    today = timezone.localdate()
    make_article(status="draft")
    make_article(valid_until=today - timedelta(days=1))
    make_article(valid_from=today + timedelta(days=1))
    make_article(audience="staff")
    now = make_article(valid_from=today, valid_until=today)
    assert list(valid_articles(EVERYONE)) == [now]


def test_a_changed_article_keeps_the_vectors_of_what_stayed(encoder: None) -> None:
    article = make_article(body="Wool is washed by hand.\n\nLinen is washed at 40 degrees.")
    index_articles()
    vectors = list(Passage.objects.order_by("start").values_list("embedding", flat=True))
    assert all(vector is not None for vector in vectors)
    assert index_articles() == {"articles": 0, "removed": 0, "embedded": 0}
    article.body += (
        "\n\nSilk is washed cold and never wrung, whatever the label of the garment may say about it."
    )
    save_article(article)
    done = index_articles()
    assert (done["articles"], done["embedded"] >= 1) == (1, True)
    article.status = Article.Status.RETIRED
    save_article(article)
    assert index_articles()["removed"] >= 1


def test_words_are_found_in_english_and_chinese(encoder: None) -> None:
    returns = make_article(title="Returns", body="Goods may be returned within 30 days.")
    chinese = make_article(language="zh", title="退货", body="商品可在三十天内退回。")
    index_articles()
    assert list(found_articles("returning goods", language="en")) == [returns]
    assert list(found_articles("三十天内", language="zh-hans")) == [chinese]
    assert not found_articles("xylophone", language="en")


def test_imports_from_markdown_html_csv_and_pairs(tmp_path: Path) -> None:
    (tmp_path / "help.md").write_text(
        "---\nlanguage: en\ntopic: Care\nstatus: live\n---\n"
        "# Wool\nWash **wool** by [hand](https://x.example).\n"
        "\n## Dry it flat\nNever wring it.\n# Linen\nAt 40 degrees.\n```\n# no heading\n```\n"
    )
    (tmp_path / "page.html").write_text(
        '<html lang="en"><title>Shop</title><nav>Home</nav><body>'
        "<h1>Gift &amp; cards</h1><p>Valid for <b>three</b>"
        " years.</p><script>alert(1)</script><h1>Vouchers</h1><p>One each order.</p></body></html>"
    )
    (tmp_path / "pages.csv").write_text(
        "key,title,body,language,status\nlate,Late?,Wait.,en,live\nx,,,en,live\n"
    )
    (tmp_path / "pairs.csv").write_text(
        "question,answer,approved,language\nDo you engrave?,Yes.,yes,en\nDo you knit?,No.,no,en\n"
    )
    files = ("help.md", "page.html", "pages.csv", "pairs.csv")
    assert [imported(tmp_path / name)["created"] for name in files] == [
        2, 2, 1, 2,
    ]  # fmt: skip
    wool = Article.objects.get(title="Wool")
    assert (wool.body, wool.topic, wool.status) == (
        "Wash wool by hand.\n\nDry it flat\nNever wring it.", "Care", "live",
    )  # fmt: skip
    assert Article.objects.get(title="Gift & cards").body == "Valid for three years."
    assert Article.objects.get(title="Do you engrave?").status == "live"
    assert Article.objects.get(title="Do you knit?").status == "review"
    again = imported(tmp_path / "pages.csv")
    assert (again["unchanged"], again["rejected"], again["created"]) == (1, 1, 0)


def test_the_demo_has_its_help_in_both_languages() -> None:
    add_articles()
    counts = {code: Article.objects.filter(language=code).count() for code in ("en", "zh")}
    keys = {code: set(Article.objects.filter(language=code).values_list("key", flat=True)) for code in counts}
    assert counts["en"] >= 60
    assert keys["en"] == keys["zh"]
    assert add_articles() == 0


def test_products_and_promotions_are_sources() -> None:
    shelf = make_category(name="Mugs")
    mug = make_product(
        title="Harbour Mug", description="A mug for every day.", category=shelf, brand="Tidewater",
        attributes={"material": "stoneware"},
        translations={"zh-hans": {"title": "海港马克杯", "description": "日常使用的杯子。"}},
    )  # fmt: skip
    sale = Promotion.objects.create(name="Spring", kind="percent", value=10, starts_at=timezone.now())
    assert refresh_sources() == {"written": 4, "removed": 0}
    assert "stoneware" in Article.objects.get(key=f"product-{mug.pk}", language="en").body
    assert "10 %" in Article.objects.get(key=f"promotion-{sale.pk}", language="zh").body
    sale.is_live = False
    sale.save()
    assert refresh_sources() == {"written": 0, "removed": 2}


def test_a_miss_becomes_an_article_and_is_answered(encoder: None, asker: Asker) -> None:
    agent = make_user(role="support agent")
    talk = open_conversation(asker.customer, language="en")
    for text in ("Can you engrave a name on a mug?", "Can you engrave names on mugs?"):
        post_message(talk, text)
        answer_waiting(talk, asker)
    gap = Gap.objects.get()
    assert gap.misses.count() == 2
    hand_over(talk, "customer_request")
    claim(talk, agent)
    reply(talk, agent, "We can engrave a name on a mug for 6 GBP.")
    article = draft_article(gap, by=agent)
    assert (article.status, article.body) == ("review", "We can engrave a name on a mug for 6 GBP.")
    assert draft_article(gap, by=agent) == article
    result = publish_gap(gap, by=agent)
    gap.refresh_from_db()
    assert (result["asked"], result["answered"] >= 1, gap.status) == (2, True, "filled")


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("杯子上可以刻名字吗？", "能不能在马克杯上刻字？", "会员积分怎么用？"),
        ("可以预约送货时间吗？", "能指定送货的时间段吗？", "毯子会掉毛吗？"),
        ("¿Grabáis nombres en tazas?", "¿Podéis grabar un nombre en una taza?", "¿Abrís los domingos?"),
    ],
)
def test_misses_in_other_words_are_one_gap(asker: Asker, first: str, second: str, third: str) -> None:
    encode = TimedEncode()
    encode.is_away = True
    talk = open_conversation(asker.customer, language="en")
    language = "es" if first.startswith("¿") else "zh"
    gaps = [keep_miss(post_message(talk, text), text, language, encode) for text in (first, second, third)]
    assert (gaps[0] == gaps[1], gaps[2] == gaps[0]) == (True, False)
