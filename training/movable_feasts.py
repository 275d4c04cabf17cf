"""Writes ``knowledge/data/times/movable.tsv``: the days of feasts that follow the moon, from the package ``holidays``.

build/training/bin/python training/movable_feasts.py > src/dragoman/knowledge/data/times/movable.tsv.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, easter
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hebrew import _HebrewLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.calendars.islamic import _IslamicLunar

YEARS = range(1980, 2046)
DAY = timedelta(days=1)
# Days that a feast lasts where it is more than one.
LENGTH = {"passover": 8, "sukkot": 7, "hanukkah": 8, "lunar-new-year": 1}
HEAD = """\
# Days of feasts that follow the moon, 1980 to 2045, from the Python package holidays 0.109 (MIT), by training/movable_feasts.py.
# Islamic days are those of most Arab states, as announced or computed: elsewhere they may be a day later. Columns: see README.md.
id\tfirst\tlast"""


def rows() -> Iterator[tuple[str, date, date]]:
    """Yield id, first and last day of each feast, year by year."""
    islamic, hebrew = _IslamicLunar(), _HebrewLunisolar()
    starts = sorted({day for year in YEARS for day, _ in islamic.ramadan_beginning_dates(year)})
    fitrs = sorted({day for year in YEARS for day, _ in islamic.eid_al_fitr_dates(year)})
    for start in starts:
        end = next((day for day in fitrs if day > start), None)
        if end is not None:
            yield "ramadan", start, end - DAY
    islamic_days = {
        "eid-al-fitr": islamic.eid_al_fitr_dates,
        "eid-al-adha": islamic.eid_al_adha_dates,
        "ashura": islamic.ashura_dates,
        "mawlid": islamic.mawlid_dates,
        "islamic-new-year": islamic.hijri_new_year_dates,
    }
    for name, days in islamic_days.items():
        for day in sorted({day for year in YEARS for day, _ in days(year)}):
            yield name, day, day
    others = {
        "lunar-new-year": _ChineseLunisolar().lunar_new_year_date,
        "passover": hebrew.passover_date,
        "rosh-hashanah": hebrew.rosh_hashanah_date,
        "yom-kippur": hebrew.yom_kippur_date,
        "sukkot": hebrew.sukkot_date,
        "hanukkah": hebrew.hanukkah_date,
        "purim": hebrew.purim_date,
        "diwali": _HinduLunisolar().diwali_india_date,
        "holi": _HinduLunisolar().holi_date,
        "orthodox-easter": lambda year: easter(year, EASTER_ORTHODOX),
    }
    for name, in_year in others.items():
        for year in YEARS:
            for first in _days(in_year(year)):
                yield name, first, first + (LENGTH.get(name, 1) - 1) * DAY


def _days(found: object) -> list[date]:
    """Return the days in what the package answers: a day, a day with whether it was computed, a set of days, nothing."""
    if isinstance(found, tuple):
        return _days(found[0])
    if isinstance(found, set | frozenset):
        return sorted(found)
    return [found] if isinstance(found, date) else []


if __name__ == "__main__":
    lines = (f"{name}\t{first}\t{last}" for name, first, last in dict.fromkeys(rows()))
    sys.stdout.write("\n".join([HEAD, *lines]) + "\n")
