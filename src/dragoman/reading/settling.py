"""The last word on factuality: between what the rules say and what a small trained network has seen people say.

The network scores how factual readers would find the event. Where the rules read it off words that leave no doubt (a
negation, "will", "if", "may", "refused"), they stand; elsewhere the score decides between actual, possible and
hypothetical, and whether what they hold to be denied is so. `knowledge/models/factuality.md` has what each is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.knowledge.cues import Cues
from dragoman.knowledge.network import Network, load_network
from dragoman.knowledge.tables import DATA
from dragoman.reading.article import Article
from dragoman.reading.fact_signs import inputs, signs
from dragoman.reading.modality import Verdict
from dragoman.reading.tree import children

MODEL = DATA.parent / "models" / "factuality.npz"
# Rules of plans that only guess: an infinitive of purpose may as well have been carried out.
GUESSED = frozenset({"factuality: purpose"})
# Rules that name words in the tables, or a question: what they hold to be possible or hypothetical is.
NAMED = ("embedders:", "modifiers:", "factuality: question")
# Kinds of modifiers, as rules end with them, and modal verbs that leave no doubt even where somebody speaks to somebody.
PLAIN_KINDS = ("[mark]", "[adverb]", "[adjective]", "[preposition]")
PLAIN_MODALS = ("modifiers: may[", "modifiers: might[")
NEGATION = "[negation]"
# Where somebody speaks of himself or to somebody ("I do not know what you want"), mostly no event is told of, and words
# are not taken at their face: there a negation stands only on an act that is told or announced.
IN_PERSON = frozenset({"i", "you", "we"})
TOLD = frozenset({"did", "had", "was", "were", "has", "have"})
ANNOUNCED = frozenset({"will", "wo", "'ll"})
# What stands in rules for a label that the network gave.
RULE = "model: factuality"


def settle(
    article: Article,
    i: int,
    verdict: Verdict,
    cues: Cues,
    above: Callable[[], Sequence[str]],
    *,
    network: Network | None = None,
) -> Verdict:
    """Return the verdict on the event word at ``i`` after the network was asked; the rules' own where they stand.

    ``above`` gives the rules' labels of the governors, nearest first; it is called only if the network is asked. An
    overruled verdict keeps its cue, and its rule after ``model: factuality``.
    """
    if is_plain(article, i, verdict, cues):
        return verdict
    network = network or load_network(MODEL)
    score = network.score(signs(article, i, verdict, above()), inputs(article, i))
    label = settled_label(verdict.label, score, network.cuts)
    return verdict if label == verdict.label else Verdict(label, verdict.cue, f"{RULE} over {verdict.rule}")


def settled_label(label: str, score: float, cuts: Sequence[float]) -> str:
    """Return the label for a score: below the first cut what is held to be denied is, then hypothetical, possible, actual."""
    denied, hypothetical, possible = cuts
    if label == "denied" and score < denied:
        return label
    if score < hypothetical:
        return "hypothetical"
    return "possible" if score < possible else "actual"


def is_plain(article: Article, i: int, verdict: Verdict, cues: Cues) -> bool:
    """Say whether the rules read the label off words that leave no doubt."""
    if verdict.label == "demanded":
        return True
    if verdict.label == "planned":
        return verdict.rule not in GUESSED
    in_person = _is_in_person(article, i)
    if verdict.label == "actual":
        return not in_person and _is_told(article, i)
    if verdict.label == "denied" and verdict.rule.endswith(NEGATION):
        return not in_person or _is_act_told(article, i, cues)
    if verdict.rule.endswith(PLAIN_KINDS) or verdict.rule.startswith(PLAIN_MODALS):
        return True
    if verdict.label == "denied":
        return verdict.rule in cues.cancelling
    return not in_person and verdict.rule.startswith(NAMED)


def _is_told(article: Article, i: int) -> bool:
    """Say whether the word is told as past or done, or the verb that asks for it: "managed to sign"."""
    told = _is_past(article, i)
    return told or (article.tokens[i].dep == "xcomp" and article.tokens[article.tokens[i].head].tag == "VBD")


def _is_act_told(article: Article, i: int, cues: Cues) -> bool:
    """Say whether it is an act, no state of mind, and told as past, or announced."""
    if _has(article, i, ANNOUNCED):
        return True
    return _is_past(article, i) and ("state", article.tokens[i].lemma) not in cues.modifiers


def _has(article: Article, i: int, words: frozenset[str]) -> bool:
    return any(article.tokens[j].lower in words for j in children(article, i, "aux", "auxpass"))


def _is_past(article: Article, i: int) -> bool:
    return article.tokens[i].tag == "VBD" or _has(article, i, TOLD)


def _is_in_person(article: Article, i: int) -> bool:
    sentence = article.sentences[article.tokens[i].sentence]
    return any(token.lower in IN_PERSON for token in article.tokens[sentence.first : sentence.last])
