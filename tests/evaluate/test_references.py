from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError, UsageError
from dragoman.evaluate.names_agree import NameJudge
from dragoman.evaluate.references import COLUMNS, MISSING, RIGHT, WRONG, judge, read_references, totals
from dragoman.knowledge.actors import load_actors
from dragoman.model.actor import ActorSpan
from dragoman.model.event import CodedDocument
from dragoman.pipeline.reader import Reader

TEXT = "Fiji met Tonga. They left, and it rained on the envoys."
HEADER = "\t".join(COLUMNS)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes the text and a table of references to its words."""
    (tmp_path / "fiji.txt").write_text(TEXT, encoding="utf-8")

    def make(*rows: tuple[str, str, str, str]) -> Path:
        lines = [HEADER]
        for words, refers_to, code, kind in rows:
            start = TEXT.find(words)
            lines.append(f"fiji.txt\t\t{start}\t{start + len(words)}\t{words}\t{refers_to}\t{code}\t{kind}")
        path = tmp_path / "references.tsv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return make


def actor(
    name: str | None, *, text: str = "They", code: str | None = None, id_: str | None = None
) -> ActorSpan:
    start = TEXT.index(text)
    return ActorSpan(start, start + len(text), text, name, code, code, None, id_)


def verdicts(path: Path, coded: CodedDocument, *actors: ActorSpan) -> list[str]:
    from dataclasses import replace

    (annotated,) = read_references(path, path.parent)
    read = replace(coded, mentions=replace(coded.mentions, actors=actors))
    return [one.verdict for one in judge(annotated, read, NameJudge(load_actors()))]


@pytest.mark.parametrize(
    ("refers_to", "actors", "verdict"),
    [
        ("Fiji;Tonga", (actor("Tonga"), actor("Fiji")), RIGHT),
        ("Fiji;Tonga", (actor("Fiji"),), WRONG),
        ("Fiji", (actor("Fiji"), actor("Tonga")), WRONG),
        ("Fiji|Tonga", (actor("Tonga"),), RIGHT),
        ("Mary Fiji", (actor("Fiji"),), RIGHT),
        ("Fiji campaign", (actor("Fiji"),), WRONG),
        ("U.S.", (actor("United States", code="USA", id_="USA"),), RIGHT),
        ("Fiji", (), MISSING),
        ("Fiji", (actor("They"),), MISSING),
    ],
)
def test_a_mention_is_right_when_it_has_just_the_actors_of_an_answer(
    refers_to: str,
    actors: tuple[ActorSpan, ...],
    verdict: str,
    *,
    write: Write,
    make_coded: Callable[..., CodedDocument],
) -> None:
    path = write(("They", refers_to, "", "pronoun"))
    assert verdicts(path, make_coded(), *actors) == [verdict]


@pytest.mark.parametrize(
    ("name", "verdict"), [("the envoys", RIGHT), ("The Tongan envoys", WRONG), ("Someone Else", WRONG)]
)
def test_a_code_decides_where_a_description_is_all_the_answer(
    name: str, verdict: str, *, write: Write, make_coded: Callable[..., CodedDocument]
) -> None:
    path = write(("the envoys", "", "TONGOV", "group"))
    assert verdicts(path, make_coded(), actor(name, text="the envoys", code="TONGOV")) == [verdict]


def test_what_stands_for_nobody_must_stay_open(
    write: Write, make_coded: Callable[..., CodedDocument]
) -> None:
    path = write(("it", "", "", "none"))
    assert verdicts(path, make_coded()) == [RIGHT]
    assert verdicts(path, make_coded(), actor("Fiji", text="it")) == [WRONG]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("fiji.txt\t\t0\t4\tTonga\tFiji\t\trole", "2: the text has 'Fiji' at 0-4, not 'Tonga'"),
        ("fiji.txt\t\tx\t4\tFiji\tFiji\t\trole", "2: start and end must be whole numbers"),
        (
            "fiji.txt\t\t0\t4\tFiji\tFiji\t\tname",
            "2: kind must be one of pronoun, role, group, none, it is 'name'",
        ),
        ("fiji.txt\t\t0\t4\tFiji\t\t\trole", "2: refers_to or code is needed, and neither for kind none"),
        ("fiji.txt\t\t0\t4\tFiji\tFiji\t\tnone", "2: refers_to or code is needed, and neither for kind none"),
    ],
)
def test_a_broken_line_is_named(row: str, problem: str, *, write: Write) -> None:
    path = write()
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_references(path, path.parent)
    assert str(caught.value) == f"{path}:{problem}"


def test_a_missing_article_and_an_empty_set_are_wrong_use(write: Write, tmp_path: Path) -> None:
    path = write(("They", "Fiji", "", "pronoun"))
    (tmp_path / "fiji.txt").unlink()
    with pytest.raises(UsageError, match=r"fiji\.txt: No such file"):
        read_references(path, tmp_path)
    with pytest.raises(UsageError, match="holds no references"):
        read_references(write(), tmp_path)


# The share that is right of all annotated references; of the tuned half, of the other one.
@pytest.mark.parametrize(("half", "least"), [("odd", 0.77), ("even", 0.70)])
def test_references_of_news_articles(half: str, least: float, *, shared: Path, root: Path) -> None:
    texts = shared / "eval/polnear/dev/text"
    if not texts.is_dir():
        pytest.skip("the articles of polnear are not in ../shared/eval")
    result = _score(root / f"examples/reference/polnear/{half}.tsv", texts)
    assert result >= least


def test_references_of_our_own_article(root: Path) -> None:
    folder = root / "examples/reference/talks"
    assert _score(folder, folder) >= 0.85


def _score(path: Path, texts: Path) -> float:
    articles = read_references(path, texts)
    judges = NameJudge(load_actors())
    coded = Reader().read(article.document for article in articles)
    judged = [
        one for article, read in zip(articles, coded, strict=True) for one in judge(article, read, judges)
    ]
    result = totals(judged)
    return result.right / result.count
