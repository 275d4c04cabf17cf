"""Thirty layouts of news pages, made up by us, that any article's text can be put into.

A layout joins one way of laying out the text, one of telling title and day, and what stands around: menus, captions,
boxes in the text, comments, lists of other articles, a notice that the rest is for subscribers. Names of parts are
telling in some and mean nothing in others.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

Draw = Random
ZONES = {"+00:00": "GMT", "-05:00": "EST", "-04:00": "EDT", "+02:00": "CEST", "+01:00": "BST"}
COMMENTS = (
    "The president attacked them first and everybody knows it, so why does nobody in this paper say so?",
    "I met the minister in May. He promised us help and then sent the army into our village instead.",
    "Great article. Thank you for covering this, most other outlets have ignored it for weeks now.",
    "They should impose sanctions at once! Russia threatened us with missiles and we just talk and talk.",
    "Wrong. The rebels signed the agreement in Geneva, and it was the government that broke it.",
    "First!",
)
TEASERS = (
    (
        "Iran and Turkey sign gas deal after months of talks",
        "The two neighbours agreed on Monday to build a second pipe, officials in Ankara said.",
    ),
    (
        "Army kills 12 rebels in northern offensive",
        "Soldiers attacked two villages near the border, a spokesman told reporters in the capital.",
    ),
    (
        "Thousands protest against pension cuts in Paris",
        "Unions called for more strikes next week, after the prime minister refused to meet them.",
    ),
    (
        "UN envoy visits Sanaa to save the truce",
        "The envoy met leaders of the Houthis and urged both sides to free more prisoners.",
    ),
    ("Ten things to do this weekend", "From street food to open gardens: our critics choose the best."),
)
MENU = (
    "Home",
    "World",
    "Politics",
    "Business",
    "Opinion",
    "Sport",
    "Culture",
    "Travel",
    "Video",
    "Newsletters",
    "My account",
)
CAPTION = "The president speaks to reporters outside the palace before talks with the foreign minister. Photo: Jane Example/Agency"


@dataclass(frozen=True)
class Story:
    """An article as it should be found: headline, when it was published, author, paragraphs."""

    title: str
    published: str
    byline: str
    paragraphs: tuple[str, ...]
    outlet: str = "The Daily Example"


@dataclass(frozen=True)
class Layout:
    """One layout: how the text, what is told of it, and the rest are laid out."""

    body: str
    told: str
    around: tuple[str, ...]
    names: bool
    day: str = "long"


def slug(words: str) -> str:
    """Return words as they stand in addresses."""
    return "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())[:60]


def shown_day(story: Story, style: str) -> str:
    """Return the day as readers see it."""
    moment = datetime.fromisoformat(story.published)
    zone = ZONES.get(moment.strftime("%z")[:3] + ":" + moment.strftime("%z")[3:], "")
    return {
        "long": f"{moment:%B} {moment.day}, {moment.year} at {moment:%I:%M %p} {zone}".strip(),
        "british": f"Published {moment.day} {moment:%B %Y}, {moment:%H:%M} {zone}".strip(),
        "short": f"{moment:%b}. {moment.day}, {moment.year}",
        "updated": f"Published: {moment.day} {moment:%b %Y} {moment:%H:%M} {zone} | Updated: 2 Jan 2031 09:00 GMT",
        "weekday": f"{moment:%A}, {moment.day} {moment:%B %Y} | {moment:%H:%M} {zone}",
    }[style]


class Page:
    """Builds one page in one layout."""

    def __init__(self, story: Story, layout: Layout, seed: int) -> None:
        """``seed`` decides what differs between pages of one layout."""
        self.story, self.layout, self.draw = story, layout, Random(seed)  # noqa: S311 - pages, not secrets
        self.address = (
            f"https://news.example/{story.published[:10].replace('-', '/')}/{slug(story.title)}.html"
        )
        if layout.told != "address":
            self.address = f"https://news.example/story/{slug(story.title)}-{self.draw.randrange(10**6)}"

    def cls(self, name: str) -> str:
        """Return an attribute with the name of a part, or one that means nothing."""
        if self.layout.names:
            return f'class="{name}"'
        return f'class="css-{Random(name).randrange(36**5):05x} e{Random(name + "x").randrange(99)}"'  # noqa: S311

    def has(self, part: str) -> bool:
        """Say whether the layout has a part around the text."""
        return part in self.layout.around

    def render(self) -> str:
        """Return the page."""
        shell = '<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body {name}>{cookie}{menu}{main}{foot}</body></html>'
        return shell.format(
            head=self.head(), name=self.cls("single post has-sidebar"), cookie=self.cookie(), menu=self.menu(),
            main=self.main(), foot=self.foot(),
        )  # fmt: skip

    def head(self) -> str:
        """Return what is told of the article for machines."""
        story, esc = self.story, html.escape
        page_title = f"<title>{esc(story.title)} | {story.outlet}</title><meta charset=utf-8><script>var x = '<p>no text</p>';</script><style>p {{ color: red }}</style>"
        told = self.layout.told
        data = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title, "datePublished": story.published,
            "dateModified": "2031-01-02T09:00:00Z", "author": [{"@type": "Person", "name": story.byline}],
            "publisher": {"@type": "Organization", "name": story.outlet}, "mainEntityOfPage": self.address,
        }  # fmt: skip
        others = [
            {
                "@type": "NewsArticle",
                "headline": t,
                "datePublished": "2030-05-05",
                "url": f"https://news.example/{slug(t)}",
            }
            for t, _ in TEASERS
        ]
        graph = {
            "@context": "https://schema.org",
            "@graph": [{"@type": "WebSite", "name": story.outlet}, *others, data],
        }
        og = (
            f'<meta property="og:title" content="{esc(story.title)}"><meta property="og:site_name" content="{story.outlet}">'
            f'<meta property="og:url" content="{self.address}"><meta property="og:type" content="article">'
        )
        return page_title + {
            "jsonld": f'<script type="application/ld+json">{json.dumps(data)}</script>',
            "graph": f'<script type="application/ld+json">{json.dumps(graph)}</script>{og}',
            "opengraph": f'{og}<meta property="article:published_time" content="{story.published}"><meta name="author" content="{story.byline}">',
            "meta": f'<meta name="date" content="{story.published}"><meta name="author" content="{story.byline}"><link rel="canonical" href="{self.address}">',
            "time": og, "microdata": og, "written": "", "address": f'<link rel="canonical" href="{self.address}">',
        }[told]  # fmt: skip

    def cookie(self) -> str:
        """Return a notice on cookies."""
        if not self.has("cookie"):
            return ""
        return f"<div {self.cls('cookie-consent')} role=dialog><p>We use cookies and similar technologies to give you the best experience on our site. By continuing you agree to their use.</p><button>Accept all cookies</button></div>"

    def menu(self) -> str:
        """Return the menu at the top."""
        links = "".join(f'<li><a href="/{slug(m)}">{m}</a></li>' for m in MENU)
        if self.layout.body == "table":
            return (
                "<table width=100%><tr>"
                + "".join(f'<td><a href="/{slug(m)}"><font size=2>{m}</font></a></td>' for m in MENU)
                + "</tr></table>"
            )
        if self.has("plain menu"):
            return f"<div {self.cls('nav')}><ul>{links}</ul></div>"
        return f"<header><div>{self.story.outlet}</div><nav><ul>{links}</ul></nav></header>"

    def foot(self) -> str:
        """Return the foot of the page."""
        words = f"© {self.story.outlet} 2031. All rights reserved. Registered in England and Wales. The editors are not responsible for the content of other sites."
        return (
            f"<div {self.cls('footer')}><p>{words}</p><a href=/privacy>Privacy policy</a> <a href=/terms>Terms of use</a></div>"
            if self.has("plain foot")
            else f"<footer><p>{words}</p></footer>"
        )

    def top(self) -> str:
        """Return headline, author, day."""
        story, told = self.story, self.layout.told
        day = shown_day(story, self.layout.day)
        shown = {
            "time": f'<time datetime="{story.published}">{day}</time>',
            "microdata": f'<span itemprop="datePublished" content="{story.published}">{day}</span>',
            "address": "", "meta": "",
        }.get(told, f"<span {self.cls('date')}>{day}</span>")  # fmt: skip
        section = f"<div {self.cls('kicker')}><a href=/world>World</a></div>" if self.has("kicker") else ""
        share = (
            f"<ul {self.cls('share')}><li><a href=#>Share on Facebook</a></li><li><a href=#>Tweet</a></li><li><a href=#>Email</a></li></ul>"
            if self.has("share")
            else ""
        )
        author = f"<div {self.cls('byline')}>By <a rel=author href=/authors/x>{story.byline}</a></div>"
        if self.has("one line"):
            author, shown = f"<p>By {story.byline} · {shown or day}</p>", ""
        return f"{section}<h1>{html.escape(story.title)}</h1>{author}<div>{shown}</div>{share}"

    def inserts(self) -> dict[int, str]:
        """Return what stands between the paragraphs, by the number of the paragraph it stands before."""
        at = max(len(self.story.paragraphs) // 2, 1)
        found: dict[int, str] = {}
        if self.has("caption"):
            found[0] = f"<figure><img src=x.jpg alt='a picture'><figcaption>{CAPTION}</figcaption></figure>"
        if self.has("plain caption"):
            found[0] = (
                f"<div {self.cls('wp-caption')}><img src=x.jpg><p {self.cls('wp-caption-text')}>{CAPTION}</p></div>"
            )
        if self.has("ad"):
            found[1] = found.get(1, "") + f"<div {self.cls('ad-slot')}><span>Advertisement</span></div>"
        title, words = self.draw.choice(TEASERS)
        if self.has("box"):
            found[at] = (
                found.get(at, "") + f"<aside><h4>Related</h4><a href=/x>{title}</a><p>{words}</p></aside>"
            )
        if self.has("plain box"):
            found[at] = (
                found.get(at, "")
                + f"<div {self.cls('related-box')}><h3>Related articles</h3><div><a href=/x>{title}</a></div><div>{words}</div></div>"
            )
        if self.has("read more"):
            found[at] = found.get(at, "") + f"<p><strong>Read more:</strong> <a href=/x>{title}</a></p>"
        if self.has("newsletter"):
            found[at + 1] = (
                found.get(at + 1, "")
                + f"<div {self.cls('newsletter-signup')}><h4>Sign up for our newsletter</h4><p>Get the day's most important stories, chosen by our editors, in your inbox each morning.</p><form><input type=email><button>Sign up</button></form></div>"
            )
        return found

    def text(self) -> str:
        """Return the paragraphs in the layout's way."""
        paragraphs = [html.escape(p, quote=False) for p in self.story.paragraphs]
        linked = [
            p.replace(" the ", ' <a href="/topic">the</a> ', 1) if i % 3 == 1 else p
            for i, p in enumerate(paragraphs)
        ]
        inserts = self.inserts()
        body = self.layout.body
        wrap: dict[str, Callable[[str], str]] = {
            "divs": lambda p: f"<div {self.cls('paragraph')}>{p}</div>",
            "deep": lambda p: f"<div><div><p {self.cls('text')}><span>{p}</span></p></div></div>",
            "sections": lambda p: f"<p>{p}</p>",
        }  # fmt: skip
        if body in {"breaks", "table"}:
            return "".join(inserts.get(i, "") + p + "<br><br>\n" for i, p in enumerate(linked))
        make = wrap.get(body, lambda p: f"<p>{p}</p>\n")
        pieces = [inserts.get(i, "") + make(p) for i, p in enumerate(linked)]
        if body == "sections":
            third = max(len(pieces) // 3, 1)
            parts = [pieces[:third], pieces[third : 2 * third], pieces[2 * third :]]
            return "".join(
                f"<section {self.cls('body-part')}>{''.join(part)}</section>" for part in parts if part
            )
        if body == "standfirst":
            return f"<p {self.cls('standfirst')}>{pieces[0]}</p><div {self.cls('article-body')}>{''.join(pieces[1:])}</div>"
        if body == "open":
            return "".join(piece.replace("</p>", "") for piece in pieces)
        return "".join(pieces)

    def after(self) -> str:
        """Return what follows the text: tags, subscription, other articles, comments."""
        found = ""
        if self.has("paywall"):
            found += f"<div {self.cls('paywall-prompt')}><h3>Subscribe to continue reading</h3><p>This article is for subscribers. Start your free trial today and get unlimited access to all our journalism.</p><a href=/subscribe>Subscribe</a></div>"
        if self.has("tags"):
            found += f"<div {self.cls('tags')}>Tags: <a href=/t/1>politics</a>, <a href=/t/2>world</a>, <a href=/t/3>talks</a></div>"
        if self.has("author"):
            found += f"<div {self.cls('author-bio')}><p>{self.story.byline} is our correspondent for world affairs. She has covered conflicts in Syria and Iraq for more than ten years.</p></div>"
        cards = "".join(
            f"<div {self.cls('teaser')}><a href=/{slug(t)}><h4>{t}</h4></a><p>{w}</p></div>"
            for t, w in TEASERS
        )
        if self.has("more"):
            found += f"<div {self.cls('recommended')}><h2>{self.draw.choice(['More from World', 'You may also like', 'Related stories', 'Recommended for you'])}</h2>{cards}</div>"
        return found + self.comments()

    def comments(self) -> str:
        """Return comments."""
        said = [(f"reader{i}", self.draw.choice(COMMENTS)) for i in range(self.draw.randrange(3, 9))]
        if self.has("comments"):
            each = "".join(
                f"<li {self.cls('comment')}><b>{who}</b> <span>3 hours ago</span><p>{words}</p><a href=#>Reply</a></li>"
                for who, words in said
            )
            return f"<section id={'comments' if self.layout.names else 'c7'}><h3>{len(said)} Comments</h3><ol>{each}</ol></section>"
        if self.has("plain comments"):
            each = "".join(
                f"<div {self.cls('entry')}><div>{who} says:</div><div>{words}</div></div>"
                for who, words in said
            )
            head = self.draw.choice(
                [
                    "Comments",
                    f"Comments ({len(said)})",
                    "Leave a comment",
                    "Join the discussion",
                    "Readers' comments",
                ]
            )
            return f"<div {self.cls('thread')}><div><h3>{head}</h3></div><div>{each}</div></div>"
        return ""

    def side(self) -> str:
        """Return the column beside the text."""
        links = "".join(f"<li><a href=/{slug(t)}>{t}</a></li>" for t, _ in TEASERS)
        cards = "".join(f"<div><a href=/{slug(t)}>{t}</a><p>{w}</p></div>" for t, w in TEASERS)
        if self.has("side"):
            return f"<aside {self.cls('sidebar')}><h3>Most read</h3><ol>{links}</ol></aside>"
        if self.has("plain side"):
            return f"<div {self.cls('sidebar')}><h3>Most read</h3>{cards}</div>"
        return ""

    def main(self) -> str:
        """Return the middle of the page."""
        top, text, after, side = self.top(), self.text(), self.after(), self.side()
        body = self.layout.body
        if body == "table":
            return f"<table><tr><td width=150>{side}</td><td><font face=Arial>{top}{text}</font></td></tr></table>{after}"
        if body == "article":
            return f"<main><article>{top}<div {self.cls('article-body')} itemprop=articleBody>{text}</div></article>{after}</main>{side}"
        if body == "inside":
            return f"<main><article>{top}{text}{after}</article></main>{side}"
        if body == "flat":
            return f"<div {self.cls('content')}>{top}{text}{after}</div>{side}"
        return f"<div {self.cls('page')}><div {self.cls('column')}>{top}<div {self.cls('story')}>{text}</div>{after}</div>{side}</div>"


LAYOUTS: tuple[Layout, ...] = (
    Layout("article", "jsonld", ("caption", "share", "comments", "side"), names=True),
    Layout("article", "graph", ("caption", "box", "more", "comments", "cookie"), names=True),
    Layout(
        "article",
        "opengraph",
        ("plain caption", "ad", "newsletter", "plain comments", "plain side"),
        names=True,
        day="updated",
    ),
    Layout("article", "meta", ("share", "tags", "author", "more"), names=True),
    Layout("inside", "jsonld", ("caption", "share", "tags", "author", "more", "comments"), names=True),
    Layout("inside", "time", ("kicker", "box", "newsletter", "comments", "side"), names=True, day="british"),
    Layout("inside", "microdata", ("one line", "read more", "plain box", "plain comments"), names=True),
    Layout("inside", "written", ("caption", "more", "plain comments"), names=False, day="british"),
    Layout(
        "divs",
        "jsonld",
        ("plain caption", "plain menu", "plain side", "plain comments", "plain foot"),
        names=True,
    ),
    Layout("divs", "graph", ("caption", "plain menu", "more", "comments", "plain foot"), names=False),
    Layout("divs", "written", ("plain menu", "share", "comments", "plain foot"), names=True, day="updated"),
    Layout("divs", "opengraph", ("ad", "read more", "plain menu", "plain side"), names=False),
    Layout("breaks", "meta", ("plain menu", "plain foot", "plain comments"), names=True),
    Layout("breaks", "written", ("plain menu", "one line", "more"), names=False, day="short"),
    Layout("table", "written", ("plain foot", "comments"), names=True, day="weekday"),
    Layout("table", "address", ("plain foot", "plain side"), names=False),
    Layout(
        "deep",
        "jsonld",
        ("caption", "plain box", "newsletter", "more", "plain comments", "cookie"),
        names=False,
    ),
    Layout("deep", "graph", ("ad", "box", "side", "paywall"), names=True),
    Layout("deep", "time", ("share", "author", "plain side", "comments"), names=False, day="weekday"),
    Layout("sections", "opengraph", ("ad", "box", "more", "comments"), names=True),
    Layout("sections", "microdata", ("caption", "newsletter", "plain comments", "plain side"), names=False),
    Layout("sections", "jsonld", ("paywall", "read more", "side"), names=True),
    Layout("standfirst", "graph", ("caption", "share", "plain comments", "side"), names=True),
    Layout("standfirst", "time", ("author", "more", "cookie", "comments"), names=True, day="short"),
    Layout("standfirst", "opengraph", ("kicker", "plain box", "tags", "plain comments"), names=False),
    Layout("open", "meta", ("plain menu", "tags", "comments", "plain foot"), names=True),
    Layout("open", "written", ("plain menu", "one line", "plain side", "plain foot"), names=True, day="long"),
    Layout("flat", "jsonld", ("caption", "share", "read more", "tags", "more", "comments"), names=True),
    Layout("flat", "address", ("plain menu", "plain comments", "plain foot"), names=False),
    Layout(
        "flat",
        "microdata",
        ("kicker", "ad", "newsletter", "paywall", "plain side"),
        names=False,
        day="updated",
    ),
)


def strange_words() -> Sequence[str]:
    """Return the words that stand around articles and must not be found: comments, teasers, menus, captions."""
    return (*COMMENTS[:5], *(words for _, words in TEASERS), CAPTION)
