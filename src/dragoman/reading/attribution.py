"""Who says what: sources, the cues that tie them to what they say, and the tokens of that content.

Read from the parse: verbs of speech and thought with their clauses and quotes, nouns ("fears that"),
adverbs ("reportedly"), phrases ("according to"), documents that show or say something. Nested
sayings come out one by one; the content of the outer one holds the cue of the inner one. Not
attempted: free indirect speech, a speaker named only by a later sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dragoman.knowledge.cues import Cues, Phrase, SayCue, load_cues
from dragoman.reading.article import Article, Saying, SourceMention, TokenRange
from dragoman.reading.quotes import quoted
from dragoman.reading.sources import can_speak, is_document, publishers, source_mention
from dragoman.reading.stage import Stage
from dragoman.reading.tree import children, descendants, extent, is_infinitive, is_passive, objects, subjects

LOOSE = frozenset({",", ":", ";", ".", "-", "–", "—", "--"})
INNER_SOURCES = frozenset({"by", "from", "in", "among", "within", "across", "at"})
PREDICATIVE = frozenset({"as", "of", "for"})
TOPIC = {"about": "about", "against": "against", "for": "for-alone"}
# Conjunctions whose clause, when it follows what is said, belongs to it though the parse ties it to the verb.
INSIDE_MARKS = frozenset({"while", "because", "as", "if", "although", "though", "since", "unless", "until", "so", "after",
                          "before", "but", "once", "whereas"})  # fmt: skip
OPEN_NOUNS = frozenset({"claims", "fears"})
CONVERSATIONAL = frozenset({"i", "we", "you"})
CLAUSE_ENDS = frozenset({"ccomp", "relcl", "parataxis", "ROOT", "advcl", "acl", "pcomp"})


def find_sayings(article: Article, cues: Cues) -> tuple[Saying, ...]:
    """Return all sayings of the article, in the order of their cues."""
    quotes = quoted(article)
    found: list[Saying] = []
    for token in article.tokens:
        if token.pos in {"VERB", "AUX"} and token.dep not in {"amod", "compound", "aux", "auxpass"}:
            found.extend(_by_verb(article, cues, token.i, quotes))
        elif token.pos in {"NOUN", "PROPN"} and token.lemma in cues.say_nouns:
            found.extend(_by_noun(article, cues, token.i))
        elif token.dep == "advmod" and token.lower in cues.say_adverbs:
            found.extend(_by_adverb(article, cues, token.i))
    found.extend(_by_phrases(article, cues))
    found = [_whole_quotes(article, saying, quotes) for saying in found]
    found = _going_on(article, found, quotes)
    return tuple(sorted(found, key=_at))


def attribution_stage(cues: Cues | None = None) -> Stage:
    """Return the stage that finds sayings."""
    tables = cues or load_cues()

    def run(article: Article) -> Mapping[str, Any]:
        return {"sayings": find_sayings(article, tables)}

    return Stage("attribution", ("tokens", "sentences", "actors"), ("sayings",), run)


def ranges(article: Article, tokens: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return token positions as half-open ranges, without loose punctuation at their ends."""
    ordered = sorted(set(tokens))
    found: list[list[int]] = []
    for i in ordered:
        if found and (i == found[-1][1] or all(article.tokens[j].lower in LOOSE for j in range(found[-1][1], i))):
            found[-1][1] = i + 1
        else:
            found.append([i, i + 1])
    for piece in found:
        while piece[0] < piece[1] and article.tokens[piece[0]].lower in LOOSE:
            piece[0] += 1
        while piece[0] < piece[1] and article.tokens[piece[1] - 1].lower in LOOSE:
            piece[1] -= 1
    return tuple((first, last) for first, last in found if first < last)


def _saying(
    article: Article, source: SourceMention | None, cue: TokenRange, content: set[int], stance: str
) -> Iterator[Saying]:
    """Yield the saying, unless nothing is left to be said; source and cue are no content."""
    content = content - set(range(cue.first, cue.last))
    if source is not None:
        content -= set(range(source.tokens.first, source.tokens.last))
    if pieces := ranges(article, content):
        yield Saying(source, cue, pieces, "indirect", stance)


# --- verbs ---------------------------------------------------------------------------------------


def _verb_cue(article: Article, cues: Cues, i: int) -> SayCue | None:
    lemma = article.tokens[i].lemma
    for j in children(article, i, "prt", "acomp", "prep"):
        if cue := cues.say_verbs.get(f"{lemma} {article.tokens[j].lower}"):
            return cue
    return cues.say_verbs.get(lemma)


def _verb_words(article: Article, i: int) -> TokenRange:
    """Return the verb with its auxiliaries, negation and particle, where they stand together."""
    first, last = i, i + 1
    parts = children(article, i, "aux", "auxpass", "neg", "advmod")
    while first > 0 and first - 1 in parts:
        first -= 1
    while last in children(article, i, "prt"):
        last += 1
    return TokenRange(first, last, i)


def _by_verb(article: Article, cues: Cues, i: int, quotes: tuple[tuple[int, int], ...]) -> Iterator[Saying]:
    cue = _verb_cue(article, cues, i)
    if cue is None:
        return
    heads = _speakers(article, i)
    passive = _without_agent(article, i)
    if not passive and not _fits(article, cues, cue, heads):
        return
    if passive and not heads and not children(article, i, "ccomp", "csubjpass") and "passive" not in cue.takes:
        return
    content = _content(article, cue, i) or _bare_quote(article, cue, i, heads, quotes)
    source = source_mention(article, cues, heads[0]) if heads else None
    if source and cue.stance == "believes" and article.tokens[heads[0]].lower in CONVERSATIONAL:
        return
    if content:
        yield from _saying(article, source, _verb_words(article, i), content, cue.stance)
        if source is not None and is_document(article, cues, source.tokens.head):
            yield from _outer(article, cues, source, i, content)


def _speakers(article: Article, i: int) -> list[int]:
    """Return the heads of the source of the verb ``i``: subject, agent, or who is "quoted as saying"."""
    if _without_agent(article, i):
        return [k for j in children(article, i, "agent") for k in children(article, j, "pobj")]
    preposition = article.tokens[i].head
    if article.tokens[i].dep == "pcomp" and article.tokens[preposition].lower == "as":
        outer = article.tokens[preposition].head
        return subjects(article, outer) if is_passive(article, outer) else objects(article, outer)
    return subjects(article, i)


def _without_agent(article: Article, i: int) -> bool:
    """Say whether the verb is passive, also as a reduced clause ("a report published by"): no subject speaks."""
    token = article.tokens[i]
    reduced = token.tag == "VBN" and token.dep in {"acl", "advcl"} and not children(article, i, "aux")
    return reduced or is_passive(article, i)


def _fits(article: Article, cues: Cues, cue: SayCue, heads: list[int]) -> bool:
    """Say whether the subject is one that this verb asks for."""
    if not heads:
        return False
    if cue.source == "person":
        return can_speak(article, cues, heads[0])
    if cue.source == "document":
        return is_document(article, cues, heads[0])
    return article.tokens[heads[0]].tag != "EX"


def _below(article: Article, *heads: int) -> set[int]:
    return {k for j in heads for k in descendants(article, j)}


def _content(article: Article, cue: SayCue, i: int) -> set[int]:
    """Return the tokens of what is said, as far as the parse ties them to the verb."""
    found: set[int] = set()
    for j in article.children[i]:
        if _is_content(article, cue, i, j):
            found |= _below(article, j)
    found |= _predicated(article, cue, i)
    if found:
        return found | _trailing(article, cue, i, max(found))
    if "passive" in cue.takes and is_passive(article, i):
        for j in children(article, i, "xcomp"):
            return _below(article, j, *children(article, i, "nsubjpass"))
    token = article.tokens[i]
    aside = token.dep == "parataxis" or (
        token.dep == "advcl"
        and any(article.tokens[j].lower == "as" for j in children(article, i, "mark", "advmod"))
    )
    if aside and "clause" in cue.takes and not children(article, i, "xcomp", "dobj", "acomp", "attr"):
        return _below(article, token.head) - _below(article, i)
    return set()


def _trailing(article: Article, cue: SayCue, i: int, last: int) -> set[int]:
    """Return what follows the content and belongs to it, though the parse ties it to the verb ``i``."""
    if last < i:
        return set()
    later = [j for j in article.children[i] if j > last]
    if cue.source == "document":
        return _below(article, *later)
    clauses = [j for j in later if article.tokens[j].dep == "advcl"]
    marked = [
        j for j in clauses if any(article.tokens[k].lower in INSIDE_MARKS for k in children(article, j, "mark"))
    ]
    return _below(article, *marked)


def _is_content(article: Article, cue: SayCue, i: int, j: int) -> bool:
    """Say whether the dependent ``j`` of the verb ``i`` is what is said."""
    child = article.tokens[j]
    if child.dep in {"ccomp", "csubjpass"}:
        return bool(cue.takes & {"clause", "quote", "inf"})
    if child.dep == "xcomp":
        infinitive = is_infinitive(article, j) and "inf" in cue.takes
        return infinitive or (child.tag == "VBG" and "ing" in cue.takes)
    if child.dep == "dobj":
        return "object" in cue.takes and child.pos != "PRON"
    spoken_of = child.dep == "nsubjpass" and bool(children(article, i, "agent"))
    return spoken_of and "object" in cue.takes


def _predicated(article: Article, cue: SayCue, i: int) -> set[int]:
    """Return what is said of an object: "called it a mistake", "accused X of lying", "described X as"."""
    topics = [j for j in children(article, i, "prep") if TOPIC.get(article.tokens[j].lower) in cue.takes]
    said = [j for j in children(article, i, "prep") if article.tokens[j].lower in cue.takes & PREDICATIVE]
    if "as" in cue.takes:
        said += children(article, i, "oprd")
    holders = children(article, i, "dobj", "nsubjpass") if said else []
    return _below(article, *topics, *said, *holders)


def _bare_quote(
    article: Article, cue: SayCue, i: int, heads: list[int], quotes: tuple[tuple[int, int], ...]
) -> set[int]:
    """Return the quote that stands next to the verb when the parse ties nothing to it."""
    if "quote" not in cue.takes:
        return set()
    near = {i, *(k for head in heads for k in _below(article, head))}
    first, last = min(near), max(near) + 1
    sentence = article.sentences[article.tokens[i].sentence]
    for start, end in quotes:
        if start >= i and start - max(last, i + 1) <= 0:
            return set(range(start, end))
        between = range(i + 1, start)
        if start > i and start <= sentence.last and any(article.tokens[j].lower in {":", ","} for j in between[-1:]):
            return set(range(start, end))
        ended = end > sentence.first or article.tokens[end - 2].lower != "."
        if end <= i and 0 <= first - end <= 1 and ended:
            return set(range(start, end))
    return set()


def _outer(article: Article, cues: Cues, document: SourceMention, verb: int, content: set[int]) -> Iterator[Saying]:
    """Yield what the publisher of a document says: the document, with what it says."""
    head = document.tokens.head
    inner = set(range(document.tokens.first, document.tokens.last)) | content | {verb}
    for publisher, published in publishers(article, cues, head):
        source = source_mention(article, cues, publisher)
        cue = _verb_words(article, published) if published is not None else TokenRange(head, head + 1, head)
        said = inner - _below(article, publisher)
        yield from _saying(article, source, cue, said, "states")


# --- nouns, adverbs, phrases ---------------------------------------------------------------------


def _by_noun(article: Article, cues: Cues, i: int) -> Iterator[Saying]:
    cue = cues.say_nouns[article.tokens[i].lemma]
    content: set[int] = set()
    for j in children(article, i, "ccomp", "acl", "relcl"):
        if any(article.tokens[k].lower in {"that", "whether"} for k in children(article, j, "mark")):
            content |= _below(article, j)
    clausal = bool(content)
    if not clausal:
        said = [j for j in children(article, i, "prep") if article.tokens[j].lower in cue.takes & {"of", "for"}]
        content = _below(article, *said)
    if not content:
        return
    heads = _owners(article, cues, i, content)
    if not heads and not clausal and cue.stance not in OPEN_NOUNS:
        return
    source = source_mention(article, cues, heads[0]) if heads else None
    yield from _saying(article, source, TokenRange(i, i + 1, i), content, cue.stance)


def _owners(article: Article, cues: Cues, i: int, content: set[int]) -> list[int]:
    """Return the heads of those whose statement or fear the noun ``i`` is."""
    found = children(article, i, "poss")
    for j in children(article, i, "prep"):
        if j not in content and article.tokens[j].lower in INNER_SOURCES:
            found += [k for k in children(article, j, "pobj") if can_speak(article, cues, k)]
    head = article.tokens[i].head
    if not found and article.tokens[i].dep in {"dobj", "attr"} and article.tokens[head].lemma in cues.voicing:
        found = [j for j in subjects(article, head) if can_speak(article, cues, j)]
    return found


def _clause(article: Article, i: int) -> int:
    """Return the verb of the clause that ``i`` stands in."""
    while article.tokens[i].dep not in CLAUSE_ENDS or article.tokens[i].pos not in {"VERB", "AUX"}:
        if article.tokens[i].head == i:
            break
        i = article.tokens[i].head
    return i


def _by_adverb(article: Article, cues: Cues, i: int) -> Iterator[Saying]:
    content = _below(article, article.tokens[i].head)
    stance = cues.say_adverbs[article.tokens[i].lower]
    yield from _saying(article, None, TokenRange(i, i + 1, i), content, stance)


def _by_phrases(article: Article, cues: Cues) -> Iterator[Saying]:
    for phrase in cues.phrases:
        shape = {"preposition": _by_preposition, "speaker": _by_preposition, "of": _by_preposition, "possessor": _by_possessor}
        for token in article.tokens:
            if phrase.shape == "citing":
                if token.lemma == phrase.words[0] and token.tag == "VBG" and token.dep in {"advcl", "prep"}:
                    yield from _at_clause(article, cues, phrase, token.i, token.i + 1, objects(article, token.i))
            elif token.lower == phrase.words[0]:
                yield from shape[phrase.shape](article, cues, phrase, token.i)


def _by_preposition(article: Article, cues: Cues, phrase: Phrase, i: int) -> Iterator[Saying]:
    last = i + len(phrase.words)
    if tuple(token.lower for token in article.tokens[i:last]) != phrase.words:
        return
    heads = [j for j in article.children[last - 1] if article.tokens[j].dep == "pobj" and j >= last]
    if phrase.shape == "speaker":
        heads = [j for j in heads if can_speak(article, cues, j) or is_document(article, cues, j)]
    yield from _at_clause(article, cues, phrase, i, last, heads)


def _by_possessor(article: Article, cues: Cues, phrase: Phrase, i: int) -> Iterator[Saying]:
    for j in children(article, i, "pobj"):
        if article.tokens[j].lower == phrase.words[-1]:
            heads = [k for k in children(article, j, "poss") if can_speak(article, cues, k)]
            yield from _at_clause(article, cues, phrase, i, i + 1, heads)


def _at_clause(article: Article, cues: Cues, phrase: Phrase, i: int, last: int, heads: list[int]) -> Iterator[Saying]:
    """Yield the saying of a phrase whose content is the clause that it hangs on."""
    if not heads:
        return
    source = source_mention(article, cues, heads[0])
    governor = article.tokens[i].head
    opening = article.sentences[article.tokens[i].sentence].first == i
    clause = _clause(article, governor)
    if opening:
        while article.tokens[clause].head != clause:
            clause = article.tokens[clause].head
    content = _below(article, clause) - _below(article, i)
    if phrase.shape == "citing" and article.tokens[clause].lemma in cues.say_verbs:
        inner = _content(article, cues.say_verbs[article.tokens[clause].lemma], clause)
        content = inner - _below(article, i) or content
    yield from _saying(article, source, TokenRange(i, last, i), content, phrase.stance)


# --- quotes --------------------------------------------------------------------------------------


def _whole_quotes(article: Article, saying: Saying, quotes: tuple[tuple[int, int], ...]) -> Saying:
    """Let content that opens or ends in a quote take in all of that quote; say how much is quoted."""
    content = {i for first, last in saying.content for i in range(first, last)}
    cue = saying.cue.head if saying.cue else -1
    kept = set(content)
    for first, last in quotes:
        if content & set(range(first, last)) and not first <= cue < last:
            kept |= set(range(first, last))
    words = {i for i in kept if article.tokens[i].pos != "PUNCT"}
    inside = {i for first, last in quotes if not first <= cue < last for i in range(first, last)}
    kind = "direct" if words and words <= inside else "mixed" if words & inside else "indirect"
    return replace(saying, content=ranges(article, kept), kind=kind)


def _going_on(article: Article, found: list[Saying], quotes: tuple[tuple[int, int], ...]) -> list[Saying]:
    """Give each quote of whole sentences that no saying covers to the last speaker.

    In the speaker's own paragraph it becomes part of what was said; in the next one, and on while
    quotes follow, a saying of its own, without cue.
    """
    result = list(found)
    for first, last in quotes:
        outside = [saying for saying in found if not first <= _at(saying) < last]
        covered = {i for saying in outside for piece in saying.content for i in range(*piece)}
        opening = article.sentences[article.tokens[first].sentence]
        spoken = [
            k for k, saying in enumerate(result) if saying.source and saying.kind != "indirect" and _at(saying) < first
        ]
        if covered & set(range(first, last)) or first != opening.first or not spoken:
            continue
        k = max(spoken, key=lambda k: _at(result[k]))
        speaker = result[k]
        near = article.sentences[article.tokens[_at(speaker)].sentence].paragraph
        if opening.paragraph == near and speaker.cue:
            result[k] = replace(speaker, content=(*speaker.content, (first, last)))
        elif opening.paragraph - near <= 1:
            result.append(Saying(speaker.source, None, ((first, last),), "direct", speaker.stance))
    return result


def _at(saying: Saying) -> int:
    """Return the token where a saying stands: its cue, else the start of its content."""
    return saying.cue.head if saying.cue else saying.content[0][0]
