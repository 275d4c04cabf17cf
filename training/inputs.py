"""The inputs of training and their hashes, so that a run says at once when it is fed something else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("inputs.sha256")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the inputs lie: ``sets`` is the folder of development sets, ``minilm`` that of the weights."""

    sets: Path
    minilm: Path

    @property
    def gold(self) -> Path:
        """The gold pairs."""
        return self.sets / "plv/train.tsv"

    @property
    def verb_patterns(self) -> Path:
        """The community dictionary of CAMEO verb patterns."""
        return self.sets / "kb/oeda-dictionaries/CAMEO.verbpatterns.txt"

    @property
    def crosswalk(self) -> Path:
        """The table from CAMEO codes to PLOVER types."""
        return self.sets / "ontology/cameo2plover.tsv"

    @property
    def phrases(self) -> Path:
        """Our own phrases."""
        return Path(__file__).with_name("phrases.tsv")

    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of each input by name; a folder's is that of the list of its files' hashes."""
        folders = ("polnear", "tempeval3", "news-clusters", "synthetic")
        found = {name: _folder(self.sets / name) for name in folders}
        for path in (self.gold, self.verb_patterns, self.crosswalk):
            found[str(path.relative_to(self.sets))] = _file(path)
        found[self.phrases.name] = _file(self.phrases)
        for name in ("model.safetensors", "tokenizer.json"):
            found[f"minilm/{name}"] = _file(self.minilm / name)
        return found

    def check(self) -> list[str]:
        """Return the names of inputs whose hash is not the one in ``inputs.sha256``."""
        listed = dict(reversed(line.split("  ", 1)) for line in LIST.read_text("utf-8").splitlines())
        return [name for name, value in self.hashes().items() if listed.get(name) != value]


def _file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _folder(path: Path) -> str:
    files = (file for file in sorted(path.rglob("*")) if file.is_file())
    lines = (f"{_file(file)}  {file.relative_to(path).as_posix()}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
