"""Tests of the readers of places and of the measures: small files in both formats, and verdicts one by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.cli.app import run
from dragoman.errors import UsageError
from dragoman.evaluate.place_measures import FALSE, FAR, MISSED, align, figures
from dragoman.evaluate.places import Located, peer_files, read_peer, read_place_articles

TEXT = "Fire in Paris. Farm at Nowhere Farm."
GAZ = "<gaztag><lat>33.66</lat><lon>-95.56</lon></gaztag>"
LGL = f"""<articles><article><title>Fire</title><domain>theparisnews.com</domain><dltime>2009-03-20 12:00</dltime>
<text>{TEXT}</text><toponyms>
<toponym><start>23</start><end>35</end><phrase>Nowhere Farm</phrase></toponym>
<toponym><start>8</start><end>13</end><phrase>Paris</phrase>{GAZ}</toponym>
</toponyms></article></articles>"""
GEOVIRUS = f"""<articles><article><text>{TEXT}</text><locations><location><name>Paris</name><start>9</start><end>14</end>
<lat>48.86</lat><lon>2.35</lon></location></locations></article></articles>"""
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(name: str, content: str) -> Path:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return make


def place(
    words: str, lat: float | None = 0.0, lon: float | None = 0.0, *, start: int | None = None
) -> Located:
    first = TEXT.index(words) if start is None else start
    return Located(first, first + len(words), words, lat, lon)


def test_lgl_counts_from_0_and_leaves_streets_without_coordinates(write: Write) -> None:
    (article,) = read_place_articles(write("lgl.xml", LGL))
    assert article.document.outlet == "theparisnews.com"
    assert article.document.published == "2009-03-20"
    assert [(one.words, one.lat) for one in article.places] == [("Paris", 33.66), ("Nowhere Farm", None)]


def test_geovirus_counts_from_1(write: Write) -> None:
    (article,) = read_place_articles(write("GeoVirus.xml", GEOVIRUS))
    assert article.places == (Located(8, 13, "Paris", 48.86, 2.35),)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<articles>", "not XML"),
        ("<articles/>", "holds no article"),
        ("<!DOCTYPE a><articles/>", "has a document type"),
        (GEOVIRUS.replace("<start>9", "<start>8"), "neither in the format"),
        (GEOVIRUS.replace("<lat>48.86", "<lat>north"), "neither in the format"),
    ],
)
def test_a_broken_file_is_told_in_one_line(write: Write, content: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as error:
        read_place_articles(write("set.xml", content))
    assert "\n" not in str(error.value)


def test_a_peer_s_words_are_moved_to_where_they_stand(write: Write) -> None:
    articles = read_place_articles(write("set.xml", GEOVIRUS))
    path = write("set_PEER.txt", "Paris,,Paris,,48.8,,2.3,,6,,11||No Gaz,,Farm,,,,,,15,,19||\n")
    ((paris, farm),) = read_peer(path, articles)
    assert (paris.start, paris.end, paris.lat) == (8, 13, 48.8)
    assert (farm.start, farm.lat) == (15, None)
    assert peer_files(path.parent, Path("SET.xml")) == {"PEER": path}


@pytest.mark.parametrize("content", ["", "a\nb\n", "Paris,,Paris||\n", "Paris,,Paris,,x,,y,,6,,11||\n"])
def test_a_peer_s_file_that_does_not_fit_is_refused(write: Write, content: str) -> None:
    articles = read_place_articles(write("set.xml", GEOVIRUS))
    with pytest.raises(UsageError):
        read_peer(write("set_PEER.txt", content), articles)


@pytest.mark.parametrize(
    ("gold", "found", "verdicts"),
    [
        ([place("Paris")], [place("Paris", 1.0)], [""]),
        ([place("Paris")], [place("Paris", 2.0)], [FAR]),
        ([place("Paris")], [place("Paris", None, None)], [FAR]),
        ([place("Paris")], [place("in Paris")], [""]),
        ([place("Paris")], [], [MISSED]),
        ([], [place("Paris")], [FALSE]),
        ([place("Nowhere Farm", None, None)], [place("Farm.")], []),
        ([place("Nowhere Farm", None, None)], [], []),
        ([place("Paris")], [place("in Paris"), place("Paris")], ["", FALSE]),
    ],
)
def test_verdicts(gold: list[Located], found: list[Located], verdicts: list[str]) -> None:
    assert [one.verdict for one in align(0, gold, found)] == verdicts


def test_figures_of_found_near_and_both() -> None:
    pairs = [*align(0, [place("Paris"), place("Farm")], [place("Paris", 1.0), place("Fire")])]
    result = figures(pairs, articles=1)
    assert (result.precision, result.recall, result.f1, result.near, result.both) == (0.5, 0.5, 0.5, 1.0, 0.5)
    assert result.median_km == pytest.approx(111.2, abs=0.1)
    assert figures([], articles=0).median_km is None


def test_the_command_scores_ours_beside_the_peers(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write("GeoVirus.xml", GEOVIRUS)
    write("GeoVirus_PEER.txt", "Paris,,Paris,,48.8,,2.3,,8,,13||\n")
    assert run(["evaluate", "places", str(path), "--peers", str(path.parent), "--errors", "5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "== GeoVirus.xml: 1 article, 1 place"
    assert [line.split()[0] for line in lines[2:4]] == ["dragoman", "PEER"]
    assert run(["evaluate", "places", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["systems"]["dragoman"]["gold"] == 1
    assert run(["evaluate", "places", str(path), "--half", "third"]) == 2
