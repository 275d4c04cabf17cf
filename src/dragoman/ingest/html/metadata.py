"""What a page says of its article: JSON-LD, then OpenGraph and other meta tags, then marked parts, then guesses."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from dragoman.ingest.dates import iso_date
from dragoman.ingest.html.blocks import Block
from dragoman.ingest.html.jsonld import articles, names_of, words_of
from dragoman.ingest.html.tree import Node, raw_text
from dragoman.ingest.metadata import Metadata

TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "title",
)
OUTLETS = ("og:site_name", "application-name", "dc.publisher", "article:publisher", "publisher")
BYLINES = (
    "author",
    "article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "citation_author",
)
DATES = ("article:published_time", "og:article:published_time", "article:published", "datepublished", "parsely-pub-date",
         "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "published_time", "dc.date.issued", "dcterms.issued", "dcterms.created",
         "dc.date", "dcterms.date", "citation_publication_date", "originalpublicationdate", "date", "cxenseparse:recs:publishtime",
         "rnews:datepublished", "published-date", "article.published", "timestamp", "dc.created", "created")  # fmt: skip
ADDRESSES = ("og:url", "twitter:url")
LANGUAGES = ("og:locale", "content-language", "dc.language", "language")
# The name of the outlet after, or before, the headline in a title.
SEPARATOR = re.compile(r"\s+[|\-–—•·»:]+\s+|\s*[|»]\s*")
IN_ADDRESS = re.compile(
    r"/(20\d{2}|19\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)|/(20\d{2})(\d{2})(\d{2})(?:/|-|$)"
)
BY = re.compile(r"^(?:(?:written|reported|posted)\s+)?by:?\s+(?=\S)", re.IGNORECASE)
PUBLISHED = re.compile(r"\b(?:published|posted|first published|created|issued|date)\b", re.IGNORECASE)
UPDATED = re.compile(r"\b(?:updated|modified|edited)\b", re.IGNORECASE)
# A title, name or byline that is longer is none. Characters.
LONGEST = 400
# A headline proves to be the beginning of another only where it has more letters than this.
SURE_STEM = 10
# A line that tells the day stands near the headline: so many blocks before and after, of at most so many characters.
NEAR, DATE_LINE = 12, 160


def metadata_of(page: str, root: Node, blocks: Sequence[Block], address: str | None) -> Metadata:
    """Return what a page says of its article; ``address`` is where it was fetched from, if that is known."""
    return _Finder(page, root, blocks, address).metadata()


class _Finder:
    """Looks through one page."""

    def __init__(self, page: str, root: Node, blocks: Sequence[Block], address: str | None) -> None:
        self._page, self._blocks, self._address = page, blocks, address
        self._nodes = list(root.walk())
        self._meta: dict[str, list[str]] = {}
        for node in self._nodes:
            if node.tag == "meta" and (content := " ".join(node.get("content").split())):
                for name in {
                    node.get(key).lower() for key in ("property", "name", "itemprop", "http-equiv")
                } - {""}:
                    self._meta.setdefault(name, []).append(content)
        self._headings = [
            " ".join(b.text.split())
            for b in blocks
            if b.node.tag == "h1" or any(n.tag == "h1" for n in b.node.ancestors())
        ]
        self._article = self._described(articles(page, root))

    def metadata(self) -> Metadata:
        outlet = self._outlet()
        title = self._title(outlet)
        return Metadata(
            title=title, outlet=outlet, url=self._url(), published=self._published(title), byline=self._byline(),
            language=self._language(),
        )  # fmt: skip

    def _described(self, found: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the description of this article, of perhaps several: the one with its headline or address."""
        near = {_key(words) for words in (*self._headings, *self._meta.get("og:title", []))}
        here = {
            _plain_address(words)
            for words in (*self._meta.get("og:url", []), *self._canonical(), self._address or "")
        } - {""}

        def fit(each: dict[str, Any]) -> int:
            address = words_of(each.get("mainEntityOfPage")) or words_of(each.get("url")) or ""
            return 2 * (_plain_address(address) in here) + (
                _key(words_of(each.get("headline")) or "") in near
            )

        return max(found, key=fit, default={})

    def _first(self, names: Sequence[str]) -> str | None:
        return next((self._meta[name][0][:LONGEST] for name in names if name in self._meta), None)

    def _title(self, outlet: str | None) -> str | None:
        told = (
            words_of(self._article.get("headline"))
            or words_of(self._article.get("name"))
            or self._first(TITLES)
        )
        written = next((raw_text(self._page, node) for node in self._nodes if node.tag == "title"), "")
        told = _plain(told or "") or None
        if told is None:
            whole = _plain(written)
            marked = [h for h in self._headings if h and _key(h) in _key(whole)]
            told = max(marked, key=len, default=None) or (
                self._headings[0] if len(self._headings) == 1 else None
            )
            told = told or _without_outlet(whole, outlet)
        # A headline is sometimes cut, or has the outlet's name after it; the heading of the page shows it whole.
        stem = _key(told.rstrip(".… "))
        for heading in self._headings:
            if len(stem) > SURE_STEM and (
                _key(heading).startswith(stem)
                or (stem.startswith(_key(heading)) and len(_key(heading)) > SURE_STEM)
            ):
                return heading[:LONGEST]
        return _without_outlet(told, outlet)[:LONGEST] or None

    def _outlet(self) -> str | None:
        told = words_of(self._article.get("publisher"))
        if told and told.startswith(("http:", "https:")):
            told = None
        told = told or self._first(OUTLETS)
        return None if told is None or told.startswith(("http:", "https:")) else _plain(told)[:LONGEST]

    def _byline(self) -> str | None:
        told = names_of(self._article.get("author"))
        told = told or next(
            (
                w
                for name in BYLINES
                for w in self._meta.get(name, [])
                if not w.startswith(("http:", "https:"))
            ),
            None,
        )
        return BY.sub("", _plain(told or self._marked_author() or ""))[:LONGEST] or None

    def _marked_author(self) -> str | None:
        for node in self._nodes:
            marked = (
                "author" in node.get("rel").split()
                or node.get("itemprop") == "author"
                or re.search(r"\b(?:byline|author)(?:[-_ ]?name)?\b", node.get("class"), re.IGNORECASE)
            )
            if marked and node.tag not in {"meta", "link", "body", "html"}:
                words = _words_in(self._page, node)
                if 0 < len(words) <= DATE_LINE and any(map(str.isalpha, words)):
                    return re.split(
                        r"\s*[|·•]\s*|,?\s+(?:published|updated|posted)\b", words, flags=re.IGNORECASE
                    )[0]
        line = next((b.text for b in self._near() if BY.match(b.text) and len(b.text) <= 80), None)  # noqa: PLR2004 - a line of names
        return re.split(r"\s*[|·•]\s*|\s+-\s+|\s+on\s+", line)[0] if line else None

    def _canonical(self) -> Iterator[str]:
        for node in self._nodes:
            if node.tag == "link" and "canonical" in node.get("rel").lower().split() and node.get("href"):
                yield node.get("href")

    def _url(self) -> str | None:
        told = [*self._canonical(), *self._meta.get("og:url", []), words_of(self._article.get("url")) or "",
                words_of(self._article.get("mainEntityOfPage")) or "", *self._meta.get("twitter:url", [])]  # fmt: skip
        for each in told:
            whole = _joined(self._address, each.strip())
            if whole.startswith(("http://", "https://")) and len(whole) <= 2000:  # noqa: PLR2004 - the longest that browsers take
                return whole
        return None

    def _language(self) -> str | None:
        told = words_of(self._article.get("inLanguage")) or next(
            (n.get("lang") for n in self._nodes if n.tag == "html"), ""
        )
        told = told or self._first(LANGUAGES) or ""
        match = re.match(r"[A-Za-z]{2,3}\b", told.replace("_", "-"))
        return match.group().lower() if match else None

    def _published(self, title: str | None) -> str | None:
        for found in self._dates(title):
            if found is not None:
                return found
        return None

    def _dates(self, title: str | None) -> Iterator[str | None]:
        """Yield days that the page may tell, the most trusted first."""
        yield iso_date(self._article.get("datePublished"))
        for name in DATES:
            yield from map(iso_date, self._meta.get(name, []))
        yield from self._marked_dates()
        yield iso_date(self._article.get("dateCreated") or self._article.get("uploadDate"))
        yield from self._written_dates()
        for address in (*self._canonical(), *self._meta.get("og:url", []), self._address or ""):
            if match := IN_ADDRESS.search(address):
                yield iso_date("-".join(part for part in match.groups() if part))
        yield iso_date(self._article.get("dateModified"))
        del title

    def _marked_dates(self) -> Iterator[str | None]:
        """Yield the days of tags that say they are one: first those of publishing, then others near the headline."""
        later = []
        near = {
            node
            for block in self._near()
            for node in (block.node, *block.node.ancestors())
            if node.tag != "body"
        }
        for node in self._nodes:
            value = (
                node.get("datetime") or node.get("content") or node.get("title") or node.get("data-datetime")
            )
            if (
                node.get("itemprop") == "datePublished"
                or "pubdate" in node.attributes
                or "dt-published" in node.get("class")
            ):
                yield iso_date(value) or iso_date(_words_in(self._page, node))
            elif node.tag in {"time", "abbr"} and (near & {node, *node.ancestors()}):
                about = f"{node.get('class')} {node.get('itemprop')} {node.parent.get('class') if node.parent else ''} {_words_in(self._page, node.parent or node)[:60]}"
                if not UPDATED.search(about) or PUBLISHED.search(about):
                    yield iso_date(value) or iso_date(_words_in(self._page, node))
                else:
                    later.append(iso_date(value))
        yield from later

    def _written_dates(self) -> Iterator[str | None]:
        lines = [block.text for block in self._near() if len(block.text) <= DATE_LINE]
        for line in sorted(lines, key=lambda each: (not PUBLISHED.search(each), bool(UPDATED.search(each)))):
            parts = re.split(r"\b(?=(?:last )?updated\b|modified\b)", line, flags=re.IGNORECASE)
            yield next(
                (found for part in parts if not UPDATED.match(part) and (found := iso_date(part))), None
            ) or iso_date(line)

    def _near(self) -> Sequence[Block]:
        """Return the blocks near the headline; all of the first ones where there is none."""
        at = next((i for i, block in enumerate(self._blocks) if block.node.tag == "h1"), 0)
        return self._blocks[max(at - NEAR // 3, 0) : at + NEAR]


def _words_in(page: str, node: Node) -> str:
    """Return the words in a node and below it, the first of them."""
    parts: list[str] = []
    for each in node.walk():
        parts.append(raw_text(page, each)[:LONGEST])
        if sum(map(len, parts)) > LONGEST:
            break
    return " ".join(" ".join(parts).split())


def _plain(words: str) -> str:
    """Return words without entities and tags that were left in them."""
    return " ".join(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", html.unescape(words)).split())


def _without_outlet(title: str, outlet: str | None) -> str:
    """Return a title without the name of the outlet, or of its section, at its end or beginning."""
    parts = SEPARATOR.split(title)
    if len(parts) < 2:  # noqa: PLR2004 - nothing is parted
        return title
    if outlet:
        ends = [match.start() for match in SEPARATOR.finditer(title)]
        for end in ends:
            if _key(SEPARATOR.sub("", title[end:], count=1)).startswith(_key(outlet)[:40]):
                return title[:end]
        if _key(parts[0]) == _key(outlet):
            return title[SEPARATOR.search(title).end() :]  # type: ignore[union-attr]
        return title
    longest = max(parts, key=len)
    return longest if len(longest) > 2 * len(title) / 3 else title


def _key(words: str) -> str:
    return "".join(filter(str.isalnum, words)).lower()


def _plain_address(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}".lower()


def _joined(base: str | None, address: str) -> str:
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return ""
