"""What pronouns stand for besides actors: things, and nothing at all ("it is clear that", "it rained")."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge.actors import ActorKnowledge
from dragoman.reading import tree
from dragoman.reading.article import Article, Token

PLACES_IN_A_CLAUSE = frozenset(
    {"nsubj", "nsubjpass", "dobj", "dative", "attr", "pobj", "conj", "poss", "ROOT"}
)
# Entities that nothing refers back to.
MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"})
COPULA = "be"
CLAUSES = ("ccomp", "xcomp", "advcl", "csubj")


def nouns(article: Article, first: int, last: int, *, plural: bool) -> Iterator[Token]:
    """Yield the nouns between two tokens that a pronoun of that number may stand for, whoever or whatever they are."""
    tags = {"NNS", "NNPS"} if plural else {"NN", "NNP"}
    for token in article.tokens[first:last]:
        if token.tag in tags and token.dep in PLACES_IN_A_CLAUSE and token.entity not in MEASURES:
            yield token


def described(article: Article, i: int) -> str:
    """Return a noun with the words that qualify it on its left, without determiner: "black voters"."""
    first = min([i, *tree.children(article, i, "amod", "compound", "nmod", "poss", "nummod")])
    while article.tokens[first].dep in {"poss", "compound"} and (
        left := [j for j in article.children[first] if j < first]
    ):
        first = min(left)
    if article.tokens[first].dep == "det":
        first += 1
    return article.span(first, i + 1).text


class Idle:
    """Tells where "it" stands for nothing that can be named."""

    def __init__(self, article: Article, knowledge: ActorKnowledge) -> None:
        """Take the words of ``reference-words.tsv`` that have "it" as a dummy."""
        self._article = article
        self._words = knowledge.words

    def __call__(self, token: Token, *, opens_quote: bool) -> bool:
        """Say whether the "it" is empty; at the start of a quote "it is ..." is the matter at hand."""
        verb = self._article.tokens[token.head]
        if self._is_anybody(token):
            return True
        if token.lower != "it":
            return False
        if token.dep == "expl":
            return True
        if token.dep in tree.OBJECTS:
            return verb.lemma in self._words["it_object"] or self._small_clause(verb.i, token.i)
        if token.dep not in tree.SUBJECTS:
            return False
        if verb.lemma in self._words["it_subject"]:
            return True
        if verb.lemma != COPULA:
            return bool(tree.children(self._article, verb.i, "csubj")) or (
                verb.tag == "VBN" and bool(tree.children(self._article, verb.i, "ccomp"))
            )
        return opens_quote or self._judged(verb.i)

    def _is_anybody(self, token: Token) -> bool:
        """Say whether a pronoun is one half of "his or her": nobody in particular."""
        tokens = self._article.tokens
        around = [(token.i + 1, token.i + 2), (token.i - 1, token.i - 2)]
        pairs = [
            (tokens[a].lower, tokens[b].tag) for a, b in around if min(a, b) >= 0 and max(a, b) < len(tokens)
        ]
        return any(between in {"or", "/"} and tag.startswith("PRP") for between, tag in pairs)

    def _judged(self, be: int) -> bool:
        """Say whether what "is" so is a clause: "it is clear that", "it is hard to", "it was a mistake to", "it was X who"."""
        below = tree.children(self._article, be, "acomp", "attr", "advmod", "prep")
        if tree.children(self._article, be, *CLAUSES) and below:
            return True
        return any(
            tree.children(self._article, j, "ccomp", "xcomp", "relcl", "acl")
            and self._article.tokens[j].pos in {"ADJ", "NOUN", "PROPN", "ADV"}
            for j in below
        )

    def _small_clause(self, verb: int, it: int) -> bool:
        """Say whether "it" holds the place of a clause: "make it hard to", "find it strange that"."""
        after = [j for j in self._article.children[verb] if j > it]
        return any(self._article.tokens[j].dep in {"oprd", "acomp"} for j in after) and any(
            self._article.tokens[j].dep in CLAUSES for j in after
        )
