"""Acronyms that an article explains: "the Rapid Support Forces (RSF)", and RSF from there on."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reading.article import ActorMention, Article, TokenRange

# Words that an acronym may leave out or count: "Front for the Liberation of Palestine".
SMALL = frozenset(
    {"of", "the", "for", "and", "in", "on", "to", "de", "la", "du", "des", "del", "&", "-", "'s", "al"}
)
SHORTEST, LONGEST = 2, 8
# What an acronym often leaves out: a state's name at the end. Words before it, and tokens that it has at most.
TAILS = frozenset({"of", "in"})
LONGEST_TAIL = 5
# How far a mention is trusted that the article itself explains, from 0 to 1; as the figures of `mentions.CONFIDENCE`.
CONFIDENCE = 0.9


def explained(article: Article) -> dict[str, tuple[int, int]]:
    """Return the acronyms that stand in brackets after the words they are made of, with these words' tokens."""
    found: dict[str, tuple[int, int]] = {}
    tokens = article.tokens
    for i in range(1, len(tokens) - 2):
        word = tokens[i + 1].text
        if tokens[i].text == "(" and tokens[i + 2].text == ")" and is_acronym(word):
            starts = (_first_word(article, end, word) for end in _ends(article, i))
            first = next((start for start in starts if start is not None), None)
            if first is not None:
                found.setdefault(word, (first, i))
    return found


def _ends(article: Article, i: int) -> list[int]:
    """Return where the words of an acronym before token ``i`` may end: there, or before "of Syria"."""
    tails = [j for j in range(i - 1, max(i - LONGEST_TAIL, 0), -1) if article.tokens[j].lower in TAILS]
    return [i, *tails]


def is_acronym(word: str) -> bool:
    """Say whether a word is all capitals, and no longer than acronyms are."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha() and word.isupper()


def _first_word(article: Article, end: int, acronym: str) -> int | None:
    """Return the first of the words before ``end`` whose initials are the acronym; small words may be left out."""
    if not acronym:
        return end
    if not end or article.tokens[end - 1].sentence != article.tokens[end].sentence:
        return None
    token, found = article.tokens[end - 1], None
    if token.lower in SMALL:
        found = _first_word(article, end - 1, acronym)
    fits = token.lower[:1] == acronym[-1].lower() and (token.text[:1].isupper() or token.lower in SMALL)
    if found is None and fits:
        found = _first_word(article, end - 1, acronym[:-1])
    return found


def spelled_out(article: Article) -> tuple[ActorMention, ...]:
    """Return the mentions, with explained acronyms as mentions of what they are short for.

    A longer phrase around an acronym ("RSF fighters") stays as it is.
    """
    meanings = {}
    for acronym, (first, last) in explained(article).items():
        if (meaning := _meaning(article.actors, first, last)) is not None:
            meanings[acronym] = meaning
    if not meanings:
        return article.actors
    covered = {i for m in article.actors for i in range(m.tokens.first, m.tokens.last)}
    alone = {m.tokens.first for m in article.actors if m.tokens.last - m.tokens.first == 1}
    done = [
        m
        for m in article.actors
        if article.tokens[m.tokens.head].text not in meanings or m.tokens.first not in alone
    ]
    for token in article.tokens:
        meaning = meanings.get(token.text)
        in_brackets = token.i > 0 and article.tokens[token.i - 1].text == "("
        if meaning is not None and not in_brackets and (token.i in alone or token.i not in covered):
            place = TokenRange(token.i, token.i + 1, token.i)
            done.append(ActorMention(place, meaning.actors, meaning.how, min(meaning.confidence, CONFIDENCE)))
    return tuple(sorted(done, key=lambda mention: mention.tokens.first))


def _meaning(mentions: Sequence[ActorMention], first: int, last: int) -> ActorMention | None:
    """Return the mention that fills most of the words; a state's name in them is not what they mean."""
    inside = [m for m in mentions if m.tokens.first < last and first < m.tokens.last and len(m.actors) == 1]
    best = max(inside, key=lambda m: _shared(m.tokens, first, last), default=None)
    return best if best is not None and _shared(best.tokens, first, last) * 2 > last - first else None


def _shared(tokens: TokenRange, first: int, last: int) -> int:
    return min(tokens.last, last) - max(tokens.first, first)
