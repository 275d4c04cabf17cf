from __future__ import annotations

from dataclasses import fields

import pytest

from dragoman.config import SETTINGS, ReaderConfig, default_of
from dragoman.errors import UsageError


def test_every_setting_is_explained_and_no_other() -> None:
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(ReaderConfig)]


def test_defaults_are_those_of_the_record() -> None:
    assert {setting.name: default_of(setting) for setting in SETTINGS} == {
        "pipeline": "mooring",
        "batch_size": 64,
        "knowledge": None,
    }


def test_all_faults_are_told_together() -> None:
    with pytest.raises(UsageError, match=r"pipeline .*; batch_size"):
        ReaderConfig(pipeline=" ", batch_size=0)
