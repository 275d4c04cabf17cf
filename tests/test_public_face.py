from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

import pytest

import dragoman

HEAVY = ("spacy", "duckdb", "numpy", "rich", "typer")
NAMES = [
    "CodedDocument",
    "Document",
    "DragomanError",
    "Reader",
    "ReaderConfig",
    "Store",
    "__version__",
    "code",
    "factuality",
    "relation_type",
    "resolve_actor",
]


def test_the_public_names_are_pinned() -> None:
    assert dragoman.__all__ == NAMES
    assert len(NAMES) <= 12


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(dragoman, name) is not None
    assert name in dir(dragoman)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        dragoman.nothing  # noqa: B018 - the access is the test


def test_the_version_is_that_of_the_installed_package() -> None:
    try:
        installed = version("dragoman")
    except PackageNotFoundError:
        pytest.skip("dragoman is not installed here, only on the path")
    assert dragoman.__version__ == installed


def test_import_loads_nothing_heavy() -> None:
    script = f"import sys, dragoman; print([name for name in {HEAVY} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
