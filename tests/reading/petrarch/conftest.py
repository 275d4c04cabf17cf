from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.config import ReaderConfig
from dragoman.knowledge.petrarch.importing import DictionaryFiles, import_dictionaries
from dragoman.pipeline.reader import Reader

SOURCES = Path(__file__).parent / "dictionaries"


@pytest.fixture(scope="session")
def dictionaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of tables made from the small dictionaries of these tests."""
    folder = tmp_path_factory.mktemp("dictionaries") / "imported"
    files = DictionaryFiles(
        **{name: [SOURCES / f"{name}.txt"] for name in ("verbs", "actors", "agents", "discards")}
    )
    assert import_dictionaries(files, folder).problems == ()
    return folder


@pytest.fixture(scope="session")
def reader(dictionaries: Path) -> Reader:
    """Return a reader that codes with them."""
    return Reader(ReaderConfig(knowledge=dictionaries))
