"""What an amount counts: the noun after it, money, percent, or people where the noun is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.knowledge.quantities import QuantityWords
from dragoman.reading import tree
from dragoman.reading.article import Article
from dragoman.reading.counting.amounts import Found, phrase_at
from dragoman.reading.numbers import HYPHENS

PERSON = "person"
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
NOUN_TAGS = PLURAL_TAGS | {"NN", "NNP"}
MODIFIER_TAGS = frozenset({"JJ", "JJR", "JJS", "HYPH", "VBN", "VBG"})
# A counted noun stands at most this many tokens after its number ("two short-range ballistic missiles": 5).
REACH = 9
BARE_ROLES = frozenset({"dobj", "nsubj", "nsubjpass", "conj", "obj", "appos"})
DETERMINERS = frozenset({"DT", "PRP$", "PDT", "WDT"})
# Words between the number and the noun that say nothing about the noun.
SKIPPED = frozenset({"of", "more", "other", "additional", "further"})
KEPT_DETERMINERS = frozenset({"a", "an", "some"})
NEGATIVE_TAGS = frozenset({"PRP", "WP"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity's tokens ``first`` to ``last`` (excluded), its head token and what it counts."""

    first: int
    last: int
    head: int
    what: str


def counted_by(article: Article, amount: Found, end: int, words: QuantityWords) -> Counted | None:
    """Return what the amount counts; None when it counts nothing (a name, an age, a score)."""
    first = _own_first(article, amount)
    if _is_name(article, amount, words):
        return None
    found = _money(article, amount, end, words) or _percent(article, amount, end, words)
    if found is None and (not amount.tied or article.tokens[amount.last - 1].tag == "NNS"):
        found = _noun(article, amount, end, words) or _people(article, amount, end, words)
    return Counted(first, found.last, found.head, found.what) if found else None


def _own_first(article: Article, amount: Found) -> int:
    """Leave determiners outside the quantity ("the 20 soldiers" is "20 soldiers"), but not "a dozen", "some 20"."""
    for i in range(amount.first, amount.number):
        if article.tokens[i].tag not in DETERMINERS or article.tokens[i].lower in KEPT_DETERMINERS:
            return i
    return amount.number


def _is_name(article: Article, amount: Found, words: QuantityWords) -> bool:
    """Say whether the number belongs to a word before it: "Resolution 1701", "aged 12", "F-16", "Apollo 11"."""
    if amount.vague:
        return False
    at = amount.first
    if at == 0 or article.tokens[at - 1].sentence != article.tokens[at].sentence:
        return False
    before = article.tokens[at - 1]
    if before.lower in words.nouns["numbered"]:
        return True
    if before.lower in HYPHENS | {".", ":", "/"} and before.end == article.tokens[at].start:
        return True
    head = article.tokens[amount.number].head
    return (
        before.pos == "PROPN"
        and head in {before.i, before.head}
        and before.dep in {"compound", "nmod"} | BARE_ROLES
    )


def _money(article: Article, amount: Found, end: int, words: QuantityWords) -> Counted | None:
    """Read "$3 million" and "500 million euros"."""
    after = phrase_at(article.tokens, amount.last, end, words.currencies)
    if (
        after is not None
        and article.tokens[amount.last].tag in NOUN_TAGS | {"$"}
        and not _is_weight(article, after[1], words)
    ):
        return Counted(amount.first, after[1], after[1] - 1, after[0])
    for i in range(amount.first, amount.last):
        if article.tokens[i].tag == "$" or not article.tokens[i].lower[0].isalnum():
            code = phrase_at(article.tokens, i, end, words.currencies)
            if code is not None:
                return Counted(amount.first, amount.last, amount.number, code[0])
    return _named_money(article, amount, end, words)


def _named_money(article: Article, amount: Found, end: int, words: QuantityWords) -> Counted | None:
    """Read a currency by its noun, in the plural too ("2,000 Canadian dollars")."""
    for length in (2, 1):
        last = amount.last + length
        if last > end or article.tokens[last - 1].tag not in NOUN_TAGS:
            continue
        name = (
            *(token.lower for token in article.tokens[amount.last : last - 1]),
            article.tokens[last - 1].lemma,
        )
        for phrase in words.currencies.get(name[0], ()):
            if phrase.tokens == name and not _is_weight(article, last, words):
                return Counted(amount.first, last, last - 1, phrase.value)
    return None


def _is_weight(article: Article, last: int, words: QuantityWords) -> bool:
    """Say whether the word before token ``last`` is a weight here, not a currency ("40 pounds of explosives")."""
    weighs = article.tokens[last - 1].lemma in words.nouns["measure"]
    return weighs and last < len(article.tokens) and article.tokens[last].lower == "of"


def _percent(article: Article, amount: Found, end: int, words: QuantityWords) -> Counted | None:
    for length in (2, 1):
        last = amount.last + length
        name = " ".join(token.lower for token in article.tokens[amount.last : last])
        if last <= end and name in words.nouns["percent"]:
            return Counted(amount.first, last, last - 1, "percent")
    return None


def _noun(article: Article, amount: Found, end: int, words: QuantityWords) -> Counted | None:
    """Find the counted noun: the governor of the number, or the noun after "of"."""
    head = _governed_noun(article, amount, end)
    if head is None:
        head = _after_of(article, amount, end)
    if head is None:
        return None
    token = article.tokens[head]
    if token.lemma in words.nouns["time_unit"] or token.lower in words.nouns["people_word"]:
        return None
    plural = token.tag in PLURAL_TAGS or token.lower in words.nouns["same_plural"]
    one = amount.low == amount.high == 1
    if not plural and not one:
        return None
    if amount.dashed and not plural:
        return None
    what = _singular(article, _modifiers_from(article, amount.last, head), head)
    return Counted(amount.first, head + 1, head, what)


def _governed_noun(article: Article, amount: Found, end: int) -> int | None:
    """Follow the number up to the noun after it; else take the end of the noun group that follows."""
    for start in (amount.number, amount.last - 1):
        i = start
        for _ in range(3):
            i = article.tokens[i].head
            if amount.last <= i < min(end, amount.last + REACH) and article.tokens[i].tag in NOUN_TAGS:
                return i if _same_group(article, amount.last, i) else None
    return _following_group(article, amount, end)


def _following_group(article: Article, amount: Found, end: int) -> int | None:
    """Return the last noun of the noun group right after the amount, where the tree does not tell."""
    noun = None
    for i in range(amount.last, min(end, amount.last + REACH)):
        tag = article.tokens[i].tag
        if tag not in NOUN_TAGS | MODIFIER_TAGS or (i == amount.last and tag == "VBG"):
            break
        noun = i if tag in NOUN_TAGS else noun
    return noun


def _same_group(article: Article, first: int, head: int) -> bool:
    """Say whether only modifiers stand between the number and the noun."""
    return all(
        article.tokens[i].pos not in {"VERB", "AUX", "ADP", "PUNCT", "SCONJ", "PRON"}
        or article.tokens[i].tag in {"HYPH", "VBN", "VBG", ","}
        for i in range(first, head)
    )


def _after_of(article: Article, amount: Found, end: int) -> int | None:
    """Return the noun of "20 of the soldiers", "dozens of people"."""
    at = amount.last - 1 if article.tokens[amount.last - 1].lower == "of" else amount.last
    if at >= end or article.tokens[at].lower != "of":
        return None
    for i in tree.children(article, at, "pobj"):
        if at < i < at + REACH and article.tokens[i].tag in NOUN_TAGS:
            return i
    return None


def _modifiers_from(article: Article, i: int, head: int) -> int:
    """Step over "of the 20" before the modifiers."""
    while i < head and (article.tokens[i].lower in SKIPPED or article.tokens[i].tag in DETERMINERS | {"CD"}):
        i += 1
    return i


def _singular(article: Article, first: int, head: int) -> str:
    """Return the noun in the singular with the modifiers before it, as they stand in the text."""
    token = article.tokens[head]
    noun = token.lemma if token.tag in {"NN", "NNS"} else token.text
    if token.tag == "NNPS" and noun.endswith("s"):
        noun = noun[:-1]
    if token.lower == "people":
        noun = PERSON
    before = article.document.text[article.tokens[first].start : token.start] if first < head else ""
    return " ".join(f"{before}{noun}".split())


def _people(article: Article, amount: Found, end: int, words: QuantityWords) -> Counted | None:
    """Read "20 dead", and "killed 20, wounded 30" where a casualty verb says that people are counted."""
    if article.tokens[amount.number].tag in NEGATIVE_TAGS or amount.dashed:
        return None
    nouns = words.nouns
    last = amount.last
    if last < end and article.tokens[last].lower in nouns["people_word"]:
        word = article.tokens[last]
        if (
            word.lower in {"others", "other", "more"}
            and not _casualty(article, last, nouns)
            and not _casualty(article, amount.number, nouns)
        ):
            return None
        return Counted(amount.first, last + 1, last, PERSON)
    if _casualty(article, amount.number, nouns):
        return Counted(amount.first, last, amount.number, PERSON)
    return None


def _casualty(article: Article, i: int, nouns: Mapping[str, frozenset[str]]) -> bool:
    """Say whether the number is what a casualty verb does harm to, or what a toll amounts to."""
    token = article.tokens[i]
    for _ in range(3):
        head = article.tokens[token.head]
        if token.dep in BARE_ROLES and head.lemma in nouns["casualty_verb"]:
            return True
        if token.dep in {"pobj", "prep"} and head.pos in {"ADP", "VERB"}:
            if head.pos == "VERB":
                return any(
                    article.tokens[j].lemma in nouns["toll"] for j in tree.own_subjects(article, head.i)
                )
            token = head
        elif token.dep == "conj":
            token = head
        else:
            return False
    return False
