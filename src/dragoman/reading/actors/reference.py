"""The stage that resolves what refers back within the article: pronouns and definite descriptions.

Nothing is ever resolved across articles. "It" without a referent stays out, and "we" that no body or group says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dragoman.knowledge.actors import ActorKnowledge
from dragoman.reading.actors.acronyms import spelled_out
from dragoman.reading.actors.descriptions import Descriptions
from dragoman.reading.actors.discourse import Discourse
from dragoman.reading.actors.pronouns import Pronouns
from dragoman.reading.article import ActorMention, Article
from dragoman.reading.stage import Stage


def resolve_references(article: Article, knowledge: ActorKnowledge) -> tuple[ActorMention, ...]:
    """Return the mentions with acronyms, pronouns and definite descriptions added or resolved, in order."""
    article = replace(article, actors=spelled_out(article))
    discourse = Discourse(article, knowledge)
    descriptions = Descriptions(discourse)
    pronouns = Pronouns(discourse)
    waiting = {mention.tokens.head: mention for mention in article.actors}
    done: list[ActorMention] = []
    for token in article.tokens:
        found = waiting.get(token.i)
        described = descriptions.described(token, found) or descriptions.owned_by_pronoun(token, found)
        mention = described or found or pronouns.resolve(token)
        if mention is not None:
            done.append(mention)
            discourse.remember(mention)
    at = {mention.tokens.head: mention for mention in done}
    done += [mention for token in article.tokens if (mention := pronouns.spoken(token, at)) is not None]
    return tuple(
        sorted((descriptions.of_several(mention, at) for mention in done), key=lambda m: m.tokens.first)
    )


def reference_stage(knowledge: ActorKnowledge) -> Stage:
    """Return the stage that resolves references within the article."""

    def run(article: Article) -> Mapping[str, Any]:
        return {"actors": resolve_references(article, knowledge)}

    return Stage("reference", ("tokens", "sentences", "actors", "sayings"), ("actors",), run)


def pronouns_stage(knowledge: ActorKnowledge) -> Stage:
    """Return the stage that resolves pronouns only, for actors that are not from our own tables.

    Descriptions ("the president") would bring in our own codes.
    """

    def run(article: Article) -> Mapping[str, Any]:
        discourse = Discourse(article, knowledge)
        pronouns = Pronouns(discourse)
        done = list(article.actors)
        waiting = {mention.tokens.head: mention for mention in article.actors}
        for token in article.tokens:
            mention = waiting.get(token.i)
            if mention is None and (mention := pronouns.resolve(token)) is not None:
                done.append(mention)
            if mention is not None:
                discourse.remember(mention)
        return {"actors": tuple(sorted(done, key=lambda m: m.tokens.first))}

    return Stage("pronouns", ("tokens", "sentences", "actors"), ("actors",), run)
