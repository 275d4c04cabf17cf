"""Events by verb patterns: what a verb tells of, and who does it to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.knowledge.petrarch.dictionary import Coded, Dictionary, VerbForm
from dragoman.knowledge.petrarch.folder import NULL_CODES
from dragoman.reading.article import Article, Frame, Sentence, TokenRange, Trigger
from dragoman.reading.fillers import Fillers
from dragoman.reading.petrarch.discards import find_discards
from dragoman.reading.petrarch.entries import entry_id
from dragoman.reading.petrarch.groups import Groups
from dragoman.reading.petrarch.matching import Match, Matcher, Scene
from dragoman.reading.petrarch.sides import Sides, Team
from dragoman.reading.petrarch.wordline import WordLine, word_line
from dragoman.reading.stage import Stage
from dragoman.reading.tree import is_passive

# A participle or gerund in these positions describes a noun ("the disputed border").
ATTRIBUTIVE = frozenset({"amod", "compound", "nmod"})
AUXILIARY = frozenset({"aux", "auxpass"})
# How far a structure is trusted, from 0 to 1, and a frame of which one side is missing; as for our own tables.
ONE_SIDED_FACTOR = 0.85


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of the dictionary in the text: its token, its first and last position, all it may tell of."""

    token: int
    first: int
    last: int
    coded: Sequence[Coded]


def find_frames(article: Article, dictionary: Dictionary) -> tuple[Frame, ...]:
    """Return the events of the article in order, a frame for each direction that its code has.

    Sentences with a phrase of the discards have none.
    """
    groups = Groups(article)
    matcher = Matcher(article, dictionary.synsets, groups)
    sides = Sides(article, matcher, Fillers(article))
    discards = find_discards(article, dictionary)
    found: list[Frame] = []
    for sentence in article.sentences:
        if any(discard.first <= sentence.first < discard.last for discard in discards):
            continue
        line = word_line(article, sentence)
        for verb in _verbs(article, sentence, line, dictionary):
            found.extend(_frames(article, line, verb, matcher, sides))
    return tuple(found)


def _verbs(article: Article, sentence: Sentence, line: WordLine, dictionary: Dictionary) -> Iterator[_Verb]:
    taken = -1
    for i in range(sentence.first, sentence.last):
        token = article.tokens[i]
        if i <= taken or not token.tag.startswith("VB") or token.dep in ATTRIBUTIVE | AUXILIARY:
            continue
        position = line.at(i)
        if position >= len(line.words) or line.tokens[position] != i:
            continue
        form = _form(line, position, dictionary.forms.get(line.words[position], ()))
        if form is not None:
            first = position - form.marked
            last = first + len(form.words) - 1
            taken = line.tokens[last]
            yield _Verb(_governor(article, line.tokens[first : last + 1], i), first, last, form.coded)
        elif (coded := dictionary.lemmas.get(token.lemma)) and not token.lower.startswith(token.lemma):
            # An irregular form that no file lists; one that begins like the verb is misspelt, or another word.
            yield _Verb(i, position, position, coded)


def _governor(article: Article, tokens: Sequence[int], verb: int) -> int:
    """Return the token that governs the words of a verb, where that is a verb too ("wire" of "wire tap")."""
    top = next(
        (i for i in tokens if article.tokens[i].head not in tokens or article.tokens[i].head == i), verb
    )
    return top if article.tokens[top].tag.startswith("VB") else verb


def _form(line: WordLine, position: int, forms: Sequence[VerbForm]) -> VerbForm | None:
    """Return the longest form whose words all stand there."""
    return next((form for form in forms if line.starts(position - form.marked, form.words)), None)


def _frames(article: Article, line: WordLine, verb: _Verb, matcher: Matcher, sides: Sides) -> Iterator[Frame]:
    low, high = sides.limits(verb.token)
    scene = Scene(
        line, line.at(low), verb.first, verb.last, line.at(high) - 1,
        subjects=sides.subjects(verb.token), stranger=sides.is_stranger(verb.token),
        passive=is_passive(article, verb.token),
    )  # fmt: skip
    coded, match = _choose(verb.coded, matcher, scene)
    if coded is None or coded.code in NULL_CODES:
        return
    head = verb.token
    tokens = TokenRange(line.tokens[verb.first], line.tokens[verb.last] + 1, head)
    symmetric = coded.reverse == coded.code
    for team in sides.teams(verb.token, match, (low, high)):
        together = symmetric or team.mutual
        trigger = Trigger(tokens, entry_id(coded.id, together=together), None)
        yield _frame(article, trigger, team)
        if coded.reverse and not symmetric and coded.reverse not in NULL_CODES and not team.mutual:
            back = Trigger(tokens, entry_id(coded.id, reverse=True), None)
            yield _frame(article, back, Team(team.targets, team.sources, mutual=False, trust=team.trust))


def _choose(coded: Sequence[Coded], matcher: Matcher, scene: Scene) -> tuple[Coded | None, Match]:
    """Return the first that fits: patterns by how specific they are, then the verb alone."""
    words = frozenset(scene.line.words)
    for each in coded:
        if each.pattern is None:
            return each, Match()
        if each.pattern.words <= words and (match := matcher.match(each.pattern, scene)) is not None:
            return each, match
    return None, Match()


def _frame(article: Article, trigger: Trigger, team: Team) -> Frame:
    known = [article.actors[a.mention].confidence for a in (*team.sources, *team.targets)]
    confidence = team.trust * min(known, default=1.0)
    if not (team.sources and team.targets):
        confidence *= ONE_SIDED_FACTOR
    return Frame(trigger, team.sources, team.targets, round(confidence, 3))


def frames_stage(dictionary: Dictionary) -> Stage:
    """Return the stage that finds events by verb patterns."""

    def run(article: Article) -> Mapping[str, Any]:
        frames = find_frames(article, dictionary)
        return {"frames": frames, "triggers": tuple(frame.trigger for frame in frames)}

    return Stage("dictionary patterns", ("tokens", "sentences", "actors"), ("triggers", "frames"), run)
