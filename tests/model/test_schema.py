from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from dragoman.model.event import CodedDocument, Event
from dragoman.model.report import Report
from dragoman.model.schema import json_schema


@pytest.mark.parametrize("record_type", [CodedDocument, Event, Report])
def test_schema_is_valid_draft_2020_12(record_type: type) -> None:
    Draft202012Validator.check_schema(json_schema(record_type))


def test_schema_is_plain_json() -> None:
    assert json.loads(json.dumps(json_schema())) == json_schema()


def test_time_has_the_printed_name_from() -> None:
    time = json_schema()["$defs"]["TimeSpan"]["properties"]
    assert "from" in time
    assert "from_" not in time


def test_fields_that_may_be_null_say_so() -> None:
    fields = json_schema(Report)["$defs"]["Report"]["properties"]
    assert fields["cameo"] == {"type": ["string", "null"]}
    assert fields["time"] == {"anyOf": [{"$ref": "#/$defs/TimeSpan"}, {"type": "null"}]}


def test_closed_lists_of_words_are_inherited_by_mentions() -> None:
    definitions = json_schema()["$defs"]
    assert (
        definitions["TimeMention"]["properties"]["precision"]
        == definitions["TimeSpan"]["properties"]["precision"]
    )
    assert None in definitions["TimeSpan"]["properties"]["precision"]["enum"]


def test_schema_refuses_an_unknown_field_and_an_unknown_word(
    make_coded: Callable[..., CodedDocument],
) -> None:
    validator = Draft202012Validator(json_schema())
    printed = make_coded().to_dict()
    printed["reports"][0]["factuality"] = "perhaps"
    with pytest.raises(ValidationError, match="perhaps"):
        validator.validate(printed)
    printed = make_coded().to_dict()
    printed["extra"] = 1
    with pytest.raises(ValidationError, match="extra"):
        validator.validate(printed)
