"""Names as sequences of tokens, and a table that finds them in running text."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Names with fewer letters than this must stand in the text in exactly their own case ("Mali", "Fiji");
# set in the description of the actor tables, so that "us", "who" or "oman" do not match by accident.
SHORT_NAME = 5
# Adjectives of countries with at least this many letters also match in lower case ("american"); shorter
# ones have common words among them ("polish"). Letters; set by going through the adjectives.
LOWER_CASE_ADJECTIVE = 7
# Words within a longer name that are at most so long may be lower case in the text ("al", "the"). Letters.
SMALL_WORD = 3

KINDS = (
    "country", "adjective", "people", "capital", "metonym", "person", "surname", "organisation", "group", "outlet",
    "alias", "place",
)  # fmt: skip

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-"})
_UNDECOMPOSED = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ə": "e", "Ə": "E", "ħ": "h", "ð": "d",
     "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)  # fmt: skip
# Cyrillic in Latin letters as the English press writes names; both cases are made of it. Sources: BGN/PCGN for
# Russian, Ukrainian and Serbian, shortened where the press is.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "dj", "е": "e", "ё": "e", "є": "ye", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "ј": "j", "к": "k", "қ": "k", "л": "l", "љ": "lj", "м": "m", "н": "n",
    "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ў": "u", "ұ": "u", "ү": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "џ": "dz", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya", "ә": "a", "ғ": "g", "ң": "n", "ө": "o", "һ": "h",
}  # fmt: skip
_ROMAN = str.maketrans(
    _CYRILLIC | {letter.upper(): roman.capitalize() for letter, roman in _CYRILLIC.items()}
)
_LETTER = r"[^\W\d_]"
_SPLIT = re.compile(rf"(?<=[^\W_])([-–—/])(?={_LETTER})")
_POSSESSIVE = re.compile(r"(?<=\w)('s|(?<=s)')$", re.IGNORECASE)
_IES = re.compile(r"\w\wies$")
_S = re.compile(r"\w[^siu']s$")
_EDGES = re.compile(r"^([(\[\"'“«]*)(.*?)([)\]\"”»,;:!?]*)$", re.DOTALL)


def plain(text: str) -> str:
    """Return the text without accents, with straight apostrophes, Cyrillic in Latin letters; case is kept."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize(
        "NFKD", text.translate(_STRAIGHT).translate(_UNDECOMPOSED).translate(_ROMAN)
    )
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def phrase_tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of a name, cut as the parser cuts running text.

    Cuts at white space, around a hyphen or slash before a letter (kept as a token), before a possessive
    ``'s`` or ``'``, and around brackets, quotes and commas. Dots stay where they are (``U.S.``).
    """
    if text.isascii() and text.replace(" ", "").isalpha():
        return tuple(text.split())
    tokens: list[str] = []
    for word in text.translate(_STRAIGHT).split():
        edges = _EDGES.match(word)
        before, inner, after = edges.groups() if edges else ("", word, "")
        tokens.extend(before)
        for piece in _SPLIT.split(inner):
            owner = _POSSESSIVE.search(piece)
            tokens.extend((piece[: owner.start()], owner.group()) if owner else filter(None, (piece,)))
        tokens.extend(after)
    return tuple(tokens)


# Most words of a text come again and again; so many hold the vocabulary of a day's news.
@functools.lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """Return a word without a regular plural s ("chiefs", "authorities"); others come back as they are."""
    if _IES.search(word):
        return f"{word[:-3]}y"
    return word[:-1] if _S.search(word) else word


@dataclass(frozen=True, slots=True)
class NameEntry:
    """What a name stands for: its kind (of `KINDS`) and the id or code it leads to.

    ``cased`` says that the name matches only in its own case: acronyms and short names.
    """

    kind: str
    id: str
    cased: bool


def entry_for(name: str, kind: str, id_: str) -> NameEntry:
    """Return the entry of a name; acronyms and names shorter than `SHORT_NAME` letters are ``cased``."""
    letters = sum(map(str.isalpha, name))
    return NameEntry(kind, id_, letters < SHORT_NAME or name.isupper())


def _word_fits(form: str, token: str, *, cased: bool) -> bool:
    """Say whether a token of the text may stand for a word of a name, by case alone."""
    if form == token or not form[:1].isupper():
        return True
    if not cased:
        return token[:1].isupper()
    return token == form.upper()


def _is_small(form: tuple[str, ...], place: int) -> bool:
    """Say whether a word of a name is a particle: short, and within the name or tied to it by a hyphen."""
    word, after = form[place], form[place + 1 : place + 2]
    return len(word) <= SMALL_WORD and not word.isupper() and (after == ("-",) or 0 < place < len(form) - 1)


def _fits(form: tuple[str, ...], entry: NameEntry, tokens: Sequence[str]) -> bool:
    """Say whether tokens of the text may stand for a name, by case; small words in it are free ("al-Qaeda")."""
    if entry.kind in {"adjective", "people"} and sum(map(len, form)) >= LOWER_CASE_ADJECTIVE:
        return True
    words = list(zip(form, tokens, strict=True))
    weighty = [pair for place, pair in enumerate(words) if not _is_small(form, place)]
    return all(_word_fits(word, token, cased=entry.cased) for word, token in weighty)


class PhraseTable:
    """Names by their tokens: lower case and without accents as keys, case checked at the match.

    A word that has a capital in the name needs one in the text, and may be all capitals there ("IRAN").
    An acronym must stand as it is; that it is also written like a word ("Unicef") is told by an alias.
    """

    def __init__(self, named: Iterable[tuple[str, NameEntry]]) -> None:
        """Build the table from pairs of a name, as it is written, and its entry."""
        self._found: dict[tuple[str, ...], tuple[tuple[tuple[str, ...], NameEntry], ...]] = {}
        self._longest: dict[str, int] = {}
        for name, entry in named:
            form = tuple(map(plain, phrase_tokens(name)))
            key = tuple(map(str.lower, form))
            known = self._found.get(key, ())
            if not key or (form, entry) in known:
                continue
            self._found[key] = (*known, (form, entry))
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def __len__(self) -> int:
        """Return how many different token sequences are known."""
        return len(self._found)

    def match(self, tokens: Sequence[str], start: int) -> tuple[int, tuple[NameEntry, ...]]:
        """Return the longest name that begins at ``start``: its length in tokens and its entries.

        ``tokens`` are the words as they stand in the text. ``(0, ())`` when no name begins there.
        """
        first = plain(tokens[start]).lower()
        longest = min(self._longest.get(first, 0), len(tokens) - start)
        if not longest:
            return 0, ()
        words = [plain(token) for token in tokens[start : start + longest]]
        lower = tuple(map(str.lower, words))
        for length in range(longest, 0, -1):
            known = self._found.get(lower[:length], ())
            fitting = [entry for form, entry in known if _fits(form, entry, words[:length])]
            if fitting:
                return length, tuple({(entry.kind, entry.id): entry for entry in fitting}.values())
        return 0, ()

    def lookup(self, name: str) -> tuple[NameEntry, ...]:
        """Return the entries of a whole name, whatever its case; empty when it is unknown."""
        key = tuple(plain(token).lower() for token in phrase_tokens(name))
        return tuple({(entry.kind, entry.id): entry for _, entry in self._found.get(key, ())}.values())
