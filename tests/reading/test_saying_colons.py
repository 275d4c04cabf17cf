from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.knowledge.cues import load_cues
from dragoman.reading.article import Article
from dragoman.reading.saying_colons import by_colon


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Iranian minister: We will not leave. Never.", [("Iranian minister", "We will not leave. Never")]),
        ("Two neighbours, one flood: Malawi and Mozambique agreed.", []),
        ("The minister said this: we will go.", []),
        ("Weather: It rained.", []),
    ],
)
def test_a_name_before_a_colon_speaks_to_the_end_of_its_paragraph(
    text: str, wanted: list[tuple[str, str]], parse_text: Callable[[str], Article]
) -> None:
    article = parse_text(text)
    found = []
    for saying in by_colon(article, load_cues()):
        assert saying.source is not None
        source = article.span(saying.source.tokens.first, saying.source.tokens.last).text
        found.append((source, " / ".join(article.span(*piece).text for piece in saying.content)))
    assert found == wanted


def test_the_outlets_own_people_attribute_no_report(read: Callable[..., Article]) -> None:
    article = read("PRESENTER: Iran bombed Iraq on Tuesday.\n\nMINISTER: Iran bombed Iraq on Tuesday.")
    assert all("PRESENTER" not in source.text for report in article.reports for source in report.attribution)
