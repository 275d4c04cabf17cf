"""Make the judge of toponyms and the weights of the places' scores: one command. See README.md beside this file.

python training/make_places.py --sets ../shared/eval --work build/places
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import linear
import numpy as np
from scipy.optimize import minimize

from dragoman.evaluate.event_places import EventPlace, read_event_places
from dragoman.evaluate.place_measures import NEAR
from dragoman.evaluate.places import Located, PlaceArticle, read_place_articles
from dragoman.knowledge.gazetteer import Candidate, Gazetteer, open_gazetteer
from dragoman.knowledge.linear import load_linear
from dragoman.knowledge.place_words import place_words
from dragoman.merging.likeness import distance_km
from dragoman.model.document import Document
from dragoman.model.span import Span
from dragoman.reading.article import Article
from dragoman.reading.parse import Parser
from dragoman.reading.place_scores import SCORES, WEIGHTS
from dragoman.reading.places import JUDGE, Tools, situations
from dragoman.reading.toponym_spans import Offer, Surroundings, offered_spans
from dragoman.reading.toponyms import PLACE, find_toponyms, found_by_rules, is_road

SETS = ("geoparsing/lgl.xml", "geoparsing/GeoVirus.xml")
EVENTS = "event-location/items.jsonl"
# How much an offer of the events' items counts beside one of the articles, and the labels of what is no place there.
EVENT_WEIGHT = 0.5
NO_PLACES = frozenset({"PERSON", "NORP"})
# Inverse of the L2 penalty of the judge; of 0.1, 0.3 and 1 the best on articles kept back, by little.
STRENGTH = 0.3
# The weights set by hand before; each is drawn to its own where the articles say little (spaceports are not in them).
BY_HAND = {
    "prominence": 3.5, "feature_class": 1.25, "name_fit": 1.5, "kind_word": 10.0, "seat": 1.0, "class_word": 0.75,
    "containment": 3.5, "holding": 2.5, "country_support": 1.5, "division_support": 1.5, "closeness": 2.5,
}  # fmt: skip
# These speak against a candidate, all others for it; a weight of the other sign would be an accident of the articles.
AGAINST = frozenset({"alone", "foreign", "outlet_town"})
# How strongly they are drawn there: half the squared difference counts as this many nats.
PENALTY = 1.0
# The weights decide which places speak for others, so they are fitted again to what they gave.
ROUNDS = 2
NONE = "none"


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated article and its parse."""

    gold: PlaceArticle
    article: Article


def tell_of_changed_inputs(sets: Path) -> None:
    """Print a line for each input whose hash is not the one in ``places-inputs.sha256``."""
    listed = Path(__file__).with_name("places-inputs.sha256").read_text("utf-8")
    for value, name in (line.split("  ", 1) for line in listed.splitlines()):
        if hashlib.sha256((sets / name).read_bytes()).hexdigest() != value:
            print(f"{name} is not the file that the shipped weights were made from")


def tuning_part(sets: Path, work: Path) -> list[Read]:
    """Return the first, third, fifth … article of each set, parsed; parses are kept in ``work``."""
    found = []
    for name in SETS:
        gold = read_place_articles(sets / name)[::2]
        kept = work / f"{Path(name).stem}.pickle"
        if not kept.exists():
            articles = list(Parser().parse(Article(one.document) for one in gold))
            kept.write_bytes(pickle.dumps(articles, protocol=5))
        found += [Read(*pair) for pair in zip(gold, pickle.loads(kept.read_bytes()), strict=True)]  # noqa: S301 - our own file
    return found


def event_items(sets: Path, work: Path) -> list[tuple[EventPlace, Article]]:
    """Return the first, third, fifth … item of the events' places, parsed; parses are kept in ``work``."""
    items = read_event_places(sets / EVENTS)[::2]
    kept = work / "events.pickle"
    if not kept.exists():
        articles = list(Parser().parse(Article(Document(text=item.text)) for item in items))
        kept.write_bytes(pickle.dumps(articles, protocol=5))
    return list(zip(items, pickle.loads(kept.read_bytes()), strict=True))  # noqa: S301 - our own file


def offers_of(article: Article, gazetteer: Gazetteer) -> Iterator[tuple[Offer, set[str], Span]]:
    """Yield what may be a place in an article, its features and its characters."""
    words = place_words()
    offers = found_by_rules(article, gazetteer, words)
    taken = {i for offer in offers for i in range(offer.toponym.first, offer.toponym.last)}
    offers += offered_spans(article, gazetteer, words, taken)
    around = Surroundings(article, words)
    for offer in offers:
        if not is_road(article, offer.toponym, gazetteer, words):
            features = around.features(offer, gazetteer.find(offer.toponym.name))
            yield offer, features, article.span(offer.toponym.first, offer.toponym.last)


def make_judge(
    part: Sequence[Read], events: Sequence[tuple[EventPlace, Article]], gazetteer: Gazetteer
) -> None:
    """Fit the judge of toponyms and write it.

    Of the items only the places of events are marked: these are added, and what looks like a person or an
    organisation and is no event's place. Whatever else is named there may be a place or not.
    """
    items, labels, weights = [], [], []
    for one in part:
        for _, features, span in offers_of(one.article, gazetteer):
            items.append(features)
            labels.append(PLACE if _gold_at(one.gold, span.start, span.end) else NONE)
            weights.append(1.0)
    for item, article in events:
        for offer, features, span in offers_of(article, gazetteer):
            here = any(span.start < end and start < span.end for start, end in item.places)
            if here or article.tokens[offer.toponym.first].entity in NO_PLACES:
                items.append(features)
                labels.append(PLACE if here else NONE)
                weights.append(EVENT_WEIGHT)
    linear.write(linear.fit(items, labels, strength=STRENGTH, weights=weights), JUDGE)
    print(f"judge: {len(items)} offers, {labels.count(PLACE)} of them places")


def _gold_at(gold: PlaceArticle, start: int, end: int) -> Located | None:
    return next((place for place in gold.places if place.start < end and place.end > start), None)


def make_weights(part: Sequence[Read], gazetteer: Gazetteer) -> None:
    """Fit the weights of the scores, so that the right candidates of each name get the most, and write them."""
    tools = Tools(
        place_words(), load_linear(JUDGE), {f.__name__: BY_HAND.get(f.__name__, 0.0) for f in SCORES}
    )
    for _ in range(ROUNDS):
        names = [item for one in part for item in _names(one, gazetteer, tools)]
        fitted = _fit(names)
        weights = {function.__name__: float(w) for function, w in zip(SCORES, fitted, strict=True)}
        tools = replace(tools, weights=weights)
        print(f"weights: {len(names)} names with a choice")
    lines = [
        "# Made by training/make_places.py from the odd articles of LGL and GeoVirus; places.md is the card."
    ]
    lines += ["score\tweight", *(f"{name}\t{weight:.3f}" for name, weight in tools.weights.items())]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _names(one: Read, gazetteer: Gazetteer, tools: Tools) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield for each toponym with a right and a wrong candidate the scores of all, and which are right."""
    toponyms = find_toponyms(one.article, gazetteer, tools.words, tools.judge)
    for group, situation in situations(one.article, toponyms, gazetteer, tools):
        rows = None
        for toponym in group.toponyms:
            span = one.article.span(toponym.first, toponym.last)
            gold = _gold_at(one.gold, span.start, span.end)
            if gold is None or gold.lat is None:
                continue
            right = np.array([_is_near(found, gold) for found in group.candidates], dtype=bool)
            if right.any() and not right.all():
                if rows is None:
                    rows = np.array([[f(c, situation) for f in SCORES] for c in group.candidates])
                yield rows, right


def _is_near(found: Candidate, gold: Located) -> bool:
    if found.lat is None or found.lon is None or gold.lat is None or gold.lon is None:
        return False
    return distance_km((found.lat, found.lon), (gold.lat, gold.lon)) <= NEAR


def _fit(names: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Return the weights that make the right candidates likeliest, each name by itself (a conditional logit)."""
    bounds = [(None, 0.0) if function.__name__ in AGAINST else (0.0, None) for function in SCORES]
    by_hand = np.array([BY_HAND.get(function.__name__, 0.0) for function in SCORES])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        off = weights - by_hand
        total, slope = PENALTY * float(off @ off) / 2, PENALTY * off
        for rows, right in names:
            scores = rows @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            good = shares * right
            total -= float(np.log(good.sum() + 1e-12))
            slope = slope + shares @ rows - (good / (good.sum() + 1e-12)) @ rows
        return total, slope

    return minimize(loss, by_hand, jac=True, method="L-BFGS-B", bounds=bounds).x


def main() -> None:
    """Make both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=Path, required=True, help="the folder of development sets")
    parser.add_argument("--work", type=Path, required=True, help="a folder for parses")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    tell_of_changed_inputs(given.sets)
    part, gazetteer = tuning_part(given.sets, given.work), open_gazetteer()
    make_judge(part, event_items(given.sets, given.work), gazetteer)
    make_weights(part, gazetteer)


if __name__ == "__main__":
    main()
