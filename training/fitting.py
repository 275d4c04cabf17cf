"""Fitting the typer: rows with targets and weights, batches of like length, the optimiser, prediction."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from network import TyperNetwork, load_minilm
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Row:
    """One training item: word pieces, a target distribution over groups of labels, and its weight.

    ``target`` gives each label the probability it should get. ``merged`` says that only the sum of CONCEDE
    and RETREAT is known.
    """

    ids: tuple[int, ...]
    target: tuple[float, ...]
    weight: float = 1.0
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """How one network is fitted; learning rates are those of AdamW at their peak.

    ``layer_decay`` is the factor from one layer's rate to that of the layer below. ``average`` is the last
    share of the steps over which the weights are averaged; 0 takes the last weights.
    """

    epochs: int = 8
    batch: int = 32
    rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    smoothing: float = 0.05
    dropout: float = 0.1
    head_dropout: float = 0.2
    weight_decay: float = 0.01
    warmup: float = 0.1
    average: float = 0.0


def seed_all(seed: int) -> None:
    """Set every seed that fitting draws from."""
    random.seed(seed)
    torch.manual_seed(seed)


def new_network(labels: int, weights: Path, settings: Settings, seed: int) -> TyperNetwork:
    """Return MiniLM with fresh marks and head."""
    seed_all(seed)
    network = TyperNetwork(labels, dropout=settings.dropout, head_dropout=settings.head_dropout)
    load_minilm(network, weights)
    return network


def _groups(network: TyperNetwork, settings: Settings) -> list[dict[str, object]]:
    """Return the parameters with their rates: lower layers learn more slowly, word embeddings not at all."""
    for part in (network.words, network.positions, network.norm):
        part.requires_grad_(requires_grad=False)
    network.kind.requires_grad_(requires_grad=False)
    depth = len(network.layers)
    groups: list[dict[str, object]] = [
        {"params": list(network.head.parameters()), "lr": settings.head_rate},
        {"params": [network.marks], "lr": settings.head_rate, "weight_decay": 0.0},
    ]
    for n, layer in enumerate(network.layers):
        rate = settings.rate * settings.layer_decay ** (depth - 1 - n)
        groups.append({"params": list(layer.parameters()), "lr": rate})
    return groups


def batches(rows: Sequence[Row], size: int) -> Iterator[list[Row]]:
    """Yield all rows once in random order, in batches of like length."""
    order = random.sample(range(len(rows)), len(rows))
    stretch = size * 16
    made = []
    for start in range(0, len(order), stretch):
        near = sorted(order[start : start + stretch], key=lambda n: len(rows[n].ids))
        made += [near[k : k + size] for k in range(0, len(near), size)]
    random.shuffle(made)
    for batch in made:
        yield [rows[n] for n in batch]


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Return the rows as one tensor, zeros after the shorter ones."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])


def loss_of(scores: Tensor, rows: Sequence[Row], smoothing: float, pair: tuple[int, int]) -> Tensor:
    """Return the weighted cross-entropy; where CONCEDE and RETREAT are not told apart, of their sum."""
    logs = torch.log_softmax(scores.float(), dim=1)
    target = torch.tensor([row.target for row in rows])
    smooth = target * (1 - smoothing) + smoothing / target.shape[1]
    plain = -(smooth * logs).sum(1)
    both = torch.logsumexp(logs[:, list(pair)], dim=1)
    rest = smooth.clone()
    rest[:, list(pair)] = 0
    merged = -(rest * logs).sum(1) - smooth[:, list(pair)].sum(1) * both
    chosen = torch.where(torch.tensor([row.merged for row in rows]), merged, plain)
    weight = torch.tensor([row.weight for row in rows])
    return (chosen * weight).sum() / len(rows)


def fit(
    network: TyperNetwork, rows: Sequence[Row], settings: Settings, *, seed: int, pair: tuple[int, int]
) -> TyperNetwork:
    """Fit the network to the rows and return it, ready to predict."""
    seed_all(seed)
    optimiser = torch.optim.AdamW(_groups(network, settings), weight_decay=settings.weight_decay)
    total = settings.epochs * -(-len(rows) // settings.batch)
    rise = max(1, int(total * settings.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / rise, max(0.0, (total - n) / max(1, total - rise)))
    )
    trained = [p for p in network.parameters() if p.requires_grad]
    network.train()
    sums = [torch.zeros_like(p) for p in trained]
    step, taken = 0, 0
    for _ in range(settings.epochs):
        for batch in batches(rows, settings.batch):
            with torch.autocast("cpu", torch.bfloat16):
                scores = network(padded([row.ids for row in batch]))
            loss = loss_of(scores, batch, settings.smoothing, pair)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if settings.average and step >= total * (1 - settings.average) and step % AVERAGE_EVERY == 0:
                torch._foreach_add_(sums, [p.detach() for p in trained])
                taken += 1
    if taken:
        with torch.no_grad():
            for p, total_of in zip(trained, sums, strict=True):
                p.copy_(total_of / taken)
    network.eval()
    return network


# Weights are averaged every so many steps over the last stretch of fitting (``Settings.average``).
AVERAGE_EVERY = 10


def predict(network: TyperNetwork, rows: Sequence[Sequence[int]], size: int = 64) -> Tensor:
    """Return the scores of each row, in order, in full precision."""
    order = sorted(range(len(rows)), key=lambda n: len(rows[n]))
    network.eval()
    found: list[Tensor] = [torch.empty(0)] * len(rows)
    with torch.no_grad():
        for start in range(0, len(order), size):
            batch = order[start : start + size]
            for n, scores in zip(batch, network(padded([rows[n] for n in batch])), strict=True):
                found[n] = scores
    return torch.stack(found)
