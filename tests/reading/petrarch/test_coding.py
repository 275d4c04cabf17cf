"""Coding with community dictionaries, case by case: a line more in cases.tsv is a case more."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.evaluate.petrarch import codings_of
from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.pipeline.reader import Reader

TABLE = Path(__file__).parent / "cases.tsv"
LINES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
CASES = list(csv.DictReader(LINES, delimiter="\t", quoting=csv.QUOTE_NONE))
SOME = (
    "Syldavia Borduria Klow Twin Isles police ministers of in and or nor , met visited condemned was by not "
    "signed a pact cordoned off gave gold coins the who it they said that - & earthquake ."
)
WORDS = st.sampled_from([*SOME.split(), "\n", "\x00"])


def code(reader: Reader, text: str, day: str | None = "2010-01-01") -> CodedDocument:
    return next(iter(reader.read([Document(text=text, published=day)])))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["told"])
def test_cases(reader: Reader, case: dict[str, str]) -> None:
    coded = code(reader, case["sentence"], case["date"])
    found = {f"{c.source} > {c.target} {c.event}" for c in codings_of(coded.reports, dyads_only=False)}
    assert found == set(filter(None, (case["codings"] or "").split("|")))


def test_the_pattern_is_named_in_the_rules(reader: Reader) -> None:
    (report,) = code(reader, "Syldavia condemned Lilliput for arming Borduria.").reports
    assert "lexicon:CONDEMN: * ^ FOR ARMING + [113]" in report.rules


def test_a_cameo_code_brings_type_quad_class_and_score(reader: Reader) -> None:
    (report,) = code(reader, "Syldavia gave dollars to Lilliput.").reports
    assert (report.event_type, report.cameo, report.quad, report.goldstein) == ("AID", "071", 2, 7.4)


def test_another_code_has_the_type_none_and_no_scores(reader: Reader) -> None:
    (report,) = code(reader, "Syldavia juggled with Borduria.").reports
    assert (report.event_type, report.cameo, report.quad) == ("NONE", "777", 0)
    assert (report.goldstein, report.intensity) == (None, None)


def test_actors_have_the_codes_of_the_dictionary(reader: Reader) -> None:
    (report,) = code(reader, "Syldavian police condemned Borduria.").reports
    (actor,) = report.actors
    assert (actor.text, actor.code, actor.country, actor.sector) == (
        "Syldavian police",
        "SYLCOP",
        "SYL",
        "COP",
    )


def test_attribution_factuality_and_times_go_on_working(reader: Reader) -> None:
    coded = code(reader, "Borduria will visit Lilliput on Tuesday, Syldavia said.", "2010-01-01")
    visit = next(report for report in coded.reports if report.cameo == "042")
    assert visit.factuality == "planned"
    assert [source.code for source in visit.attribution] == ["SYL"]
    assert visit.time is not None
    assert visit.time.from_ == "2010-01-05"


def test_a_phrase_can_discard_a_sentence_or_a_whole_article(reader: Reader) -> None:
    two = "Syldavia condemned Borduria at the chess tournament. Syldavia visited Lilliput."
    coded = code(reader, two)
    assert {report.cameo for report in coded.reports} == {"042", "043"}
    assert [(note.kind, note.text) for note in coded.notes] == [("discarded", "chess tournament")]
    assert code(reader, "Syldavia condemned Borduria. An earthquake followed.").reports == ()


def test_every_report_has_an_id_of_its_own(reader: Reader) -> None:
    reports = code(
        reader, "Syldavia, Borduria and Lilliput signed a pact. Syldavia will visit Borduria."
    ).reports
    assert len({report.id for report in reports}) == len(reports) == 4


def test_the_reader_version_changes_with_the_tables(
    dictionaries: Path, reader: Reader, tmp_path: Path
) -> None:
    from dragoman.config import ReaderConfig

    other = tmp_path / "edited"
    other.mkdir()
    for table in dictionaries.iterdir():
        (other / table.name).write_bytes(table.read_bytes())
    actors = other / "actors.tsv"
    edited = actors.read_text(encoding="utf-8").replace("SYLDAVIA|", "SYLDAVIA|THE_PELICAN_STATE|")
    actors.write_text(edited, encoding="utf-8")
    second = Reader(ReaderConfig(knowledge=other))
    assert second.version != reader.version
    (report,) = code(second, "The Pelican State condemned Borduria.").reports
    assert [actor.code for actor in report.actors] == ["SYL"]


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_words_are_read(reader: Reader, text: str) -> None:
    coded = code(reader, text)
    for report in coded.reports:
        assert text[report.start : report.end] == report.text
        for actor in (*report.actors, *report.recipients):
            assert text[actor.start : actor.end] == actor.text
    assert len({report.id for report in coded.reports}) == len(coded.reports)
