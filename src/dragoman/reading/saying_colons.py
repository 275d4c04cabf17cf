"""Speakers named before a colon: "MATTHEWS: Did he call?", "Minister: we will not leave", "Poll: most back the deal".

Transcripts and headlines tell so. The name opens its paragraph and has no verb; what follows, to the end of the paragraph, is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge.cues import Cues
from dragoman.reading.article import Article, Saying, Sentence, TokenRange
from dragoman.reading.sayings import make_saying
from dragoman.reading.sources import can_speak, is_document, source_mention

# A name with its title is no longer than this. Tokens.
LONGEST_NAME = 8
STANCE = "states"
# A name has no verb, and does not count ("Two neighbours, one flood: …" is a heading).
NO_NAME = frozenset({"VERB", "AUX", "NUM"})
NAMING = frozenset({"NOUN", "PROPN"})


def by_colon(article: Article, cues: Cues) -> Iterator[Saying]:
    """Yield what the speakers before colons say; the cue is the colon."""
    for number, sentence in enumerate(article.sentences):
        before = article.sentences[number - 1] if number else None
        if before is None or before.paragraph != sentence.paragraph:
            yield from _opened(article, cues, sentence)


def _opened(article: Article, cues: Cues, sentence: Sentence) -> Iterator[Saying]:
    bound = min(sentence.last, sentence.first + LONGEST_NAME + 1)
    colon = next((i for i in range(sentence.first + 1, bound) if article.tokens[i].lower == ":"), None)
    if colon is None:
        return
    name = range(sentence.first, colon)
    heads = [i for i in name if article.tokens[i].pos in NAMING and article.tokens[i].head not in name]
    heads = heads or [i for i in name if article.tokens[i].pos in NAMING][-1:]
    if not heads or any(article.tokens[i].pos in NO_NAME for i in name):
        return
    if not (can_speak(article, cues, heads[0]) or is_document(article, cues, heads[0])):
        return
    last = sentence.last
    for following in article.sentences[sentence.index + 1 :]:
        if following.paragraph != sentence.paragraph:
            break
        last = following.last
    reach = source_mention(article, cues, heads[0])
    inside = TokenRange(max(reach.tokens.first, sentence.first), min(reach.tokens.last, colon), heads[0])
    source = type(reach)(inside, reach.actor, reach.kind)
    yield from make_saying(
        article, source, TokenRange(colon, colon + 1, colon), set(range(colon + 1, last)), STANCE
    )
