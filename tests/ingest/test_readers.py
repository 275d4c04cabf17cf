from __future__ import annotations

import bz2
import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace

import pytest

from dragoman.errors import UsageError
from dragoman.ingest.columns import parse_columns
from dragoman.ingest.files import Item
from dragoman.model.document import Document

Read = Callable[..., tuple[list[Item], list[tuple[str, str]]]]


@pytest.fixture
def read_data(tmp_path: Path, read_names: Read) -> Callable[..., tuple[list[Item], list[str]]]:
    """Return a function from a file's name and bytes to its items, and what was told."""

    def read(name: str, data: bytes | str, **options: object) -> tuple[list[Item], list[str]]:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        items, told = read_names(path, **options)
        return items, [f"{name.removeprefix(f'{tmp_path}/')}: {words}" for name, words in told]

    return read


ReadData = Callable[..., tuple[list[Item], list[str]]]


def _documents(items: list[Item]) -> list[Document]:
    return [item.document for item in items]


def test_json_lines_have_the_fields_of_documents(read_data: ReadData) -> None:
    line = {
        "text": "They met.",
        "published": "2023-09-13",
        "url": "https://x.example",
        "outlet": "O",
        "title": "T",
        "byline": "B",
    }
    items, _ = read_data("a.jsonl", json.dumps(line))
    (document,) = _documents(items)
    assert {name: getattr(document, name) for name in line} == line


def test_what_dragoman_prints_can_be_read_again(read_data: ReadData) -> None:
    document = Document(text="They met.", published="2023-09-13T08:00:00Z", title="T")
    items, _ = read_data("a.jsonl", json.dumps({"document": document.to_dict(), "reports": []}))
    assert items[0].document.id == document.id


def test_columns_of_other_names_are_mapped_also_within_objects(read_data: ReadData) -> None:
    columns = parse_columns("text=article.body,published=date")
    items, told = read_data(
        "a.jsonl", '{"article": {"body": "They met."}, "date": "13 Sep 2023"}', columns=columns
    )
    assert ([(d.text, d.published) for d in _documents(items)], told) == ([("They met.", "2023-09-13")], [])


def test_bad_lines_are_told_by_number_and_the_others_go_in(read_data: ReadData) -> None:
    lines = [
        '{"text": "one"}',
        "{broken",
        '{"text": 5}',
        '{"body": "x"}',
        '{"text": "t", "published": "soon"}',
        "",
        '{"text": "two"}',
    ]
    items, told = read_data("a.jsonl", "\n".join(lines))
    assert [document.text for document in _documents(items)] == ["one", "two"]
    assert [words.split(" ")[0] for words in told] == ["a.jsonl:2:", "a.jsonl:3:", "a.jsonl:4:", "a.jsonl:5:"]
    assert "--columns text=NAME" in told[2]


def test_one_json_value_over_many_lines_is_read(read_data: ReadData) -> None:
    items, told = read_data("a.json", json.dumps([{"text": "one"}, {"text": "two"}], indent=2))
    assert ([document.text for document in _documents(items)], told) == (["one", "two"], [])


def test_half_a_surrogate_pair_and_null_become_marks(read_data: ReadData) -> None:
    assert read_data("a.jsonl", '{"text": "a\\ud800b\\u0000c"}')[0][0].document.text == "a\ufffdb\ufffdc"


def test_a_table_without_the_column_says_which_it_has(read_data: ReadData) -> None:
    items, told = read_data("a.csv", "body,day\nThey met.,2023-09-13\n")
    assert items == []
    assert told == [
        "a.csv: has no column 'text'; its columns are body, day: say which holds the text with --columns text=NAME"
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_are_parted_by_what_their_header_has(delimiter: str, read_data: ReadData) -> None:
    table = f'text{delimiter}title\n"They met.\n\nThey left."{delimiter}T\n'
    items, _ = read_data("a.csv", table)
    assert [(d.text, d.title) for d in _documents(items)] == [("They met.\n\nThey left.", "T")]


def test_columns_named_for_a_file_without_an_ending_make_it_a_table(read_data: ReadData) -> None:
    items, _ = read_data("a", "body,day\nThey met.,2023-09-13\n", columns=parse_columns("text=body"))
    assert [document.text for document in _documents(items)] == ["They met."]


@pytest.mark.parametrize("words", ["text", "body=text", "text=", "=a", "text=a,b"])
def test_a_wrong_mapping_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="columns must be like"):
        parse_columns(words)


def test_an_entry_of_a_feed_has_its_full_text_and_its_own_facts(
    make: SimpleNamespace, read_data: ReadData
) -> None:
    inside = f"<description>Short.</description><content:encoded><![CDATA[<p>{make.first}</p><p>A &amp; B</p>]]></content:encoded>"
    items, _ = read_data("a.xml", make.feed(inside))
    assert items[0].document.text == f"{make.first}\n\nA & B"
    assert items[0].notes == ()


def test_a_summary_is_marked_as_such(make: SimpleNamespace, read_data: ReadData) -> None:
    items, _ = read_data("a.xml", make.feed(f"<description>{make.first}</description>"))
    assert [(note.kind, note.text) for note in items[0].notes] == [("summary", make.first)]


def test_a_mail_prefers_its_plain_text_and_reads_attachments(
    make: SimpleNamespace, read_data: ReadData
) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = (
        "Zoë <z@x.example>",
        "Café talks",
        "Wed, 13 Sep 2023 23:30:00 -0500",
    )
    mail["Message-ID"] = "<1@x.example>"
    mail.set_content(make.first, charset="iso-8859-1")
    mail.add_alternative("<p>other</p>", subtype="html")
    mail.add_attachment(make.page.encode(), maintype="text", subtype="html", filename="page.html")
    items, told = read_data("a.eml", mail.as_bytes())
    first, second = _documents(items)
    assert told == []
    assert (first.text.strip(), first.title, first.published) == (
        make.first,
        "Café talks",
        "2023-09-13T23:30:00-05:00",
    )
    assert (items[1].name.split("/")[-1], second.title) == ("page.html", "Ministers meet")


def test_a_web_archive_takes_the_page_and_its_address_but_never_the_day_of_the_visit(
    make: SimpleNamespace, read_data: ReadData
) -> None:
    page = f"<html><body><h1>T</h1><p>{make.first}</p></body></html>"
    items, told = read_data("a.warc", make.warc(page.encode()))
    assert [(d.url, d.published) for d in _documents(items)] == [("https://post.example/1", None)]
    assert told == []


def test_bzip2_is_unpacked(make: SimpleNamespace, read_data: ReadData) -> None:
    assert read_data("a.bz2", bz2.compress(make.first.encode()))[0][0].document.text == make.first


def test_hidden_files_and_pictures_in_archives_are_passed_over(
    make: SimpleNamespace, read_data: ReadData
) -> None:
    files = {
        "a.txt": make.first.encode(),
        ".b.txt": b"x",
        "__MACOSX/._a.txt": b"x",
        "page/style.css": b"x",
        "p.png": b"x",
    }
    for name, data in (("a.zip", make.zip(files)), ("a.tar", make.tar(files))):
        items, told = read_data(name, data)
        assert (len(items), told) == (1, [])


def test_words_parted_at_the_end_of_a_pdfs_line_are_joined_and_mapped(
    make: SimpleNamespace, read_data: ReadData
) -> None:
    items, _ = read_data("a.pdf", make.pdf(["The foreign minis-", "ters met in Geneva."]))
    (item,) = items
    assert item.document.text == "The foreign ministers met in Geneva."
    assert item.original is not None
    assert item.original.locate(item.document.text.index("ters")) == len("The foreign minis-\n")


def test_encodings_are_told_without_being_declared(read_data: ReadData) -> None:
    words = "The café of the señor was closed, and the naïve élite of Bogotá met in São Paulo. " * 5
    for encoding in ("utf-8", "cp1252", "utf-16", "utf-16-le"):
        assert read_data("a.txt", words.encode(encoding))[0][0].document.text == words


def test_articles_in_other_languages_are_told_unless_wanted(read_data: ReadData) -> None:
    french = (
        "Le ministre des affaires étrangères a rencontré son homologue russe à Moscou mardi, a annoncé le Kremlin. "
        * 2
    )
    items, told = read_data("a.txt", french)
    assert (items, told) == ([], ["a.txt: is in French; dragoman reads English"])
    assert read_data("a.txt", french, any_language=True)[0][0].document.language == "fr"
