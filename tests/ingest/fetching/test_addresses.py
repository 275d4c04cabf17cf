from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest.fetching.addresses import refusal

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "addresses.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


@pytest.mark.parametrize(("address", "name"), CASES)
def test_only_addresses_of_the_public_internet_pass(address: str, name: str) -> None:
    words = refusal(address)
    assert words is None if not name else words is not None and f" {name} " in f" {words} "


@given(st.ip_addresses())
def test_what_the_standard_library_calls_not_global_is_refused(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if not address.is_global or address.is_multicast:
        assert refusal(str(address)) is not None


@given(st.ip_addresses(v=4))
def test_no_way_of_writing_an_old_address_in_a_new_one_passes(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for form in (
        ipaddress.IPv6Address(0xFFFF << 32 | number),
        ipaddress.IPv6Address(number),
        ipaddress.IPv6Address(0x64FF9B << 96 | number),
        ipaddress.IPv6Address(0x2002 << 112 | number << 80),
        ipaddress.IPv6Address(0x20010000 << 96 | number ^ 0xFFFFFFFF),
    ):
        assert refusal(str(form)) is not None


@given(st.ip_addresses())
def test_the_setting_for_loopback_opens_loopback_and_nothing_else(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if not address.is_loopback:
        assert refusal(str(address), loopback=True) == refusal(str(address))


def test_loopback_passes_where_it_is_opened() -> None:
    assert [refusal(each, loopback=True) for each in ("127.0.0.1", "127.9.9.9", "::1")] == [None] * 3
    assert refusal("::ffff:127.0.0.1", loopback=True) is not None


@given(st.text())
def test_any_text_is_judged(words: str) -> None:
    refusal(words)
