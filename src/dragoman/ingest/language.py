"""Which language a text is in: dragoman reads English, and what is not English must not be read as if it were."""

from __future__ import annotations

import functools
import math
import re
from typing import TYPE_CHECKING

from dragoman.errors import SkipError
from dragoman.knowledge.tables import DATA, read_table

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
# How much of a text is looked at. Characters; more changes no verdict.
LOOKED_AT = 6000
# With so many of all words being English function words, a text is English. Share: English articles of PolNeAR and
# TempEval-3 have 0.13 to 0.35, French and German ones below 0.02.
ENGLISH_SHARE = 0.08
# Shorter texts say too little to be refused. Letters; set by hand.
SHORTEST = 120
# Letters of other scripts that say enough by themselves: fewer, since no English text has many. Share of letters.
OTHER_SCRIPT = 0.5
# How sure the detection must be to refuse a text, 0 to 1; set by hand: short real texts in another language get 0.99.
SURE = 0.9
WORD = re.compile(r"[^\W\d_]+")


@functools.cache
def _english_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table(DATA / "text" / "english-words.tsv", ("word",)))


@functools.cache
def _names() -> dict[str, str]:
    rows = read_table(DATA / "text" / "languages.tsv", ("code", "name"))
    return {row["code"]: row["name"] for row in rows}


@functools.cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - costs 0.3 s; English never asks

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str, declared: str | None = None) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None where it is too short to say.

    ``declared`` is what its page or table says; it counts only where the text itself is too short.
    """
    piece = text[:LOOKED_AT]
    words = [word.lower() for word in WORD.findall(piece)]
    letters = sum(map(len, words))
    latin = sum(len(word) for word in words if word[0] < "\u0250")
    foreign_script = letters >= SHORTEST / 4 and latin < (1 - OTHER_SCRIPT) * letters
    if letters < SHORTEST and not foreign_script:
        code = (declared or "").strip().lower().replace("_", "-").split("-")[0]
        return code if code in _names() else None
    if sum(word in _english_words() for word in words) >= ENGLISH_SHARE * len(words) and not foreign_script:
        return ENGLISH
    code, sure = _identifier().classify(piece.lower())
    return str(code) if math.isfinite(sure) and sure >= SURE else None


def require_english(code: str | None) -> None:
    """Refuse a text that `language_of` finds to be in another language.

    Raises:
        SkipError: names the language.
    """
    if code not in {None, ENGLISH}:
        message = f"is in {_names().get(code or '', code)}; dragoman reads English"
        raise SkipError(message)
