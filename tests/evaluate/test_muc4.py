"""Texts and keys of MUC-4 are read as they are laid out, and incidents are paired and judged by stated rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.evaluate.muc4 import Interval, Key, read_articles
from dragoman.evaluate.muc4_incidents import incidents_of, number_of, stage_of
from dragoman.evaluate.muc4_measures import judge, totals, victims
from dragoman.evaluate.muc4_standing import BY_AUTHORITIES, CLAIMED, FACT, POSSIBLE, SUSPECTED, standing_of
from dragoman.knowledge.actors import load_actors
from dragoman.model.actor import ActorSpan
from dragoman.model.event import CodedDocument
from dragoman.model.speech import Source
from dragoman.pipeline.reader import Reader

Coded = Callable[..., CodedDocument]
TEXTS = """DEV-MUC3-0001 (NOSC)

   LIMA, 3 JAN 90 (EFE) -- [TEXT] REBELS OF THE RED FRONT KILLED TWO POLICEMEN YESTERDAY IN AYACUCHO, THE ARMY SAID.


DEV-MUC3-0002  (LANG SYS INC)

   LIMA, NO DATE -- [TEXT] THE PRESIDENT SPOKE.

"""
KEYS = """;;; a remark
0.  MESSAGE: ID                     DEV-MUC3-0001 (X)
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  02 JAN 90
3.  INCIDENT: LOCATION              PERU: AYACUCHO (DEPARTMENT) / (PERU: AYACUCHO (CITY))
4.  INCIDENT: TYPE                  ATTACK
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED / ATTEMPTED
6.  INCIDENT: INSTRUMENT ID         -
10. PERP: ORGANIZATION ID           "RED FRONT" / "THE FRONT"
11. PERP: ORGANIZATION CONFIDENCE   ? SUSPECTED OR ACCUSED: "RED FRONT" / "THE FRONT"
18. HUM TGT: NAME                   -
19. HUM TGT: DESCRIPTION            "POLICEMEN"
                                    "MAYOR": "JUAN ROJAS"
21. HUM TGT: NUMBER                 2: "POLICEMEN"
                                    PLURAL: "MAYOR"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "POLICEMEN"
                                    INJURY: "MAYOR"

0.  MESSAGE: ID                     DEV-MUC3-0001 (X)
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
2.  INCIDENT: DATE                  - 03 JAN 90 / (01 JAN 90 - 02 JAN 90)
3.  INCIDENT: LOCATION              ? PERU
4.  INCIDENT: TYPE                  BOMBING

0.  MESSAGE: ID                     DEV-MUC3-0002 (X)
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two texts and their keys."""
    (tmp_path / "dev-muc3-0001-0002").write_text(TEXTS)
    (tmp_path / "key-dev-0001.muc4").write_text(KEYS)
    return tmp_path


@pytest.fixture
def keys(folder: Path) -> tuple[Key, ...]:
    """Return the keys of the first text."""
    return read_articles([folder])[0].keys


def test_texts_are_parted_and_dated_by_their_datelines(folder: Path) -> None:
    one, two = read_articles([folder])
    assert (one.id, one.document.published, len(one.keys)) == ("DEV-MUC3-0001", "1990-01-03", 2)
    assert one.document.text.strip().startswith("LIMA, 3 JAN 90")
    assert (two.id, two.document.published, two.keys) == ("DEV-MUC3-0002", None, ())


def test_alternatives_options_and_references_are_read(keys: tuple[Key, ...]) -> None:
    first, second = keys
    assert first.values(5) == ("ACCOMPLISHED", "ATTEMPTED")
    assert first.slots[11][0].optional
    assert first.slots[11][0].strings == ("RED FRONT", "THE FRONT")
    assert first.strings(18, 19) == ("POLICEMEN", "MAYOR", "JUAN ROJAS")
    assert first.places == (("PERU", "AYACUCHO"), ("PERU", "AYACUCHO"))
    assert 6 not in first.slots
    assert (first.optional, second.optional) == (False, True)
    assert second.places == (("PERU",),)


def test_days_are_intervals_and_may_be_open(keys: tuple[Key, ...]) -> None:
    assert keys[0].dates == (Interval(date(1990, 1, 2), date(1990, 1, 2)),)
    assert keys[1].dates == (
        Interval(None, date(1990, 1, 3)),
        Interval(date(1990, 1, 1), date(1990, 1, 2)),
    )


def test_victims_are_counted_by_what_happened_to_them(keys: tuple[Key, ...]) -> None:
    assert victims(keys[0], "DEATH") == (2.0, 2.0)
    assert victims(keys[0], "INJURY") == (2.0, None)
    assert victims(keys[1], "DEATH") is None


def test_an_article_is_judged_by_the_incident_that_agrees(folder: Path) -> None:
    article = read_articles([folder])[0]
    (coded,) = Reader().read([article.document])
    results, extra = judge(article, coded, load_actors())
    assert [result.triggers for result in results] == [("KILLED",), ()]
    assert {answer.field: answer.right for answer in results[0].answers} == {
        "stage": True, "date": True, "place": True, "dead": True, "wounded": False
    }  # fmt: skip
    result = totals(1, results, extra)
    assert (result.keys, result.found, result.optional_found, result.extra) == (1, 1, 0, 0)
    assert result.fields["dead"] == (1, 1, 0, 1)
    assert result.confusions["stage"] == {"ACCOMPLISHED/ATTEMPTED → ACCOMPLISHED": 1}


REBELS = ActorSpan(0, 1, "rebels of the Red Front", "Red Front", "PERREB", "PER", "REB", None)
PRESUMED = replace(REBELS, text="alleged members of the Red Front")
ARMY = Source(0, 1, "the army", None, "PERMIL", "official", "said", "states")


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"attribution": ()}, FACT),
        ({"attribution": (ARMY,)}, FACT),
        ({"attribution": (replace(ARMY, stance="claims"),)}, BY_AUTHORITIES),
        ({"attribution": (replace(ARMY, stance="believes", code=None, kind="expert"),)}, SUSPECTED),
        ({"attribution": (replace(ARMY, code="PERREB"),)}, CLAIMED),
        ({"attribution": (), "factuality": "possible"}, POSSIBLE),
        ({"attribution": (), "actors": (PRESUMED,)}, SUSPECTED),
        ({"attribution": (), "actors": ()}, None),
    ],
)
def test_how_somebody_is_held_to_have_done_it(
    changes: dict[str, object], wanted: str | None, make_coded: Coded
) -> None:
    coded = make_coded(reports=({"event_type": "ASSAULT", "actors": (REBELS,), **changes},))
    coded = replace(coded, events=tuple(replace(event, event_type="ASSAULT") for event in coded.events))
    (incident,) = incidents_of(coded)
    assert standing_of(incident, ("RED FRONT",)) == wanted


@pytest.mark.parametrize(
    ("factuality", "rules", "wanted"),
    [
        ("actual", (), "ACCOMPLISHED"),
        ("planned", (), "THREATENED"),
        ("denied", (), "ATTEMPTED"),
        ("hypothetical", ("embedders: attempt.v[inf]",), "ATTEMPTED"),
        ("planned", ("lexicon:attempt.n",), "THREATENED"),
    ],
)
def test_how_far_an_incident_went(
    factuality: str, rules: tuple[str, ...], wanted: str, make_coded: Coded
) -> None:
    coded = make_coded(reports=({"event_type": "ASSAULT", "factuality": factuality, "rules": rules},))
    event = replace(coded.events[0], event_type="ASSAULT", factuality=factuality)
    (incident,) = incidents_of(replace(coded, events=(event,)))
    assert stage_of(incident) == wanted


@pytest.mark.parametrize(
    ("victims", "wanted"),
    [(("Juan Perez", "a policeman"), (2.0, 2.0)), (("the mayor", "two bodyguards"), (3.0, None))],
)
def test_named_victims_count_as_one_each(
    victims: tuple[str, ...], wanted: tuple[float, float | None], make_coded: Coded
) -> None:
    side = tuple(replace(REBELS, text=words, name=words) for words in victims)
    coded = make_coded(reports=({"event_type": "ASSAULT", "quantities": (), "recipients": side},))
    reports = tuple(replace(report, text="killed") for report in coded.reports)
    events = (replace(coded.events[0], event_type="ASSAULT"),)
    (incident,) = incidents_of(replace(coded, reports=reports, events=events))
    assert number_of(incident, "dead") == wanted
    assert number_of(incident, "wounded") is None


def test_a_folder_without_keys_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no MUC-4 texts"):
        read_articles([tmp_path])
    with pytest.raises(UsageError, match="No such file"):
        read_articles([tmp_path / "missing"])


def test_the_sets_are_read_whole(shared: Path) -> None:
    dev = read_articles([shared / "eval/muc4/dev"])
    assert (len(dev), sum(len(article.keys) for article in dev)) == (1300, 1114)
    tst2 = read_articles([shared / "eval/muc4/tst2/tst2-muc4", shared / "eval/muc4/tst2/key-tst2.v4"])
    assert (len(tst2), sum(len(article.keys) for article in tst2)) == (100, 106)
