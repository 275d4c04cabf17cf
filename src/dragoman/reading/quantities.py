"""The stage that finds quantities: how many of what."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.knowledge.quantities import QuantityWords, load_quantities
from dragoman.model.quantity import Quantity
from dragoman.reading.article import Article, QuantityMention, Sentence, TokenRange
from dragoman.reading.counting.amounts import Found, amount_at
from dragoman.reading.counting.counted import Counted, counted_by
from dragoman.reading.stage import Stage


def find_quantities(article: Article, words: QuantityWords | None = None) -> tuple[QuantityMention, ...]:
    """Return the quantities of an article, in order of the text.

    A quantity runs from the first word that bounds the number to the counted noun ("at least two ballistic
    missiles"); its head is that noun. ``what`` is the noun in the singular with its modifiers, an ISO 4217
    code for money, ``percent``, or ``person`` where a casualty verb leaves the noun out ("killed 20"). Bounds:
    "at least 40", "more than 40" are 40 and up; "up to 50", "fewer than 50" are 0 to 50; "about 100" is 100.
    Not quantities: dates and durations (the ``times`` layer), ages, ordinals, scores, numbers that name
    ("Resolution 1701"), "five-nation". Accepted not to do: fractions ("two thirds"), sums over coordination.
    """
    known = words if words is not None else load_quantities()
    taken = {i for mention in article.times for i in range(mention.tokens.first, mention.tokens.last)}
    return tuple(
        mention for sentence in article.sentences for mention in _in_sentence(article, sentence, known, taken)
    )


def quantities_stage() -> Stage:
    """Return the stage: needs tokens, sentences and times, gives quantities."""
    return Stage("quantities", ("document", "tokens", "sentences", "times"), ("quantities",), _run)


def _run(article: Article) -> Mapping[str, tuple[QuantityMention, ...]]:
    return {"quantities": find_quantities(article)}


def _in_sentence(
    article: Article, sentence: Sentence, words: QuantityWords, taken: set[int]
) -> list[QuantityMention]:
    found = []
    i = sentence.first
    while i < sentence.last:
        amount = amount_at(article.tokens, i, sentence.last, words) if _may_start(article, i, words) else None
        if amount is None:
            i += 1
            continue
        counted = None
        if not taken.intersection(range(amount.first, amount.last)):
            counted = counted_by(article, amount, sentence.last, words)
        if counted is None:
            i = max(amount.last, i + 1)
            continue
        found.append(_mention(article, amount, counted))
        i = max(counted.last, amount.last)
    return found


def _may_start(article: Article, i: int, words: QuantityWords) -> bool:
    """Say whether token ``i`` can begin an amount; most cannot, and this is cheap."""
    token = article.tokens[i]
    lower = token.lower
    return (
        token.tag in {"CD", "$"}
        or lower in words.bounds
        or lower in words.vague
        or lower[0].isdigit()
        or (lower in {"between", "from"} or lower in words.numbers.small or lower in words.numbers.scale)
    )


def _mention(article: Article, amount: Found, counted: Counted) -> QuantityMention:
    first, last = counted.first, max(counted.last, amount.last)
    span = article.span(first, last)
    quantity = Quantity(span.start, span.end, span.text, counted.what, amount.low, amount.high)
    return QuantityMention(TokenRange(first, last, counted.head), quantity)
