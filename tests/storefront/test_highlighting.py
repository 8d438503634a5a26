import pytest

from ecommerce_ai.storefront.highlighting import marked, marked_piece


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("Harbour Mugs", ["mug"], "Harbour <mark>Mugs</mark>"),
        ("Smug Mug", ["mug"], "Smug <mark>Mug</mark>"),
        ("海港马克杯", ["马克"], "海港<mark>马克</mark>杯"),
        ("Mug", [], "Mug"),
        ("Mug <b> & (co", ["(co", "b", ""], "Mug &lt;<mark>b</mark>&gt; &amp; (co"),
    ],
)
def test_marks_words_that_start_so_and_escapes_the_rest(text: str, words: list[str], html: str) -> None:
    assert marked(text, words) == html


def test_marks_the_letters_typed_so_far() -> None:
    assert marked_piece("Commuter <Mug>", "mu") == "Com<mark>mu</mark>ter &lt;<mark>Mu</mark>g&gt;"
