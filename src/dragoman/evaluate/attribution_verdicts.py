"""The verdict on every attribution of an article, annotated or read, with the kinds it counts in."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.evaluate.attribution_matching import CONTENT_ENOUGH, Pair, Parts, gold_parts, match, read_parts
from dragoman.evaluate.attribution_measures import Tally, Verdict, tally
from dragoman.evaluate.polnear import GoldArticle
from dragoman.knowledge.cues import Cues
from dragoman.knowledge.tables import read_table
from dragoman.model.event import CodedDocument
from dragoman.model.span import Bounds

QUOTED = re.compile(r"[\"“«„][^\"“”«»„]*[\"”»]")
# Characters of the article shown before and after the cue of an error.
BEFORE, AFTER = 70, 110
FORMS = Path(__file__).parent / "data" / "cue-forms.tsv"
# Endings of regular verbs and nouns, and what stands in their place in the lemma.
ENDINGS = (("ies", "y"), ("ied", "y"), ("es", "e"), ("s", ""), ("es", ""), ("ed", "e"), ("ed", ""), ("d", ""), ("ing", ""),
           ("ing", "e"))  # fmt: skip


def judge(article: GoldArticle, coded: CodedDocument, cues: Cues) -> tuple[Tally, list[Verdict]]:
    """Return the counts of an article against its first annotator, and the verdict on each attribution.

    Annotated ones come first, in their order, then those that were read but not annotated.
    """
    text, gold = article.document.text, article.readings[0]
    golds = [gold_parts(text, one) for one in gold]
    reads = [read_parts(text, one) for one in coded.mentions.attributions]
    pairs = match(golds, reads)
    return tally(golds, reads, pairs), list(_verdicts(article.name, text, (golds, reads, pairs), cues))


def _verdicts(
    name: str, text: str, parts: tuple[Sequence[Parts], Sequence[Parts], Sequence[Pair]], cues: Cues
) -> Iterator[Verdict]:
    golds, reads, pairs = parts
    found = {pair.gold: pair for pair in pairs}
    contents = [one.content for one in golds]
    for number, gold in enumerate(golds):
        pair = found.get(number)
        read = reads[pair.read] if pair else None
        kinds = tuple(kinds_of(text, gold, contents, cues))
        yield _verdict(name, text, _outcome(pair), kinds, gold, read)
    answered = {pair.read for pair in pairs}
    for number, read in enumerate(reads):
        if number not in answered:
            kinds = tuple(kinds_of(text, read, contents, cues))
            yield _verdict(name, text, "not annotated", kinds, None, read)


def _outcome(pair: Pair | None) -> str:
    if pair is None:
        return "missed"
    wrong = [] if pair.source_right else ["source"]
    wrong += [] if pair.content.f1 >= CONTENT_ENOUGH else ["content"]
    return " and ".join(wrong) or "right"


def _verdict(
    name: str, text: str, outcome: str, kinds: tuple[str, ...], gold: Parts | None, read: Parts | None
) -> Verdict:
    shown = gold or read
    place = min((shown.cue or shown.content) if shown else {0})
    cue = words(text, (shown.cue if shown else frozenset()))
    around = text[max(0, place - BEFORE) : place + AFTER]
    return Verdict(name, outcome, kinds, cue, _told(text, gold), _told(text, read), around)


def _told(text: str, parts: Parts | None) -> str:
    """Return source, cue and content in a line; empty where there is none."""
    if parts is None:
        return ""
    return " | ".join(words(text, part) or "-" for part in (parts.source, parts.cue, parts.content))


def words(text: str, starts: frozenset[int]) -> str:
    """Return the words that begin at the offsets, from the first to the last of each run without gaps of words."""
    ordered = sorted(starts)
    found = [re.match(r"\w+|\W", text[start:]) for start in ordered]
    return " ".join(one.group() for one in found if one)


def kinds_of(text: str, parts: Parts, others: Sequence[frozenset[int]], cues: Cues) -> Iterator[str]:
    """Yield the rows of the table that an attribution counts in: how it is told, by what, where, with or without a source."""
    yield _directness(text, parts)
    yield f"cue: {cue_class(words(text, parts.cue).lower().split(), cues)}" if parts.cue else "cue: none"
    inside = any(parts.cue and parts.cue <= other for other in others)
    yield "nested in another's content" if inside else "not nested"
    yield "with source" if parts.source else "without source"


def _directness(text: str, parts: Parts) -> str:
    low, high = min(parts.content, default=0), max(parts.content, default=0)
    around = Bounds(text.rfind("\n", 0, low) + 1, _line_end(text, high))
    quoted = {
        i
        for quote in QUOTED.finditer(text, around.start, around.end)
        for i in range(quote.start(), quote.end())
    }
    inside = parts.content & quoted
    if inside and parts.cue <= quoted:
        return "indirect"  # all of it stands within one quote
    return "indirect" if not inside else "direct" if inside == parts.content else "mixed"


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def cue_class(cue: Sequence[str], cues: Cues) -> str:
    """Return what kind of words a cue is, by our own word lists: its words are in lower case, as they stand.

    One of: no word, phrase, adverb, verb of saying, noun of saying, other words (on no list of sayings).
    """
    plain = [word for word in cue if word[:1].isalnum()]
    if not plain:
        return "no word"
    if any(tuple(plain[: len(phrase.words)]) == phrase.words for phrase in cues.phrases):
        return "phrase"
    if any(word in cues.say_adverbs for word in plain):
        return "adverb"
    found = [stem for word in plain for stem in lemmas(word)]
    if any(stem in cues.say_verbs for stem in found):
        return "verb of saying"
    return "noun of saying" if any(stem in cues.say_nouns for stem in found) else "other words"


def lemmas(word: str) -> Iterator[str]:
    """Yield what may be the lemma of a verb or noun form, by the table of irregular ones and the regular endings."""
    yield irregular_forms().get(word, word)
    for ending, instead in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield stem + instead
            if instead == "" and stem[-1] == stem[-2]:
                yield stem[:-1]


@functools.cache
def irregular_forms() -> dict[str, str]:
    """Return the irregular forms of verbs of saying, with their lemmas."""
    return {row["form"]: row["lemma"] for row in read_table(FORMS, ("form", "lemma"))}
