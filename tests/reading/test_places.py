"""Tests of finding and resolving places; the verdicts stand in ``places.tsv``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.knowledge.gazetteer import Candidate, Gazetteer, open_gazetteer
from dragoman.knowledge.tables import Row, read_table
from dragoman.model.place import PLACE_PRECISIONS
from dragoman.reading.article import Article, PlaceMention
from dragoman.reading.place_scores import SCORES, Evidence, Situation, distance, load_weights, score
from dragoman.reading.places import find_places, places_stage

CASES = tuple(
    read_table(Path(__file__).with_name("places.tsv"), ("text", "words", "name", "country", "precision"))
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def at(article: Article, gazetteer: Gazetteer, words: str) -> PlaceMention | None:
    start = article.document.text.index(words)
    found = (mention for mention in find_places(article, gazetteer) if mention.place.start == start)
    return next(found, None)


def spot(name: str, country: str, **fields: object) -> Candidate:
    place = {"geonames_id": None, "lat": 50.0, "lon": 30.0, "admin1": None, "feature": "PPL", "population": 50_000,
             "kind": "city"} | fields  # fmt: skip
    return Candidate(name=name, country=country, **place)  # type: ignore[arg-type]


def around(**fields: object) -> Situation:
    blank: dict[str, object] = {"name": "x", "sentences": (0,), "containers": (), "contents": (), "described": "",
                                "kinds": frozenset(), "evidence": Evidence()}  # fmt: skip
    return Situation(**(blank | fields))  # type: ignore[arg-type]


def likelier(one: Candidate, other: Candidate, situation: Situation) -> bool:
    weights = load_weights()
    return score(one, situation, weights) > score(other, situation, weights)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"line {case.line}")
def test_words_name_the_place_that_the_table_says(
    case: Row, gazetteer: Gazetteer, parse_text: Callable[[str], Article]
) -> None:
    mention = at(parse_text(case["text"]), gazetteer, case["words"])
    if case["name"] == "-":
        assert mention is None
        return
    assert mention is not None
    place = mention.place
    assert (place.name, place.country or "", place.precision) == (
        case["name"],
        case["country"],
        case["precision"],
    )


def test_places_keep_their_words_do_not_overlap_and_have_known_precisions(
    gazetteer: Gazetteer, parse_text: Callable[[str], Article], shared: Path
) -> None:
    article = parse_text((shared / "seed/summit.txt").read_text(encoding="utf-8"))
    end = 0
    for mention in find_places(article, gazetteer):
        place = mention.place
        assert place.start >= end
        assert article.document.text[place.start : place.end] == place.text
        assert place.precision is None or place.precision in PLACE_PRECISIONS
        assert 0 <= mention.confidence <= 1
        assert mention.tokens.first <= mention.tokens.head < mention.tokens.last
        end = place.end


def test_the_spaceport_of_the_annotated_page_is_where_its_annotation_says(
    gazetteer: Gazetteer, parse_text: Callable[[str], Article], shared: Path
) -> None:
    mention = at(parse_text((shared / "seed/summit.txt").read_text(encoding="utf-8")), gazetteer, "Vostochny")
    assert mention is not None
    assert mention.place.lat is not None
    assert mention.place.lon is not None
    assert distance(mention.place.lat, mention.place.lon, 51.884, 128.334) < 60


def test_a_name_that_nobody_knows_keeps_its_words_without_codes(
    gazetteer: Gazetteer, parse_text: Callable[[str], Article]
) -> None:
    mention = at(parse_text("Five people died in the Qwxyzzburg Valley on Monday."), gazetteer, "Qwxyzzburg")
    if mention is not None:
        assert (mention.place.name, mention.place.lat, mention.confidence) == (None, None, 0.0)


def test_a_candidate_inside_the_place_that_the_words_name_wins() -> None:
    state = spot("Oregon", "USA", admin1="Oregon", kind="admin1", feature="ADM1")
    inside = spot("Portland", "USA", admin1="Oregon", population=20_000)
    outside = spot("Portland", "USA", admin1="Maine", population=900_000)
    situation = around(containers=(state,))
    assert likelier(inside, outside, situation)


def test_a_candidate_near_other_places_of_the_article_wins() -> None:
    near, far = (
        spot("Springfield", "AAA", lat=40.0, lon=10.0),
        spot("Springfield", "BBB", lat=-40.0, lon=10.0),
    )
    situation = around(evidence=Evidence(points=((0, 40.5, 10.5, "other"),)))
    assert likelier(near, far, situation)


def test_a_short_name_is_the_facility_only_beside_a_word_for_its_kind() -> None:
    port = spot("Xa Cosmodrome", "RUS", kind="facility", feature="spaceport", match="short", population=0)
    town = spot("Xa", "RUS", population=2_500)
    beside, apart = around(kinds=frozenset({"spaceport"})), around()
    assert likelier(port, town, beside)
    assert likelier(town, port, apart)


def test_every_score_explains_itself() -> None:
    assert all(function.__doc__ for function in SCORES)


def test_distance_is_in_kilometres() -> None:
    assert distance(48.857, 2.352, 51.507, -0.128) == pytest.approx(344, abs=5)


def test_the_stage_gives_places_from_tokens(
    gazetteer: Gazetteer, parse_text: Callable[[str], Article]
) -> None:
    stage = places_stage(gazetteer)
    assert (stage.needs, stage.gives) == (("tokens", "sentences"), ("places",))
    assert stage.run(parse_text(""))["places"] == ()
