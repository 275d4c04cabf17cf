from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import FetchError
from dragoman.ingest.fetching.unpacking import unpack

from .conftest import one_line


def cut(data: bytes, step: int) -> list[bytes]:
    return [data[start : start + step] for start in range(0, len(data), step)]


@given(st.binary(max_size=3000), st.integers(1, 500), st.sampled_from(["gzip", "deflate", ""]))
def test_what_was_packed_comes_out_however_it_is_cut(data: bytes, step: int, packing: str) -> None:
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "": bytes}[packing](data)
    assert unpack(cut(packed, step), packing, 10_000) == data


@given(st.binary(max_size=3000), st.sampled_from(["gzip", "deflate", "br", "gzip, gzip", "zstd"]))
def test_any_bytes_are_unpacked_or_refused(data: bytes, packing: str) -> None:
    try:
        unpack(cut(data, 100), packing, 10_000)
    except FetchError as error:
        one_line(error)


@given(st.integers(1, 3_000_000))
def test_nothing_longer_than_the_bound_comes_out(size: int) -> None:
    packed = gzip.compress(bytes(size), 1)
    if size <= 1_000_000:
        assert len(unpack([packed], "gzip", 1_000_000)) == size
    else:
        with pytest.raises(FetchError, match="longer than"):
            unpack([packed], "gzip", 1_000_000)
        assert len(unpack([packed], "gzip", 1_000_000, cut=True)) == 1_000_000
