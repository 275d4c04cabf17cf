from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.knowledge.memberships import Membership, load_memberships
from dragoman.knowledge.tables import read_table

CASES = [
    (row["organisation"], row["country"], row["date"], row["member"] == "yes")
    for row in read_table(
        Path(__file__).with_name("memberships.tsv"), ("organisation", "country", "date", "member")
    )
]


@pytest.mark.parametrize(("organisation", "country", "date", "member"), CASES)
def test_who_belongs_to_what_depends_on_the_date(
    organisation: str, country: str, date: str, *, member: bool
) -> None:
    memberships = load_memberships()
    assert (country in memberships.members(organisation, date)) is member
    assert (organisation in memberships.organisations(country, date)) is member


def test_without_a_date_those_count_who_have_not_left() -> None:
    members = load_memberships().members("org.european-union", None)
    assert len(members) == 27
    assert "GBR" not in members


def test_an_unknown_organisation_has_no_members() -> None:
    assert load_memberships().members("org.nobody", "2020-01-01") == ()
    assert load_memberships().organisations("ZZZ", None) == ()


def test_the_last_day_still_belongs_to_a_membership() -> None:
    membership = Membership("org.x", "GBR", "1973-01-01", "2020-01-31")
    assert membership.covers("2020-01-31")
    assert not membership.covers("2020-02-01")
    assert not membership.covers("1972-12-31")
