"""Who declines to speak is listed with that stance, and nothing is reported by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.reading.article import Article
from dragoman.reading.assemble import to_coded


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The Kremlin declined to comment on the attack.", "The Kremlin", None),
        ("The Pentagon declined to comment.", "The Pentagon", None),
        (
            "China's foreign ministry did not respond to a request for comment.",
            "China's foreign ministry",
            None,
        ),
        ("The army would not comment on the strike.", "The army", "the strike"),
        ("The army did not comment.", "The army", ""),
        ("The ministry had no comment on the arrests.", "The ministry", "the arrests"),
        ("A spokesman refused to elaborate.", "A spokesman", None),
        ("The president's office could not be reached.", "The president's office", ""),
    ],
)
def test_silences_are_attributions_that_decline(
    text: str, source: str, content: str | None, read: Callable[..., Article]
) -> None:
    article = read(text)
    found = [
        a for a in to_coded(article, (), reader_version="").mentions.attributions if a.stance == "declines"
    ]
    assert [a.source.text for a in found if a.source] == [source]
    if content is not None:
        assert " ".join(piece.text for piece in found[0].content) == content
    assert all(not report.attribution for report in article.reports)


@pytest.mark.parametrize(
    "text",
    [
        "The minister commented on the attack.",
        "Russia responded to the request.",
        "The army declined in strength.",
    ],
)
def test_who_speaks_or_merely_shrinks_is_not_silent(text: str, read: Callable[..., Article]) -> None:
    coded = to_coded(read(text), (), reader_version="")
    assert not [a for a in coded.mentions.attributions if a.stance == "declines"]
