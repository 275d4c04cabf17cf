"""Reading PETRARCH files: what is understood, and that every line that is not is told."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.petrarch.actors import read_actors, read_dated
from dragoman.knowledge.petrarch.agents import read_agents, read_discards
from dragoman.knowledge.petrarch.rows import DatedCode, Found
from dragoman.knowledge.petrarch.source import lines_of
from dragoman.knowledge.petrarch.verbs import VerbReader

Read = Callable[[str], Found]
PIECES = st.sampled_from(
    ["---", "- ", "*", "+", "$", "%", "^", "&", "_", "[", "]", "{", "}", "(", "~", "!", "!P! =", "#", ";", "<!--", "-->",
     "A", "BC", "[010]", "[010:011]", "[---]", "[~COP]", "[ABC]", "[ABC 990101-001231]", "[ABC >99]", "\t", " ", "\n",
     "\n\n", "|", "é", "\x00", "99999999"]
)  # fmt: skip
ANYTHING = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


def verbs(text: str) -> Found:
    found = Found()
    reader = VerbReader(found)
    reader.read(lines_of(text, "verbs.txt"))
    reader.finish()
    return found


def actors(text: str) -> Found:
    found = Found()
    read_actors(lines_of(text, "actors.txt"), found)
    return found


def agents(text: str) -> Found:
    found = Found()
    read_agents(lines_of(text, "agents.txt"), found)
    return found


def discards(text: str) -> Found:
    found = Found()
    read_discards(lines_of(text, "discards.txt"), found)
    return found


def told(found: Found) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_comments_of_all_kinds_are_left_out() -> None:
    text = "A # one\nB ; two\nC <!-- three --> D\n<!-- four\nfive -->E\n[###] F"
    assert [(line.number, line.text) for line in lines_of(text, "f")] == [
        (1, "A"), (2, "B"), (3, "C  D"), (5, "E"), (6, "[###] F"),
    ]  # fmt: skip


def test_a_block_shares_its_patterns_and_its_code() -> None:
    found = verbs("--- GROUP [050] ---\nPRAISE {PRAISED}\nSNUB [111] {SNUBS}\n- NOT * [120]\n")
    assert [(row.block, row.verb, row.forms, row.code) for row in found.verbs] == [
        ("GROUP", "PRAISE", ("PRAISED",), "050"),
        ("GROUP", "SNUB", ("SNUBS",), "111"),
    ]
    assert [(row.block, row.pattern, row.code) for row in found.patterns] == [("GROUP", "NOT *", "120")]
    assert told(found) == []


def test_without_a_header_a_verb_after_a_pattern_starts_a_block() -> None:
    found = verbs("GIVE [070]\n- ** CASH [071]\nTAKE [173]\n- * PART [060]\n")
    assert [(row.block, row.pattern, row.code) for row in found.patterns] == [
        ("GIVE", "** CASH", "071"),
        ("TAKE", "* PART", "060"),
    ]


def test_two_blocks_of_one_name_stay_apart() -> None:
    found = verbs("--- SHOT [---] ---\nSHOT\n--- SHOT [190] ---\nSHOT\n")
    assert [(row.block, row.code) for row in found.verbs] == [("SHOT", "---"), ("SHOT 2", "190")]


def test_a_synset_may_be_defined_after_the_pattern_that_names_it() -> None:
    found = verbs("--- GIVE [---] ---\nGIVE\n- * &CASH [071]\n\n&CASH_\n+DOLLARS\n+GOLD_COIN\n")
    assert [row.pattern for row in found.patterns] == ["* &CASH"]
    assert [(row.name, row.members, row.plurals) for row in found.synsets] == [
        ("CASH", ("DOLLARS", "GOLD_COIN"), False)
    ]


def test_a_verb_of_several_words_is_no_member_of_a_synset() -> None:
    found = verbs("&S\n+ONE\n\n--- CORDON [172] ---\nSEAL\n+CORDON_OFF {+CORDONED_OFF}\n")
    assert [row.members for row in found.synsets] == [("ONE",)]
    assert [(row.verb, row.forms) for row in found.verbs] == [
        ("SEAL", ()),
        ("+CORDON_OFF", ("+CORDONED_OFF",)),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("- NO STAR [010]", r"one \* for its verb, this has 0"),
        ("- * AND * [010]", r"one \* for its verb, this has 2"),
        ("- + * + [010]", r"more than one \+"),
        ("- * &NOWHERE [010]", "no synset &NOWHERE"),
        ("- * {A|B} [010]", "no word of a pattern"),
        ("- * OPEN [010", "a pattern is written"),
        ("- * WORDS [01 0]", r"\[01 0\] is no code"),
        ("FALL (FALLS FELL}", "neither a verb"),
        ("&A-B", "a synset is named"),
    ],
)
def test_a_line_of_a_verb_file_that_cannot_be_used_is_told(line: str, why: str) -> None:
    found = verbs(f"--- GIVE [070] ---\nGIVE\n{line}\n")
    (problem,) = told(found)
    assert re.match(rf"verbs.txt:3: .*{why}", problem)


def test_names_share_the_codes_that_follow() -> None:
    found = actors("UTOPIA [UTO]\n+UTOPIAN\nOLD_CLUB\nNEW CLUB\n\t[CLB 19990101-20001231]\n\t[CLX]\n")
    assert [(row.names, [code.code for code in row.codes]) for row in found.actors] == [
        (("UTOPIA", "UTOPIAN"), ["UTO"]),
        (("OLD_CLUB", "NEW CLUB"), ["CLB", "CLX"]),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("AFG", DatedCode("AFG", "", "")),
        ("HOB < 950601", DatedCode("HOB", "", "1995-06-01")),
        ("ELI >20130119", DatedCode("ELI", "2013-01-19", "")),
        ("GOV 19950601 - 19990815", DatedCode("GOV", "1995-06-01", "1999-08-15")),
        ("GOV 061231-070101", DatedCode("GOV", "2006-12-31", "2007-01-01")),
        ("OLD 121008-330307", DatedCode("OLD", "1912-10-08", "1933-03-07")),
        ("END 19990200-19990231", DatedCode("END", "1999-02-01", "1999-02-28")),
        ("ELR/GAL", DatedCode("ELR/GAL", "", "")),
    ],
)
def test_codes_with_dates(text: str, code: DatedCode) -> None:
    assert read_dated(text) == code


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("\t[GOV 20121207-20120802]", "ends before it begins"),
        ("\t[GOV 9008223-900900]", "is no date"),
        ("\t[TWO WORDS]", "is no code"),
        ("\t[ABC] Antilles", "is left out: Antilles"),
        ("\t[OPEN", "a code is written"),
        ("A]B", "a name, or a code"),
    ],
)
def test_a_line_of_an_actor_file_that_cannot_be_used_is_told(line: str, why: str) -> None:
    found = actors(f"UTOPIA [UTO]\n{line}\n")
    assert len(found.problems) == 1
    assert told(found)[0].startswith("actors.txt:2: ")
    assert why in told(found)[0]
    assert found.actors[0].names == ("UTOPIA",)


def test_a_name_without_a_code_is_told() -> None:
    found = actors("NOBODY\nUTOPIA [UTO]\n")
    assert told(found) == ["actors.txt:1: a name without a code"]
    assert [row.names for row in found.actors] == [("UTOPIA",)]


def test_agents_with_plurals_and_substitution_sets() -> None:
    found = agents(
        "!P! = MAN, WOMEN\nPOLICE {} [ ~COP]\nATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~JUD]\nCONGRESS!P! [~LEG]\nNGO [NGO~]\n"
    )
    assert [(row.words, row.plural, row.code) for row in found.agents] == [
        ("POLICE", "-", "~COP"),
        ("ATTORNEY_GENERAL", "ATTORNEYS_GENERAL", "~JUD"),
        ("CONGRESSMAN", "-", "~LEG"),
        ("CONGRESSWOMEN", "-", "~LEG"),
        ("NGO", "", "NGO~"),
    ]


@pytest.mark.parametrize("line", ["POLICE [~COP}", "POLICE [COP]", "!NOWHERE! [~COP]", "!P! = ,", "[~COP]"])
def test_a_line_of_an_agent_file_that_cannot_be_used_is_told(line: str) -> None:
    found = agents(line)
    assert found.agents == []
    assert told(found)[0].startswith("agents.txt:1: ")


def test_discards_of_stories_bear_a_plus() -> None:
    found = discards("CHESS  CLUB # sport\n+TYPHOON\n***\n")
    assert [(row.words, row.story) for row in found.discards] == [
        ("CHESS CLUB", False),
        ("TYPHOON", True),
        ("***", False),
    ]


@pytest.mark.parametrize("read", [verbs, actors, agents, discards])
@given(text=ANYTHING)
def test_any_text_gives_rows_or_problems(read: Read, text: str) -> None:
    found = read(text)
    lines = len(text.split("\n"))
    for problem in found.problems:
        assert 1 <= problem.line.number <= lines
        assert problem.why
    codes = [row.code for row in (*found.verbs, *found.patterns)]
    assert all(code and "|" not in code and not any(letter.isspace() for letter in code) for code in codes)
