from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import SkipError, UsageError
from dragoman.ingest import files
from dragoman.ingest.files import read_items
from dragoman.ingest.formats import FORMATS, format_of
from dragoman.ingest.metadata import Metadata


def test_the_formats_are_pinned() -> None:
    assert [each.name for each in FORMATS] == ["plain text"]


def test_no_ending_belongs_to_two_formats() -> None:
    endings = [suffix for each in FORMATS for suffix in each.suffixes]
    assert len(endings) == len(set(endings))


def test_endings_are_matched_without_regard_to_case() -> None:
    assert format_of(".TXT") is format_of("")


def test_items_come_in_order_with_what_is_known_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b").write_text("two")
    known = Metadata(published="2024-01-02", outlet="The Post", title="T", url="https://x.example/1")
    names = [str(tmp_path / name) for name in ("a.txt", "b")]
    items = list(read_items(names, known, pytest.fail))
    assert [(item.name, item.document.text) for item in items] == list(
        zip(names, ("one", "two"), strict=True)
    )
    document = items[0].document
    assert (document.published, document.outlet, document.title) == ("2024-01-02", "The Post", "T")
    assert document.url == "https://x.example/1"


def test_what_cannot_be_read_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    told: list[tuple[str, str]] = []

    def skip(name: str, error: SkipError) -> None:
        told.append((name, str(error)))

    names = [str(tmp_path / "none.txt"), str(tmp_path), str(tmp_path / "a.txt")]
    assert [item.document.text for item in read_items(names, Metadata(), skip)] == ["one"]
    assert told == [(names[0], "no such file"), (names[1], "is a folder; name the files in it")]


def test_a_file_too_long_for_one_article_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST", 8)
    (tmp_path / "a.txt").write_text("123456789")
    told: list[str] = []
    assert not list(
        read_items([str(tmp_path / "a.txt")], Metadata(), lambda _, error: told.append(str(error)))
    )
    assert "too long" in told[0]


@pytest.mark.parametrize(
    "published", ["2023-09-13", "2023-09-13T08:00", "2023-09-13T08:00:01Z", "2023-09-13 08:00+02:00"]
)
def test_iso_dates_and_times_are_taken(published: str) -> None:
    assert Metadata(published=published).document("a").published == published


@pytest.mark.parametrize(
    "published", ["", "13.9.2023", "2023-9-13", "2023-02-30", "20230913", "2023-W37-3", "today"]
)
def test_other_dates_are_refused(published: str) -> None:
    with pytest.raises(UsageError, match="must be a date like"):
        Metadata(published=published)
