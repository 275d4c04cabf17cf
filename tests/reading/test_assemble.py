from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.cues import load_cues
from dragoman.knowledge.lexicon import load_lexicon
from dragoman.model.document import Document
from dragoman.model.report import FACTUALITIES, Report
from dragoman.model.speech import SOURCE_KINDS
from dragoman.reading.article import Article
from dragoman.reading.assemble import Knowledge, assemble, assemble_stage, to_coded
from dragoman.reading.coding import load_coding_tables

Read = Callable[..., Article]


@pytest.fixture
def reports(read: Read) -> Callable[[str], tuple[Report, ...]]:
    """Return a function from a text to its reports."""
    return lambda text: read(text).reports


Reports = Callable[[str], tuple[Report, ...]]


def test_a_state_on_one_side_is_enough(reports: Reports) -> None:
    (report,) = reports("Iran thanked a baker.")
    assert [actor.code for actor in report.actors] == ["IRN"]
    (other,) = report.recipients
    assert (other.text, other.code, other.sector) == ("a baker", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "The baker thanked the gardener.",
        "Nokia thanked Samsung.",
        "Jarvo Bentel accused Telmo Grivas of theft.",
        "Nokia and Samsung signed an agreement.",
        "It rained in Paris.",
        "The team attacked in the second half.",
    ],
)
def test_without_a_political_side_there_is_no_report(text: str, reports: Reports) -> None:
    assert reports(text) == ()


def test_force_without_a_named_side_needs_a_count_or_a_place(reports: Reports) -> None:
    assert [report.text for report in reports("Seven people had been detained in Minsk.")] == ["detained"]
    assert reports("The proposal was criticised.") == ()


def test_nothing_is_read_from_boilerplate(reports: Reports) -> None:
    assert reports("Rain fell in the north.\n\nRead more: Iran attacked Iraq") == ()


def test_a_paragraph_told_again_is_read_once(reports: Reports) -> None:
    paragraph = "Iran attacked Iraq, and the parliament in the capital kept silent."
    assert len(reports(f"{paragraph}\n\nRain fell.\n\n{paragraph}")) == 1


def test_a_meeting_in_the_country_of_one_side_is_a_visit(reports: Reports) -> None:
    (report,) = reports("Erdogan met Aliyev in Baku.")
    assert (report.mode, report.cameo, report.symmetric) == ("visit", "042", True)
    assert "mode:place-is-home-of-one-side" in report.rules


def test_a_meeting_in_a_third_country_is_told_apart(reports: Reports) -> None:
    (report,) = reports("Erdogan met Aliyev in Geneva.")
    assert (report.mode, report.cameo) == ("third-party", "044")


@pytest.mark.parametrize("text", ["Erdogan met Aliyev.", "Erdogan met Jarvo Bentel in Geneva."])
def test_a_meeting_whose_place_or_sides_are_open_has_no_such_mode(text: str, reports: Reports) -> None:
    (report,) = reports(text)
    assert (report.mode, report.cameo) == (None, "040")


def test_members_of_one_government_do_not_visit_each_other(reports: Reports) -> None:
    (report,) = reports("The Kenyan president met the Kenyan foreign minister in Nairobi.")
    assert report.mode is None


def test_ids_do_not_depend_on_what_was_read_before(read: Read) -> None:
    text = "Iran attacked Iraq. Turkey thanked Egypt."
    first = [report.id for report in read(text).reports]
    read("France met Spain.")
    assert [report.id for report in read(text).reports] == first
    assert len(set(first)) == 2


def test_ids_depend_on_the_document(read: Read) -> None:
    text = "Iran attacked Iraq."
    assert read(text).reports[0].id != read(text, published="2023-09-14").reports[0].id


def test_each_side_names_its_actors_in_order(reports: Reports) -> None:
    (report,) = reports("Iran, Chad and Iraq condemned Syria.")
    assert [actor.code for actor in report.actors] == ["IRN", "TCD", "IRQ"]


def test_the_values_of_a_report_are_those_of_the_record(reports: Reports) -> None:
    text = "TASS said Iran may attack Iraq on Friday. France denied that it had shelled Mali. Chad met Niger in Libya."
    for report in reports(text):
        assert report.factuality in FACTUALITIES
        assert report.quad in {1, 2, 3, 4}
        assert 0 < report.confidence <= 1
        assert all(0 < value <= 1 for value in report.field_confidence.values())
        assert report.rules[0].startswith("lexicon:")
        assert {source.kind for source in report.attribution} <= set(SOURCE_KINDS)


def test_what_is_missing_has_no_confidence(reports: Reports) -> None:
    (bare,) = reports("Iran attacked Iraq's army.")
    (full,) = reports("Iran attacked Iraq's army in Basra on Monday.")
    assert not {"time", "place"} & set(bare.field_confidence)
    assert {"time", "place"} <= set(full.field_confidence)


def test_the_chain_of_sources_runs_from_the_outermost_in(reports: Reports) -> None:
    (report,) = reports("According to Reuters, Russia said that Ukraine had shelled Belgorod.")
    assert [source.text for source in report.attribution] == ["Reuters", "Russia"]


def test_the_outlet_itself_is_an_empty_chain(reports: Reports) -> None:
    (report,) = reports("Iran attacked Iraq.")
    assert report.attribution == ()


def test_what_is_reported_without_a_source_is_anonymous(reports: Reports) -> None:
    (report,) = reports("It was reported that Iran had attacked Iraq.")
    assert [(source.kind, source.name) for source in report.attribution] == [("anonymous", None)]


def test_what_is_expected_is_no_attribution(reports: Reports) -> None:
    (report,) = reports("Iran is expected to attack Iraq.")
    assert (report.attribution, report.factuality) == ((), "planned")


def test_the_name_stands_for_the_source_it_is_part_of(reports: Reports) -> None:
    (report,) = reports("Russia's state news agency TASS said Iran had attacked Iraq.")
    assert [(source.text, source.code, source.kind) for source in report.attribution] == [
        ("TASS", "RUSMED", "agency")
    ]


def test_the_record_of_a_document_holds_all_layers(read: Read) -> None:
    article = read("TASS said Iran had attacked Iraq in Basra on Monday.")
    coded = to_coded(article, (), reader_version="9")
    assert coded.document.reader_version == "9"
    assert coded.reports == article.reports
    assert [bounds.start for bounds in coded.sentences] == [0]
    assert {mention.text for mention in coded.mentions.actors} >= {"TASS", "Iran", "Iraq"}
    assert [place.text for place in coded.mentions.places if place.text == "Basra"] == ["Basra"]
    assert [time.value for time in coded.mentions.times] == ["2023-09-11"]
    (attribution,) = coded.mentions.attributions
    assert attribution.source is not None
    assert attribution.cue is not None
    assert (attribution.source.text, attribution.cue.text) == ("TASS", "said")


def test_an_article_without_frames_has_no_reports() -> None:
    assert (
        assemble(
            Article(Document(text="")),
            Knowledge(load_lexicon(), load_coding_tables(), load_cues(), load_actors()),
        )
        == ()
    )


def test_the_stage_gives_reports() -> None:
    assert assemble_stage(load_lexicon(), load_coding_tables()).gives == ("reports",)
