from __future__ import annotations

from dragoman.knowledge.petrarch.forms import plural, verb_forms
from dragoman.knowledge.petrarch.pattern import Kind, read_pattern
from dragoman.knowledge.petrarch.phrases import read_phrase


def shown(text: str) -> tuple[list[str], list[str], bool]:
    pattern = read_pattern(text, {"CASH"})
    sides = (
        [f"{'_' if e.joined else ''}{e.word or e.kind.value}" for e in side]
        for side in (pattern.before, pattern.after)
    )
    before, after = sides
    return before, after, pattern.joined


def test_elements_stand_in_the_order_of_the_text() -> None:
    assert shown("+ KNOWN_ * IN_ $") == (["+", "known"], ["in", "$"], False)


def test_an_underscore_joins() -> None:
    assert shown("WERE_*_OUT_AGAIN NOW") == (["were"], ["_out", "_again", "now"], True)


def test_a_hyphen_parts_words_that_stay_joined() -> None:
    assert shown("* +-SPONSORED BILL") == ([], ["+", "_sponsored", "bill"], False)


def test_a_synset_within_words() -> None:
    assert shown("* MEMOS_ON_&CASH FROM") == ([], ["memos", "_on", "_CASH", "from"], False)


def test_two_stars_are_one() -> None:
    assert shown("NOT **") == (["not"], [], False)


def test_the_longer_pattern_is_the_more_specific() -> None:
    texts = ["HEAVILY *", "HEAVILY UNJUSTLY *", "HEAVILY_*"]
    ordered = sorted(
        (read_pattern(text, ()) for text in texts), key=lambda pattern: pattern.weight, reverse=True
    )
    assert [pattern.text for pattern in ordered] == ["HEAVILY UNJUSTLY *", "HEAVILY_*", "HEAVILY *"]


def test_kinds_are_the_signs_of_the_format() -> None:
    assert "".join(kind.value for kind in Kind if len(kind.value) == 1) == "&*$+%^"


def test_gaps_of_phrases() -> None:
    phrase = read_phrase("GROUP OF_77-NATIONS_")
    assert phrase is not None
    assert phrase.words == ("group", "of", "77", "nations")
    assert phrase.gaps == (False, True, False, False)


def test_regular_forms() -> None:
    assert verb_forms("deny") >= {"deny", "denies", "denied", "denying"}
    assert verb_forms("stop") >= {"stops", "stopped", "stopping"}
    assert verb_forms("urge") == {"urge", "urges", "urged", "urging"}
    assert [plural(word) for word in ("ministry", "boss", "army", "day", "soldier", "church")] == [
        "ministries", "bosses", "armies", "days", "soldiers", "churches",
    ]  # fmt: skip
