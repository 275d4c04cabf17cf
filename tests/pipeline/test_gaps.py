from __future__ import annotations

from dragoman.model.actor import ActorSpan
from dragoman.model.document import Document
from dragoman.model.span import Bounds
from dragoman.pipeline.gaps import Gap, Gaps


def named(text: str, words: str, *, country: str | None = None, sector: str | None = None) -> ActorSpan:
    start = text.index(words)
    code = country + (sector or "") if country else None
    return ActorSpan(start, start + len(words), words, words, code, country, sector, None)


def counted(*documents: tuple[str, list[ActorSpan]]) -> list[Gap]:
    gaps = Gaps()
    for text, actors in documents:
        gaps.add(Document(text=text), [Bounds(0, len(text))], actors)
    return gaps.most_frequent(10)


def test_names_are_counted_over_documents_however_they_are_cased_or_introduced() -> None:
    one, two = "The Zorin Front marched.", "They fear the ZORIN FRONT's men."
    (gap,) = counted(
        (one, [named(one, "The Zorin Front", sector="REB")]), (two, [named(two, "the ZORIN FRONT's")])
    )
    assert (gap.name, gap.mentions, gap.documents, gap.sector) == ("Zorin Front", 2, 2, "REB")
    assert (gap.sentence, gap.document) == (one, Document(text=one).id)


def test_who_is_resolved_and_who_has_no_name_is_left_out() -> None:
    text = "Mali and the police met gunmen."
    actors = [
        named(text, "Mali", country="MLI"),
        named(text, "the police", sector="COP"),
        named(text, "gunmen"),
    ]
    assert counted((text, actors)) == []


def test_the_most_frequent_come_first_and_names_without_capitals_count() -> None:
    text = "刘某 met Abu Zorin."
    abu = named(text, "Abu Zorin")
    assert [gap.name for gap in counted((text, [abu, named(text, "刘某"), abu]))] == ["Abu Zorin", "刘某"]
