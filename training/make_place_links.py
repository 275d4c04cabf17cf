"""Make the judge of which place is an event's: one command. See README.md beside this file.

python training/make_place_links.py --sets ../shared/eval --work build/places
"""

from __future__ import annotations

import argparse
import pickle
from dataclasses import replace
from pathlib import Path

import linear
from make_places import tell_of_changed_inputs

from dragoman.config import ReaderConfig
from dragoman.evaluate.event_places import EventPlace, read_event_places
from dragoman.model.document import Document
from dragoman.reading.article import Article
from dragoman.reading.chain import build_chain
from dragoman.reading.linking import PLACE_JUDGE
from dragoman.reading.place_links import pair_features

SET = "event-location/items.jsonl"
# Inverse of the L2 penalty: of 0.03, 0.1, 0.3 and 1 the best on the even items, by little.
STRENGTH = 0.1
HERE, ELSEWHERE = "here", "elsewhere"


def read_items(sets: Path, work: Path) -> list[tuple[EventPlace, Article]]:
    """Return the first, third, fifth … item, each read as far as actors; they are kept in ``work``."""
    items = read_event_places(sets / SET)[::2]
    kept = work / "event-places.pickle"
    if not kept.exists():
        chain = build_chain(ReaderConfig())
        articles = []
        for parsed in chain.parser.parse(Article(Document(text=item.text)) for item in items):
            article = parsed
            for stage in chain.stages:
                if "triggers" in stage.gives:
                    break
                article = replace(article, **stage.run(article))
            articles.append(article)
        kept.write_bytes(pickle.dumps(articles, protocol=5))
    return list(zip(items, pickle.loads(kept.read_bytes()), strict=True))  # noqa: S301 - our own file


def rows(item: EventPlace, article: Article) -> tuple[list[set[str]], list[str]]:
    """Return the features and labels of the pairs of an item's event and the places in its sentence."""
    features, labels = [], []
    anchors = [t.i for t in article.tokens for start, end in item.events if t.start < end and start < t.end]
    for mention in article.places if anchors else ():
        if article.tokens[mention.tokens.head].sentence != article.tokens[anchors[0]].sentence:
            continue
        here = any(mention.place.start < end and start < mention.place.end for start, end in item.places)
        features.append(pair_features(article, anchors[0], mention))
        labels.append(HERE if here else ELSEWHERE)
    return features, labels


def main() -> None:
    """Make the judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=Path, required=True, help="the folder of development sets")
    parser.add_argument("--work", type=Path, required=True, help="a folder for what is read")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    tell_of_changed_inputs(given.sets)
    features: list[set[str]] = []
    labels: list[str] = []
    for item, article in read_items(given.sets, given.work):
        more, their = rows(item, article)
        features += more
        labels += their
    linear.write(linear.fit(features, labels, strength=STRENGTH), PLACE_JUDGE)
    print(f"{len(labels)} pairs, {labels.count(HERE)} of them where it happened")


if __name__ == "__main__":
    main()
