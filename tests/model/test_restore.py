from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.model.restore import restore


def test_a_printed_record_comes_back_equal(make_coded: Callable[..., CodedDocument]) -> None:
    coded = make_coded(reports=({}, {"time": None, "place": None, "mode": None}))
    assert restore(CodedDocument, json.loads(json.dumps(coded.to_dict()))) == coded


def test_the_id_of_a_document_is_derived_again() -> None:
    document = Document(text="a", outlet="b")
    assert restore(Document, document.to_dict()).id == document.id


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError, match="text"):
        restore(Document, {"url": None, "outlet": None, "title": None, "byline": None, "published": None,
                           "language": None, "reader_version": None})  # fmt: skip


def test_what_was_printed_before_a_field_was_added_has_its_default(
    make_coded: Callable[..., CodedDocument],
) -> None:
    printed = make_coded().to_dict()
    for report in printed["reports"]:
        for link in report["attribution"]:
            del link["stance"]
    restored = restore(CodedDocument, printed)
    assert [link.stance for report in restored.reports for link in report.attribution] == ["states"]
