"""Signs by which the trained judge of factuality knows an event word: named features, and what the parser's network saw.

The features hold words, tags and labels of the word itself, of what hangs on it, and of its governors, the rules'
verdicts on it and on them, and how the sentence begins and ends. `knowledge/models/factuality.md` says what they are
used for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from dragoman.reading.article import Article, Token
from dragoman.reading.modality import Verdict
from dragoman.reading.tree import ancestors, children

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AUXILIARIES = ("aux", "auxpass")
# Dependents whose words matter, and complements of which the tag matters, too.
MODIFIERS = frozenset(
    {"advmod", "neg", "mark", "det", "amod", "prt", "prep", "cc", "npadvmod", "nummod", "predet"}
)
COMPLEMENTS = frozenset({"acomp", "attr", "dobj", "xcomp", "ccomp", "oprd"})
# Words that say wherever they stand whether the sentence tells or asks, supposes, addresses.
TELLING = frozenset({"if", "unless", "whether", "i", "you", "we", "not", "n't"})
TENSES = frozenset({"VBD", "VBZ", "VBP", "MD"})
QUOTES = frozenset({'"', "''"})
# Governors looked at, those whose relation is kept with their word, and paths that are kept whole.
UP, NEAR, PATHS = 4, 2, 3
# Sentences are told apart by length in steps of so many tokens, up to so many steps.
STEP, LONGEST = 8, 6


def signs(article: Article, i: int, verdict: Verdict, above: Sequence[str]) -> list[str]:
    """Return the features of the event word at token ``i``.

    ``verdict`` is the rules' own on it, ``above`` their labels of its governors, nearest first.
    """
    token = article.tokens[i]
    return [
        *(f"up{up}-label={label}" for up, label in enumerate(above, 1)),
        *(f"up-label={label}|{verdict.label}|{token.dep}" for label in above[:1]),
        *_word_signs(article, token, verdict),
        *_dependent_signs(article, i),
        *_governor_signs(article, i),
        *_sentence_signs(article, token),
    ]


def inputs(article: Article, i: int) -> NDArray[np.float32] | None:
    """Return what the parser's network saw at the word ``i``, at its governor, and on average in its sentence.

    None where the pipeline keeps nothing of it.
    """
    import numpy as np  # noqa: PLC0415 - loaded by the parser long before; commands that do not read must not

    if article.vectors is None:
        return None
    token = article.tokens[i]
    sentence = article.sentences[token.sentence]
    around = article.vectors[sentence.first : sentence.last].mean(axis=0)
    return np.concatenate([article.vectors[i], article.vectors[token.head], around])


def _word_signs(article: Article, token: Token, verdict: Verdict) -> Iterator[str]:
    label, subject = verdict.label, _subject(article, token.i)
    yield f"label={label}"
    yield f"rule={verdict.rule}"
    yield f"word={token.lemma}"
    yield f"tag={token.tag}"
    yield f"dep={token.dep}"
    yield f"pos={token.pos}"
    yield f"word={token.lemma}|{token.tag}"
    yield f"dep={token.dep}|{token.tag}"
    yield f"label={label}|{token.tag}|{token.dep}"
    yield f"label={label}|{token.lemma}"
    yield f"subject={subject}"
    yield f"subject={subject}|{token.tag}"


def _subject(article: Article, i: int) -> str:
    """Return what kind of subject the word has: a pronoun by its word, else a part of speech, named or not."""
    for j in children(article, i, "nsubj", "nsubjpass", "expl", "csubj"):
        token = article.tokens[j]
        return token.lower if token.pos == "PRON" else token.pos + ("+" if token.entity else "")
    return "-"


def _auxiliaries(article: Article, i: int) -> list[str]:
    return [article.tokens[j].lower for j in children(article, i, *AUXILIARIES)]


def _dependent_signs(article: Article, i: int) -> Iterator[str]:
    helping = _auxiliaries(article, i)
    yield from (f"aux={word}" for word in helping)
    yield f"auxes={'|'.join(helping)}|{article.tokens[i].tag}"
    below = [article.tokens[j] for j in article.children[i]]
    yield from sorted({f"has={child.dep}" for child in below})
    for child in below:
        if child.dep in MODIFIERS:
            yield f"below={child.dep}|{child.lemma}"
        elif child.dep in COMPLEMENTS:
            yield f"below={child.dep}|{child.lemma}"
            yield f"below={child.dep}|{child.tag}"
        elif child.dep == "poss":
            yield f"below=poss|{child.pos}"


def _governor_signs(article: Article, i: int) -> Iterator[str]:
    path = article.tokens[i].dep
    for up, head in enumerate(islice(ancestors(article, i), UP), 1):
        governor, helping = article.tokens[head], _auxiliaries(article, head)
        yield f"up{up}={governor.lemma}"
        if up <= NEAR:
            yield f"up{up}={path}|{governor.lemma}"
            yield f"up{up}={path}|{governor.tag}"
        if up == 1:
            subject = _subject(article, head)
            yield f"up-dep={governor.dep}"
            yield f"up-subject={subject}"
            yield f"up-subject={subject}|{governor.lemma}"
            yield f"up-auxes={'|'.join(helping)}|{governor.tag}"
        for word in helping:
            yield f"up{up}-aux={word}"
            yield f"up-aux={word}"
        if children(article, head, "neg"):
            yield f"up{up}-neg"
            yield "up-neg"
        for j in children(article, head, "mark", "advmod"):
            yield f"up{min(up, NEAR)}-mark={article.tokens[j].lower}"
        path = f"{path}>{governor.dep}"
        if up <= PATHS:
            yield f"path={path}"


def _sentence_signs(article: Article, token: Token) -> Iterator[str]:
    sentence = article.sentences[token.sentence]
    words = article.tokens[sentence.first : sentence.last]
    here = token.i - sentence.first
    yield f"first={words[0].lower}"
    yield f"end={words[-1].lower}"
    yield f"quoted={sum(word.lower in QUOTES for word in words[:here]) % 2}"
    yield f"long={min(len(words) // STEP, LONGEST)}"
    if any(word.lower == "?" for word in words):
        yield "asked"
    yield from sorted({f"tense={word.tag}" for word in words if word.tag in TENSES})
    yield from sorted({f"modal={word.lower}" for word in words if word.tag == "MD"})
    yield from sorted({f"telling={word.lower}" for word in words if word.lower in TELLING})
    near = {step: words[here + step] for step in (-2, -1, 0, 1) if 0 <= here + step < len(words)}
    yield from (f"near{step}={word.lower}" for step, word in near.items() if step)
    yield "near=" + "|".join(near[step].lower if step in near else "-" for step in (-2, -1))
    yield "tags=" + "|".join(near[step].tag if step in near else "-" for step in (-1, 0, 1))
    root = next(reversed(list(ancestors(article, token.i))), None)
    yield f"root={'-' if root is None else article.tokens[root].lemma}"
