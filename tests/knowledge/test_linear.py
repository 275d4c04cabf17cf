"""Small trained models: what they answer, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.linear import LinearModel, load_linear


def model() -> LinearModel:
    weights = np.array([[2.0, 0.0], [0.0, 3.0]], dtype=np.float32)
    bias, dense = np.array([0.0, -1.0], dtype=np.float32), np.array([[0.0, 1.0]], dtype=np.float32)
    return LinearModel(("no", "yes"), {"may": 0, "did": 1}, weights, bias, dense)


def save(path: Path, made: LinearModel) -> None:
    np.savez(
        path,
        labels=np.array(made.labels),
        features=np.array(list(made.rows)),
        weights=made.weights,
        bias=made.bias,
        dense=made.dense,
    )


def test_the_features_present_and_the_dense_inputs_add_up_to_a_probability() -> None:
    chances = model().probabilities([["did"], ["may"], []], np.array([[1.0], [0.0], [1.0]], dtype=np.float32))
    scores = [-1.0 + 3.0 + 1.0, -1.0 - 2.0, -1.0 + 1.0]
    assert chances[:, 1] == pytest.approx([1 / (1 + np.exp(-score)) for score in scores])
    assert chances.sum(axis=1) == pytest.approx([1.0, 1.0, 1.0])


def test_a_feature_nobody_has_seen_counts_for_nothing() -> None:
    assert model().probabilities([["did", "whatever"]]) == pytest.approx(model().probabilities([["did"]]))


def test_a_model_written_is_the_model_read(tmp_path: Path) -> None:
    save(tmp_path / "m.npz", model())
    read = load_linear(tmp_path / "m.npz")
    assert (read.labels, read.rows) == (model().labels, model().rows)
    assert read.probabilities([["did"]]) == pytest.approx(model().probabilities([["did"]]))


def test_what_is_no_model_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "m.npz").write_text("no model")
    with pytest.raises(KnowledgeError, match=r"m\.npz: not a trained model"):
        load_linear(tmp_path / "m.npz")
    with pytest.raises(KnowledgeError, match=r"none\.npz: not a trained model"):
        load_linear(tmp_path / "none.npz")


def test_arrays_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    broken = LinearModel(("no", "yes", "what"), {"a": 0}, model().weights, model().bias, model().dense)
    save(tmp_path / "m.npz", broken)
    with pytest.raises(KnowledgeError, match="do not fit together"):
        load_linear(tmp_path / "m.npz")
