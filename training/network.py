"""The network of the typer: the six layers of MiniLM, pooled over the sentence and at the two marks."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, INNER, LAYERS, VOCABULARY, POSITIONS = 384, 12, 1536, 6, 30522, 512
# Pieces 1 to 4 of the vocabulary are unused; here they mark where actor and recipient begin and end.
MARKS = 4
ACTOR_MARK, RECIPIENT_MARK = 1, 3


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does.

    Dropout falls on the second half only: drawing noise for the rest took a quarter of the time on a CPU.
    """

    def __init__(self, dropout: float) -> None:
        """Make a layer with random weights."""
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Return the next states, (batch, length, width); ``bias`` is added to the attention scores."""
        split = (states.shape[0], states.shape[1], HEADS, WIDTH // HEADS)
        query, key, value = (
            part(states).view(split).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        weights = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias, dim=-1)
        mixed = (weights @ value).transpose(1, 2).reshape(states.shape)
        states = self.attention_norm(states + self.out(mixed))
        return self.norm(states + self.dropout(self.down(functional.gelu(self.up(states)))))


class TyperNetwork(nn.Module):
    """Ids of word pieces, (batch, length), 0 as padding → scores of the labels, (batch, labels)."""

    def __init__(self, labels: int, *, dropout: float = 0.1, head_dropout: float = 0.1) -> None:
        """Make a network with random weights for so many labels."""
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.marks = nn.Parameter(torch.randn(MARKS, WIDTH) * 0.05)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.head_dropout = nn.Dropout(head_dropout)
        self.head = nn.Linear(3 * WIDTH, labels)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the scores (logits) of the labels."""
        return self.head(self.head_dropout(self.pooled(ids)))

    def pooled(self, ids: Tensor) -> Tensor:
        """Return the mean over the sentence and the states at the two opening marks, (batch, 3 · width)."""
        present = (ids != 0).to(torch.float32)
        embedded = torch.where(
            ((ids > 0) & (ids <= MARKS)).unsqueeze(-1),
            self.marks[(ids - 1).clamp(0, MARKS - 1)],
            self.words(ids),
        )
        states = embedded + self.positions.weight[: ids.shape[1]] + self.kind
        states = self.dropout(self.norm(states))
        bias = (1.0 - present)[:, None, None, :] * -10000.0
        for layer in self.layers:
            states = layer(states, bias)
        mean = (states * present.unsqueeze(-1)).sum(1) / present.sum(1, keepdim=True)
        return torch.cat([mean, _at(states, ids, ACTOR_MARK), _at(states, ids, RECIPIENT_MARK)], dim=1)


def _at(states: Tensor, ids: Tensor, mark: int) -> Tensor:
    """Return the states at the piece ``mark``, which stands once in each row."""
    return (states * (ids == mark).to(states.dtype).unsqueeze(-1)).sum(1)


def load_minilm(network: TyperNetwork, weights: Path) -> None:
    """Fill embeddings and layers from the safetensors file of all-MiniLM-L6-v2; the head stays random."""
    found = load_file(str(weights))
    with torch.no_grad():
        network.words.weight.copy_(found["embeddings.word_embeddings.weight"])
        network.positions.weight.copy_(found["embeddings.position_embeddings.weight"])
        network.kind.copy_(found["embeddings.token_type_embeddings.weight"][0])
        _copy(network.norm, found, "embeddings.LayerNorm")
        for n, layer in enumerate(network.layers):
            names = {
                "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                "out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
                "up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm",
            }  # fmt: skip
            for ours, theirs in names.items():
                _copy(getattr(layer, ours), found, f"encoder.layer.{n}.{theirs}")


def _copy(part: nn.Module, found: dict[str, Tensor], name: str) -> None:
    part.weight.copy_(found[f"{name}.weight"])
    part.bias.copy_(found[f"{name}.bias"])
