from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.errors import SkipError, UsageError
from dragoman.ingest import job
from dragoman.ingest.files import Item, read_items
from dragoman.ingest.formats import FORMATS, choose_format
from dragoman.ingest.job import Source
from dragoman.ingest.metadata import Metadata

Read = Callable[..., tuple[list[Item], list[tuple[str, str]]]]


def test_the_formats_are_pinned() -> None:
    names = [
        "web archive",
        "packed file",
        "ZIP",
        "tar",
        "PDF",
        "feed",
        "web page",
        "mail",
        "JSON Lines",
        "table",
        "plain text",
    ]
    assert [each.name for each in FORMATS] == names


def test_no_ending_and_no_media_type_belongs_to_two_formats() -> None:
    for marks in ("suffixes", "media_types"):
        found = [mark for each in FORMATS for mark in getattr(each, marks)]
        assert len(found) == len(set(found))


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


@pytest.mark.parametrize(
    "name",
    [
        "a.txt",
        "a.html",
        "a.jsonl",
        "a.rss",
        "a.eml",
        "a.warc",
        "a.warc.gz",
        "a.txt.gz",
        "a.zip",
        "a.tar",
        "a.tar.gz",
        "a.pdf",
    ],
)
def test_every_format_is_told_by_its_content_whatever_its_ending(
    name: str, good_inputs: dict[str, bytes], tmp_path: Path, read_names: Read
) -> None:
    (tmp_path / "strange.dat").write_bytes(good_inputs[name])
    items, told = read_names(tmp_path / "strange.dat")
    assert told == []
    assert "agreed to free forty prisoners." in items[0].document.text


def test_every_good_input_of_a_folder_goes_in(
    good_inputs: dict[str, bytes], tmp_path: Path, read_names: Read
) -> None:
    for name, data in good_inputs.items():
        (tmp_path / name).write_bytes(data)
    items, told = read_names(tmp_path)
    assert told == []
    assert len(items) == len(good_inputs)
    assert all("they would meet again in May" in item.document.text.replace("\n", " ") for item in items)


def test_what_you_say_outweighs_what_the_input_says(
    good_inputs: dict[str, bytes], tmp_path: Path, read_names: Read
) -> None:
    for name, data in good_inputs.items():
        (tmp_path / name).write_bytes(data)
    items, _ = read_names(
        tmp_path, known=Metadata(title="Mine", published="2020-02-02", outlet="Me", url="https://me.example")
    )
    found = {(d.title, d.published, d.outlet, d.url) for d in (item.document for item in items)}
    assert found == {("Mine", "2020-02-02", "Me", "https://me.example")}


def test_the_map_leads_from_the_text_to_the_input(
    good_inputs: dict[str, bytes], tmp_path: Path, read_names: Read
) -> None:
    for name in ("a.html", "a.txt", "a.jsonl", "a.rss", "a.zip", "a.warc"):
        (tmp_path / name).write_bytes(good_inputs[name])
    for item in read_names(tmp_path)[0]:
        assert item.original is not None
        assert item.original.encoding is not None
        before = item.original.data.decode(item.original.encoding)
        for start, end, origin in item.original.pieces:
            assert item.document.text[start:end] == before[origin : origin + end - start]
            assert item.original.locate(start) == origin


def test_what_cannot_be_read_is_told_and_the_others_go_on(tmp_path: Path, read_names: Read) -> None:
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "empty").mkdir()
    names = [str(tmp_path / each) for each in ("none.txt", "empty", "a.txt")]
    items, told = read_names(*names)
    assert [item.document.text for item in items] == ["one"]
    assert told == [(names[0], "no such file"), (names[1], "is a folder without files to read")]


def test_a_file_too_long_for_one_article_is_skipped(tmp_path: Path, read_names: Read) -> None:
    (tmp_path / "a.txt").write_text("a" * (job.LONGEST + 1))
    items, told = read_names(tmp_path / "a.txt")
    assert items == []
    assert "too long" in told[0][1]


def test_folders_are_read_in_the_order_of_names_without_hidden_files_and_pictures(
    tmp_path: Path, read_names: Read
) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/1.txt", ".hidden/1.txt", "b/.x.txt", "b/page.css", "b/page.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    items, told = read_names(tmp_path)
    assert [item.document.text for item in items] == ["a/1.txt", "b/1.txt", "b/2.txt"]
    assert told == []


def test_links_out_of_a_folder_and_pipes_in_it_are_told(tmp_path: Path, read_names: Read) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "good.txt").write_text("good")
    (folder / "same.txt").symlink_to(folder / "good.txt")
    os.mkfifo(folder / "pipe")
    items, told = read_names(folder)
    assert [item.document.text for item in items] == ["good"]
    assert [(Path(name).name, words[:12]) for name, words in told] == [
        ("out.txt", "is a link ou"), ("pipe", "is no file t"), ("up", "is a link ou"),
    ]  # fmt: skip


def test_patterns_are_sorted_and_those_without_a_match_are_told(tmp_path: Path, read_names: Read) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(name)
    items, told = read_names(tmp_path / "*.txt", tmp_path / "*.none")
    assert [item.document.text for item in items] == ["a.txt", "b.txt"]
    assert told == [(str(tmp_path / "*.none"), "nothing has a name like this")]


def test_a_file_with_a_name_like_a_pattern_is_read(tmp_path: Path, read_names: Read) -> None:
    (tmp_path / "a[1].txt").write_text("one")
    assert [item.document.text for item in read_names(tmp_path / "a[1].txt")[0]] == ["one"]


def test_standard_input_may_be_of_any_format(
    good_inputs: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, read_names: Read
) -> None:
    for name, data in good_inputs.items():
        if name.endswith((".csv", ".tsv")):
            continue
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as file:
            os.write(writing, data)
            os.close(writing)
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(file))
            items, told = read_names("-")
        assert (len(items), told) == (1, []), name


@dataclass(frozen=True)
class Fetched:
    final_url: str
    media_type: str | None
    charset: str | None
    data: bytes


class Fetcher:
    def __init__(self, answers: dict[str, Fetched]) -> None:
        self.answers = answers

    def get(self, url: str) -> Fetched:
        if url not in self.answers:
            message = "is not there"
            raise SkipError(message)
        return self.answers[url]


def test_addresses_are_fetched_and_read_by_what_comes(
    good_inputs: dict[str, bytes], read_names: Read
) -> None:
    url = "https://post.example/1"
    answer = Fetched("https://post.example/one", "text/html", "utf-8", good_inputs["a.html"])
    items, told = read_names(url, "https://post.example/2", fetch=Fetcher({url: answer}))
    assert [(item.document.title, item.document.url) for item in items] == [
        ("Ministers meet", "https://post.example/one")
    ]
    assert told == [("https://post.example/2", "is not there")]


def test_a_server_says_the_format_where_content_and_ending_do_not() -> None:
    source = Source(
        name="x", file=io.BytesIO(), known=Metadata(), path="list", media_type="text/csv; charset=utf-8"
    )
    assert choose_format(b"text,title\na,b\n", source).name == "table"


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n' * 3)
    items = read_items([str(tmp_path / "a.jsonl"), "none.txt"], Metadata(), pytest.fail)
    assert next(items).name.endswith("a.jsonl:1")


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
