from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.network import load_network


def arrays() -> dict[str, np.ndarray]:
    """Return a network of two features, one dense input and two units."""
    return {
        "features": np.array(["a", "b"]),
        "inner": np.array([[1.0, -1.0], [2.0, 0.0]], dtype=np.float16),
        "dense": np.array([[0.5, 0.5]], dtype=np.float32),
        "means": np.array([1.0], dtype=np.float32),
        "inner_bias": np.array([0.0, 0.5], dtype=np.float32),
        "outer": np.array([1.0, 10.0], dtype=np.float32),
        "outer_bias": np.array([0.25]),
        "cuts": np.array([-1.0, 0.0, 1.0]),
    }


@pytest.mark.parametrize(
    ("features", "inputs", "score"),
    [
        ([], None, 0 + 5 + 0.25),
        (["a"], None, 1 + 0 + 0.25),
        (["a", "a", "unknown"], None, 1 + 0 + 0.25),
        (["a", "b"], None, 3 + 0 + 0.25),
        ([], [1.0], 0 + 5 + 0.25),
        ([], [3.0], 1 + 15 + 0.25),
        ([], [3.0, 4.0], 0 + 5 + 0.25),
    ],
)
def test_units_below_zero_are_cut_off_and_inputs_count_from_their_mean(
    features: list[str], inputs: list[float] | None, score: float, tmp_path: Path
) -> None:
    np.savez(tmp_path / "small.npz", **arrays())
    network = load_network(tmp_path / "small.npz")
    given = None if inputs is None else np.array(inputs, dtype=np.float32)
    assert network.score(features, given) == pytest.approx(score)
    assert network.cuts == (-1.0, 0.0, 1.0)


@pytest.mark.parametrize("name", ["features", "inner_bias", "dense", "outer_bias"])
def test_arrays_that_do_not_fit_are_refused(name: str, tmp_path: Path) -> None:
    broken = arrays()
    broken[name] = np.concatenate([broken[name], broken[name]])
    np.savez(tmp_path / "broken.npz", **broken)
    with pytest.raises(KnowledgeError, match="not a trained network"):
        load_network(tmp_path / "broken.npz")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"words"])
def test_what_is_no_network_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd.npz").write_bytes(content)
    with pytest.raises(KnowledgeError, match="not a trained network"):
        load_network(tmp_path / "odd.npz")
    with pytest.raises(KnowledgeError, match="not a trained network"):
        load_network(tmp_path / "missing.npz")
