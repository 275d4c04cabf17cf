"""Which network addresses may be fetched from: only those of the public internet."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

# Networks that are not the public internet, or lead elsewhere than they say, each with what it is called.
# Source: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and later), and what
# cloud providers document of addresses at which a machine asks about itself. The first that fits names it.
SPECIAL: tuple[tuple[IPv4Network | IPv6Network, str], ...] = tuple(
    (ipaddress.ip_network(network), name)
    for network, name in (
        ("169.254.169.254/32", "metadata"),
        ("169.254.170.2/32", "metadata"),
        ("100.100.100.200/32", "metadata"),
        ("168.63.129.16/32", "metadata"),
        ("192.0.0.192/32", "metadata"),
        ("fd00:ec2::/32", "metadata"),
        ("fd20:ce::254/128", "metadata"),
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "private"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "reserved"),
        ("192.52.193.0/24", "reserved"),
        ("192.88.99.0/24", "6to4"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved"),
        ("198.18.0.0/15", "private"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("255.255.255.255/32", "broadcast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("2001::/32", "Teredo"),
        ("2001:db8::/32", "documentation"),
        ("2001::/23", "reserved"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "reserved"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    )
)
# All that has been given out of IPv6 for the public internet lies here.
GLOBAL_UNICAST = IPv6Network("2000::/3")
LOOPBACK = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))


def refusal(words: str, *, loopback: bool = False) -> str | None:
    """Return why nothing may be fetched from an address (``a private address``), or None if it may.

    ``loopback`` lets addresses of this machine pass, in their plain forms only. What is no address, or
    one with a zone (``fe80::1%eth0``), is refused.
    """
    try:
        address = ipaddress.ip_address(words)
    except ValueError:
        return "no network address"
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return "a link-local address"
    if loopback and any(address in network for network in LOOPBACK):
        return None
    return _special(address)


def _special(address: IPv4Address | IPv6Address) -> str | None:
    for network, name in SPECIAL:
        if address in network:
            return f"{'an' if name[0] in 'uI' else 'a'} {name} address"
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return "a reserved address"
    return None
