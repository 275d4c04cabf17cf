from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from dragoman.errors import UsageError
from dragoman.ingest.fetching.config import FETCH_SETTINGS, FetchConfig
from dragoman.version import VERSION


def test_every_setting_is_explained_and_no_other() -> None:
    assert [setting.name for setting in FETCH_SETTINGS] == [field.name for field in fields(FetchConfig)]


def test_addresses_of_this_machine_are_closed_by_default() -> None:
    assert FetchConfig().loopback is False
    assert FetchConfig().robots is True


def test_all_faults_are_told_together() -> None:
    with pytest.raises(UsageError, match=r"delay must be .* seconds.*; max_bytes must be .*; contact must"):
        FetchConfig(delay=-1, max_bytes=0, contact="a\r\nb")


@pytest.mark.parametrize("contact", ["", "a\nb", "(x)", "é"])
def test_a_contact_cannot_break_the_head_of_a_request(contact: str) -> None:
    with pytest.raises(UsageError, match="contact"):
        FetchConfig(contact=contact)


def test_the_user_agent_names_program_version_and_contact() -> None:
    assert FetchConfig(contact="mail@example.org").user_agent == f"dragoman/{VERSION} (mail@example.org)"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"speed": 1}, "unknown setting 'speed'"), ({"delay": "fast"}, "delay must be a number"),
        ({"loopback": 1}, "loopback must be true or false"), ({"redirects": 1.5}, "redirects must be a whole number"),
        ({"redirects": True}, "redirects must be a whole number"), ({"contact": 3}, "contact must be text"),
        ({"delay": float("nan")}, "delay must be"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told(table: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        FetchConfig.make(table, {})


def test_the_environment_sets_what_a_table_does_not() -> None:
    environment = {
        "DRAGOMAN_FETCH_LOOPBACK": "1",
        "DRAGOMAN_FETCH_DELAY": "0.5",
        "DRAGOMAN_FETCH_REDIRECTS": "3",
    }
    made = FetchConfig.make({"redirects": 5}, environment)
    assert (made.loopback, made.delay, made.redirects) == (True, 0.5, 5)
    with pytest.raises(UsageError, match="loopback must be true or false, not 'perhaps'"):
        FetchConfig.make({}, {"DRAGOMAN_FETCH_LOOPBACK": "perhaps"})
