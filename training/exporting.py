"""From a fitted network to the files of the package: ONNX, eight-bit weights, the word pieces, the card."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from fitting import padded
from network import TyperNetwork  # noqa: TC002 - our own module, not a third party's
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor


def average(networks: Sequence[TyperNetwork]) -> TyperNetwork:
    """Return one network whose weights are the mean of those of several, fitted from one beginning."""
    found = copy.deepcopy(networks[0])
    states = [network.state_dict() for network in networks]
    found.load_state_dict(
        {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    )
    return found.eval()


def export(network: TyperNetwork, folder: Path, scratch: Path, tokenizer: Path) -> None:
    """Write ``typer.onnx`` with eight-bit weights, and ``tokenizer.json``, to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    full = scratch / "typer-full.onnx"
    example = padded([[101, 1, 2000, 2, 3, 2001, 4, 102]] * 2)
    torch.onnx.export(
        network.eval(), (example,), str(full), input_names=["ids"], output_names=["scores"], opset_version=17,
        dynamic_axes={"ids": {0: "items", 1: "pieces"}, "scores": {0: "items"}}, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(full, folder / "typer.onnx", weight_type=QuantType.QInt8, per_channel=True)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")


def run(weights: Path, rows: Sequence[Sequence[int]]) -> Tensor:
    """Return the scores of an ONNX file, one row at a time."""
    session = onnxruntime.InferenceSession(str(weights), providers=["CPUExecutionProvider"])
    found = [session.run(None, {"ids": np.asarray([row], dtype=np.int64)})[0][0] for row in rows]
    return torch.tensor(np.stack(found))
