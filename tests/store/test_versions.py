from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.model.document import Document
from dragoman.model.event import CodedDocument
from dragoman.store import Filters, Store
from dragoman.store.versions import address_of

Make = Callable[..., CodedDocument]
URL = "https://example.org/a?x=1"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (None, None),
        ("", None),
        ("https://Example.ORG/A?q=B#c", "example.org/A?q=B#c"),
        ("http://example.org", "example.org/"),
        (" https://example.org/ ", "example.org/"),
        ("urn:isbn:1", "urn:isbn:1"),
        ("file:///tmp/a", "file:///tmp/a"),
    ],
)
def test_the_address_is_the_url_without_what_does_not_matter(url: str | None, address: str | None) -> None:
    assert address_of(url) == address


def test_another_text_at_an_address_is_a_new_version_and_the_old_one_is_kept(
    tmp_path: Path, make_coded: Make
) -> None:
    one, two = (
        make_coded(Document(text=text, url=URL)) for text in ("Kim met Putin.", "Kim met Putin twice.")
    )
    with Store(tmp_path / "s.duckdb") as store:
        store.write([one])
        assert store.write([two]).versions == 1
        (newest,) = store.documents()
        assert (newest.document, newest.supersedes) == (two.document, one.document.id)
        assert [event.id for event in store.events()] == [two.events[0].id]
        assert [stored.document for stored in store.reports()] == [two.document.id]
        assert len(list(store.events(Filters(all_versions=True)))) == 2
        assert [d.document for d in store.documents(all_versions=True)] == [one.document, two.document]
        assert store.event(one.events[0].id) == one.events[0]
        assert list(store.faults()) == []


def test_versions_in_one_batch_follow_each_other_and_the_same_again_changes_nothing(
    tmp_path: Path, make_coded: Make
) -> None:
    coded = [make_coded(Document(text=text, url=URL)) for text in "abc"]
    with Store(tmp_path / "s.duckdb") as store:
        assert store.write(coded).versions == 2
        assert (store.write(coded[:1]).documents, store.write(coded).known) == (0, 3)
        assert [stored.document.text for stored in store.documents()] == ["c"]


def test_documents_without_an_address_are_never_versions(tmp_path: Path, make_coded: Make) -> None:
    with Store(tmp_path / "s.duckdb") as store:
        assert store.write([make_coded(Document(text=text)) for text in "abc"]).versions == 0
        assert len(list(store.documents())) == 3
