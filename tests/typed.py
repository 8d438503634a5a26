"""What somebody may type into a search box, as hypothesis draws it: all of Unicode, and what is meant ill."""

from hypothesis import strategies as st

SAYINGS = (
    "the of and",
    "x" * 10_000,
    "' OR 1=1; --",
    "'; DROP TABLE shop_product; --",
    "a:* & !b",
    "under 50",
    "zwischen 1 und",
    "under 99999999999999999999",
    "-" * 300,
    "%s %(x)s {0}",
    "\\",
    "0x" + "f" * 200,
)
TYPED = st.one_of(
    st.text(max_size=400),
    st.text(alphabet="&|!()<->:*'\\\"% \x00\n\x1b\x7f", max_size=60),
    st.text(alphabet="ابتثנסעפ\u202e\u202d😀🧣\uffff\u200d 围巾を한국", max_size=60),
    st.lists(st.sampled_from(["red", "mug", "under", "20", "&", "for", "my", "围巾", "Ünder"])).map(" ".join),
    st.sampled_from(SAYINGS),
)
