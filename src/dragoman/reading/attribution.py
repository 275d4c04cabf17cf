"""Who says what: sources, the cues that tie them to what they say, and the tokens of that content.

Candidates come from word lists held against the parse (verbs of speech and thought with their clauses and quotes, nouns,
adverbs, phrases, documents that show or say something; attitudes) and from shape alone; a small trained model decides
which are attributions and which of several stretches is the content. Nested sayings come out one by one; the content of the
outer one holds the cue of the inner one. Not attempted: a speaker named only by a later sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dragoman.knowledge.cues import Cues, load_cues
from dragoman.reading.article import Article, Saying
from dragoman.reading.attitudes import find_attitudes
from dragoman.reading.parenthesis import by_parenthesis
from dragoman.reading.quotes import OWN_STANCES, going_on, is_own_voice, quoted, whole_quotes
from dragoman.reading.saying_colons import by_colon
from dragoman.reading.saying_phrases import by_adverb, by_noun, by_phrases
from dragoman.reading.saying_verbs import by_verb
from dragoman.reading.sayings import is_told, place_of
from dragoman.reading.sources import MEDIA_KINDS, source_mention
from dragoman.reading.speech.candidates import Candidate, by_shape
from dragoman.reading.speech.choice import Attributor, load_attributor
from dragoman.reading.speech.features import Surroundings, surroundings
from dragoman.reading.stage import Stage

# Sectors of those who work for outlets.
PRESS = frozenset({"MED", "JRN"})
# The slot of what a word list gives as said, and of what one takes an attitude to.
SAID, ABOUT = "said", "about"


def find_attributions(
    article: Article, cues: Cues, model: Attributor
) -> tuple[tuple[Saying, ...], tuple[Saying, ...]]:
    """Return all sayings and all attitudes of the article, each in the order of their cues.

    An attitude attributes no report: nobody vouches for anything, or it is but a speaker's way of talking.
    """
    quotes = quoted(article)
    candidates, around = propose(article, cues, quotes, model.hopeless(article))
    sayings: list[Saying] = []
    attitudes: list[Saying] = []
    chosen = [
        replace(one, saying=whole_quotes(article, one.saying, quotes))
        for one in model.choose(article, cues, candidates, around)
    ]
    told = [one.saying for one in chosen if one.slot == SAID]
    for one in chosen:
        own = is_own_voice(article, one.saying, quotes) or _is_own_thought(article, one.saying, told)
        if one.slot == SAID and not own and not _is_outlet(one):
            sayings.append(one.saying)
        elif not _is_inside(one.saying, chosen):
            attitudes.append(one.saying)
    sayings = going_on(article, sayings, quotes)
    return tuple(sorted(sayings, key=place_of)), tuple(sorted(attitudes, key=place_of))


def propose(
    article: Article, cues: Cues, quotes: tuple[tuple[int, int], ...], hopeless: Collection[int] = ()
) -> tuple[list[Candidate], Surroundings]:
    """Return everything that may be an attribution, and what surrounds it; of two alike the first is kept.

    No shape proposes a cue at the tokens in ``hopeless``.
    """
    ruled = [
        replace(one, saying=whole_quotes(article, one.saying, quotes))
        for one in by_rules(article, cues, quotes)
    ]
    felt = (Candidate(saying, "attitude", ABOUT) for saying in find_attitudes(article, cues))
    found: dict[tuple[int, tuple[tuple[int, int], ...], int | None], Candidate] = {}
    for one in (*ruled, *felt, *by_shape(article, cues, quotes, hopeless)):
        saying = one.saying
        if saying.cue is not None:
            source = saying.source.tokens.head if saying.source else None
            found.setdefault((saying.cue.head, saying.content, source), one)
    return list(found.values()), surroundings(article, [one.saying for one in ruled], quotes)


def by_rules(article: Article, cues: Cues, quotes: tuple[tuple[int, int], ...]) -> Iterator[Candidate]:
    """Yield what the word lists and the parse give as said."""
    for token in article.tokens:
        if token.pos in {"VERB", "AUX"} and token.dep not in {"amod", "compound", "aux", "auxpass"}:
            if aside := list(by_parenthesis(article, cues, token.i)):
                yield from (Candidate(saying, "aside", SAID) for saying in aside)
                continue
            for number, saying in enumerate(by_verb(article, cues, token.i, quotes)):
                yield Candidate(saying, "publisher" if number else "verb", SAID)
        elif token.pos in {"NOUN", "PROPN"} and token.lemma in cues.say_nouns:
            yield from (Candidate(saying, "noun", SAID) for saying in by_noun(article, cues, token.i))
        elif token.dep == "advmod" and token.lower in cues.say_adverbs:
            yield from (Candidate(saying, "adverb", SAID) for saying in by_adverb(article, cues, token.i))
    yield from (Candidate(saying, "phrase", SAID) for saying in by_phrases(article, cues))
    yield from (Candidate(saying, "colon", SAID) for saying in by_colon(article, cues))


def _is_outlet(one: Candidate) -> bool:
    """Say whether the outlet speaks through its own people: "PRESENTER: …", "NEAL: …, the soldiers say"; nobody else vouches."""
    source = one.saying.source
    if one.origin != "colon" or source is None:
        return False
    return source.kind in MEDIA_KINDS or (source.actor is not None and source.actor.sector in PRESS)


def _is_inside(saying: Saying, others: Iterable[Candidate]) -> bool:
    """Say whether the cue stands in what another one told says: of attitudes a speaker tells, only the saying is told."""
    return saying.cue is not None and any(
        first <= saying.cue.head < last
        for other in others
        if other.saying is not saying and is_told(other.saying)
        for first, last in other.saying.content
    )


def _is_own_thought(article: Article, saying: Saying, others: list[Saying]) -> bool:
    """Say whether a speaker tells what he himself thinks: "he said he expects that …" is one saying."""
    if saying.stance not in OWN_STANCES or saying.cue is None or saying.source is None:
        return False
    if article.tokens[saying.source.tokens.head].pos != "PRON":
        return False
    return any(first <= saying.cue.head < last for other in others for first, last in other.content)


def attribution_stage(cues: Cues | None = None, model: Attributor | None = None) -> Stage:
    """Return the stage that finds sayings, and attitudes by which no report is attributed."""
    tables, chooser = cues or load_cues(), model or load_attributor()

    def run(article: Article) -> Mapping[str, Any]:
        sayings, attitudes = find_attributions(article, tables, chooser)
        return {"sayings": sayings, "attitudes": attitudes}

    return Stage("attribution", ("tokens", "sentences", "actors"), ("sayings", "attitudes"), run)


def sources_stage(cues: Cues | None = None) -> Stage:
    """Return the stage that names the sources anew once references are resolved ("he said"); what is said stays."""
    tables = cues or load_cues()

    def run(article: Article) -> Mapping[str, Any]:
        layers = {"sayings": article.sayings, "attitudes": article.attitudes}
        return {
            name: tuple(_renamed(article, tables, one) for one in layer) for name, layer in layers.items()
        }

    return Stage("sources", ("actors", "sayings", "attitudes"), ("sayings", "attitudes"), run)


def _renamed(article: Article, cues: Cues, saying: Saying) -> Saying:
    if saying.source is None:
        return saying
    return replace(saying, source=source_mention(article, cues, saying.source.tokens.head))
