from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import SkipError
from dragoman.ingest.text import decode

VISIBLE = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zs"]), min_size=1)


@given(VISIBLE.filter(lambda text: text.strip() and not text.startswith("\ufeff")))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_is_left_out(mark: bytes, encoding: str) -> None:
    assert decode(mark + "Київ met".encode(encoding)) == "Київ met"


def test_line_endings_stay_because_offsets_count_them() -> None:
    assert decode(b"a\r\nb") == "a\r\nb"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (b"a\x00b", "is binary"),
        (codecs.BOM_UTF16_LE + b"a", "could not be told"),
        (b"\x89PNG\r\n\x1a\n", "is binary"),
    ],
)
def test_what_is_no_text_is_skipped(data: bytes, words: str) -> None:
    with pytest.raises(SkipError, match=words):
        decode(data)


@given(st.binary())
def test_any_bytes_are_text_or_skipped(data: bytes) -> None:
    try:
        words = decode(data)
    except SkipError as error:
        words = str(error)
    assert words.strip()
