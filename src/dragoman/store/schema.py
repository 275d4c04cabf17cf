"""The tables of a store as they are now, column by column; `docs/reference/store.md` is made from this.

How an older store comes to look like this stands in `migrations.py`; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.store.shared_columns import (
    DOCUMENT,
    NUMBER,
    OWNER,
    READER_VERSION,
    SPAN,
    Column,
    columns,
    what_columns,
)

VERSION_TABLE = "dragoman_store"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what one row of it is, its columns in order, and the columns that name a row.

    ``keyed`` says that the database itself refuses a second row with the same key; where it does not,
    `dragoman check` looks for them.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    keyed: bool = False

    def create(self) -> str:
        """Return the statement that makes the table."""
        listed = [f'"{column.name}" {column.kind}' for column in self.columns]
        if self.keyed:
            listed.append(f"PRIMARY KEY ({', '.join(self.key)})")
        return f"CREATE TABLE {self.name} ({', '.join(listed)})"


RUNS = Table(
    "runs",
    "one time that something was written: an ingest, a reread, an import",
    columns("""
        id             BIGINT     number, from 1
        started        TIMESTAMP  when its first batch was written, UTC
        reader_version VARCHAR    of what it wrote first; null when it wrote only failures
        kind           VARCHAR    ingest, watch, reread, import, or what a program called it
        inputs         VARCHAR    a hash over what it was asked to read; an unfinished run with the same one goes on
        ended          TIMESTAMP  when it was done; null when it was stopped or killed and has not gone on since
        kept           BOOLEAN    whether the readings that it replaced are still kept for `dragoman diff`
    """),
    ("id",),
    keyed=True,
)

DOCUMENTS = Table(
    "documents",
    "one article, or one version of it",
    columns("""
        id             VARCHAR    a hash over text and metadata
        run            BIGINT     the run that brought it
        reader_version VARCHAR    of the present reading
        family         VARCHAR    the id of the head of its copies, its own when it has none
        outlet         VARCHAR    who published it
        published      DATE       day of publication
        document       JSON       the whole record
        sentences      JSON       bounds of its sentences
        mentions       JSON       all actors, places, times and attributions
        notes          JSON       what was noticed about the text
        read_run       BIGINT     the run of the present reading: that of the last reread, else the one that brought it
        url            VARCHAR    where it stands
        title          VARCHAR    its headline
        language       VARCHAR    ISO 639-1
        address        VARCHAR    the url without its scheme, its host in small letters; versions share it
        version        INTEGER    1 for the first text at its address, 2 for the next, …
        supersedes     VARCHAR    the document that stood at this address before; null for the first
        stems          VARCHAR[]  the words of title and text, lower case, stemmed, each once: what --text looks through
    """),
    ("id",),
    keyed=True,
)

ORIGINALS = Table(
    "originals",
    "what a document was read from, as it was",
    columns("""
        document       VARCHAR    id of the document
        media_type     VARCHAR    such as text/html
        encoding       VARCHAR    what it was decoded with; null when it is no text
        size           BIGINT     bytes before compression
        data           BLOB       the bytes, compressed with zlib
        pieces         JSON       [start in the text, end in the text, start in the decoded original], …
        reader_version VARCHAR    of the reading that came with it
    """),
    ("document",),
)

SENTENCES = Table(
    "sentences",
    "one sentence",
    (
        DOCUMENT,
        NUMBER,
        *SPAN,
        *columns("stems VARCHAR[] its words, lower case, stemmed, each once"),
        READER_VERSION,
    ),
    ("document", "number"),
)

REPORTS = Table(
    "reports",
    "one statement in one sentence that something happened, will, might, or did not",
    (
        *columns("""
            id             VARCHAR  a hash over document, trigger words and type
            document       VARCHAR  id of the document
            event          VARCHAR  id of the event it belongs to
            number         INTEGER  place in its document, from 0
            reader_version VARCHAR  of the reader that read it
        """),
        *what_columns(),
        *columns("""
            sentence       INTEGER  number of its sentence
            start          INTEGER  where the trigger words begin
            end            INTEGER  where they end
            text           VARCHAR  the trigger words
        """),
    ),
    ("id",),
    keyed=True,
)  # fmt: skip

EVENTS = Table(
    "events",
    "what one or more reports are about",
    (
        *columns("""
            id             VARCHAR  a hash over document and first report
            document       VARCHAR  id of the document
            number         INTEGER  place in its document, from 0
            reader_version VARCHAR  of the reader that read it
            independent    INTEGER  independent sources
            conflicts      INTEGER  fields on which its reports disagree
        """),
        *what_columns(),
    ),
    ("id",),
    keyed=True,
)

ACTORS = Table(
    "actors",
    "an actor: named in the text, or on one side of a report or event",
    (
        DOCUMENT, *OWNER, *columns("role VARCHAR mention, actor (who) or recipient (to whom)"), NUMBER, *SPAN,
        *columns("""
            name           VARCHAR  as the knowledge files have it
            code           VARCHAR  country and sector
            country        VARCHAR  ISO 3166-1 alpha-3, or a PLOVER code for what is no state
            sector         VARCHAR  PLOVER sector
            entry          VARCHAR  id in the knowledge files
        """),
        READER_VERSION,
    ),
    ("document", "owner", "role", "number"),
)  # fmt: skip

PLACES = Table(
    "places",
    "a place: named in the text, or where a report or event happens",
    (
        DOCUMENT, *OWNER, NUMBER, *SPAN,
        *columns("""
            name           VARCHAR  as the gazetteer has it
            geonames_id    BIGINT   id of GeoNames
            lat            DOUBLE   degrees north, WGS 84
            lon            DOUBLE   degrees east
            country        VARCHAR  ISO 3166-1 alpha-3
            admin1         VARCHAR  first-level division
            feature        VARCHAR  GeoNames feature code, or the class of a facility
            precision      VARCHAR  point, city, region or country
        """),
        READER_VERSION,
    ),
    ("document", "owner", "number"),
)  # fmt: skip

TIMES = Table(
    "times",
    "a time: named in the text, or when a report or event happens",
    (
        DOCUMENT, *OWNER, NUMBER, *SPAN,
        *columns("""
            first_day      DATE     first day; null when the text gives no way to know
            last_day       DATE     last day, included
            precision      VARCHAR  minute … century; null for durations and sets
            anchored       BOOLEAN  whether the days are known
            value          VARCHAR  TIMEX3 value; mentions only
            type           VARCHAR  TIMEX3 type; mentions only
            calendar       VARCHAR  the reckoning of the words where it is not the Gregorian; mentions only
        """),
        READER_VERSION,
    ),
    ("document", "owner", "number"),
)  # fmt: skip

ATTRIBUTIONS = Table(
    "attributions",
    "who says something in the text, or a link of the chain of sources of a report, the outermost as 0",
    (
        DOCUMENT, *OWNER, NUMBER, *SPAN,
        *columns("""
            name           VARCHAR  of the source
            code           VARCHAR  of the source
            kind           VARCHAR  outlet, agency, official, …, unknown; null when no source is named
            cue            VARCHAR  the word that ties it to what it says
            stance         VARCHAR  how the source stands to it: states, confirms, denies, …
            speech         VARCHAR  direct, indirect or mixed; mentions only
            content        JSON     the pieces of what is said; mentions only
        """),
        READER_VERSION,
    ),
    ("document", "owner", "number"),
)  # fmt: skip

QUANTITIES = Table(
    "quantities",
    "how many of what, in a report or event",
    (
        DOCUMENT, *OWNER, NUMBER, *SPAN,
        *columns("""
            what           VARCHAR  the counted thing, singular
            low            DOUBLE   at least so many
            high           DOUBLE   at most so many; null when the words give only a lower bound
        """),
        READER_VERSION,
    ),
    ("document", "owner", "number"),
)  # fmt: skip

CONFLICTS = Table(
    "conflicts",
    "one of several values that the reports of an event give for a field",
    (
        DOCUMENT,
        *columns("""
            event          VARCHAR    id of the event
            field          VARCHAR    date, place, quantity, actor, recipient or factuality
            number         INTEGER    of the value, from 0
            value          VARCHAR    the value
            reports        VARCHAR[]  ids of the reports that give it
            said_by        VARCHAR[]  on whose word
        """),
        READER_VERSION,
    ),
    ("event", "field", "number"),
)  # fmt: skip

JUDGEMENTS = Table(
    "judgements",
    "a person's decision that reports are, or are not, about one event; kept apart from what was computed",
    columns("""
        id             VARCHAR    number of the decision
        made           TIMESTAMP  when, UTC
        maker          VARCHAR    by whom
        kind           VARCHAR    join or split
        reports        VARCHAR[]  ids of the reports
        reason         VARCHAR    in words
        undone         TIMESTAMP  when it was taken back; null while it holds
        reader_version VARCHAR    of the reading that was looked at
    """),
    ("id",),
    keyed=True,
)

READINGS = Table(
    "readings",
    "a reading that a reread has replaced; kept for `dragoman diff`",
    columns("""
        document       VARCHAR  id of the document
        run            BIGINT   the run that read it so
        replaced       BIGINT   the run that read it anew
        reader_version VARCHAR  of the old reading
        record         JSON     its reports and events; null when the next reading found the same
    """),
    ("document", "run"),
)

FAILURES = Table(
    "failures",
    "an input that was skipped",
    columns("""
        input          VARCHAR  its name
        reason         VARCHAR  why, in one line
        run            BIGINT   the run that met it first
        reader_version VARCHAR  of what was written in the same batch; null when nothing was read
    """),
    ("input", "reason"),
    keyed=True,
)

WATCH_FEEDS = Table(
    "watch_feeds",
    "a feed that `dragoman watch` follows",
    columns("""
        url            VARCHAR    its address
        title          VARCHAR    what it calls itself
        etag           VARCHAR    the mark with which it is asked next
        last_modified  VARCHAR    the same, as a date of the server
        checked        TIMESTAMP  when it was asked last, UTC
        due            TIMESTAMP  when it is asked next, UTC
        failures       INTEGER    how often in a row it did not answer well
        trouble        VARCHAR    why, the last time
    """),
    ("url",),
    keyed=True,
)

WATCH_ARTICLES = Table(
    "watch_articles",
    "an article that a feed has listed",
    columns("""
        url            VARCHAR    its address
        feed           VARCHAR    the feed that listed it first
        title          VARCHAR    as the feed has it
        published      VARCHAR    as the feed has it
        found          TIMESTAMP  when it was seen first, UTC
        state          VARCHAR    waiting, taken, same (as another one) or failed
        tries          INTEGER    failed ones
        due            TIMESTAMP  when it is tried next, UTC
        reason         VARCHAR    why it is not taken
    """),
    ("url",),
    keyed=True,
)

WATCH_NAMES = Table(
    "watch_names",
    "a name by which a feed may list an article again",
    columns("""
        name           VARCHAR  its guid, or an address of it
        url            VARCHAR  the address it is taken from
    """),
    ("name",),
    keyed=True,
)

# What following feeds remembers: the state of one store, not carried to others.
WATCH = (WATCH_FEEDS, WATCH_ARTICLES, WATCH_NAMES)
# What is read from a document, all of it replaced when it is read anew.
READ = (SENTENCES, REPORTS, EVENTS, ACTORS, PLACES, TIMES, ATTRIBUTIONS, QUANTITIES, CONFLICTS)
TABLES = (RUNS, DOCUMENTS, ORIGINALS, *READ, JUDGEMENTS, READINGS, FAILURES, *WATCH)
