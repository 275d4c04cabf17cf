"""Web addresses: which may be fetched, where a redirect leads, and when two are the same."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

import httpx

from dragoman.errors import FetchError

# Browsers take 2,000 and more; what is longer is made to harm. Characters.
LONGEST = 4096
PORTS = {"http": 80, "https": 443}
# Ports below this belong to other services; news has never been seen there but at 80 and 443.
FIRST_FREE_PORT = 1024
LAST_PORT = 65535
UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
# Parameters that say how a reader came to a page, not which page it is. Source: the documentation of
# Google Analytics, Meta, Microsoft, Mailchimp, Matomo and the feeds of the BBC and Reuters.
TRACKING = re.compile(
    r"(?:utm_\w+|at_\w+|mtm_\w+|pk_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|yclid|cmpid|ocid|"
    r"ns_(?:mchannel|source|campaign|linkname|fee)|feedtype|feedname|taid|xtor|cmp|ref_src)",
    re.IGNORECASE,
)


def check_url(words: str, *, any_port: bool = False) -> httpx.URL:
    """Return an address that may be looked up: http or https, a host, no password, an open port.

    ``any_port`` lets every port pass.

    Raises:
        FetchError: says what is wrong with it.
    """
    if len(words) > LONGEST or UNPRINTABLE.search(words):
        msg = "is no web address: too long, or with spaces or control characters in it"
        raise FetchError(msg)
    try:
        url = httpx.URL(words)
    except (httpx.InvalidURL, ValueError) as error:
        message = f"is no web address: {error}"
        raise FetchError(message) from error
    if url.scheme not in PORTS:
        message = f"is no web address: only http and https are fetched, not {url.scheme or 'a bare name'}"
        raise FetchError(message)
    if url.userinfo:
        msg = "has a user name or password in it; such addresses are not fetched"
        raise FetchError(msg)
    if not url.raw_host:
        msg = "is no web address: it names no host"
        raise FetchError(msg)
    _check_port(url, any_port=any_port)
    return url.copy_with(fragment=None)


def _check_port(url: httpx.URL, *, any_port: bool) -> None:
    port = port_of(url)
    if port < 1 or port > LAST_PORT:
        message = f"is no web address: there is no port {port}"
        raise FetchError(message)
    if not any_port and port < FIRST_FREE_PORT and port not in PORTS.values():
        message = f"is at port {port}, which belongs to another service; only 80, 443 and ports from {FIRST_FREE_PORT} are asked"
        raise FetchError(message)


def port_of(url: httpx.URL) -> int:
    """Return the port, that of the scheme where the address names none."""
    return PORTS[url.scheme] if url.port is None else url.port


def origin_of(url: httpx.URL) -> str:
    """Return scheme, host and port: what one robots.txt speaks for."""
    host = url.raw_host.decode("ascii")
    port = "" if port_of(url) == PORTS[url.scheme] else f":{url.port}"
    return f"{url.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def next_url(url: httpx.URL, location: str, *, any_port: bool = False) -> httpx.URL:
    """Return where a redirect leads, checked like any address.

    Raises:
        FetchError: it may not be followed; a redirect from https to http is not.
    """
    try:
        joined = str(url.join(location)) if not UNPRINTABLE.search(location) else location
    except (httpx.InvalidURL, ValueError):
        joined = location
    try:
        target = check_url(joined, any_port=any_port)
    except FetchError as error:
        message = f"redirects to an address that {error}"
        raise FetchError(message) from error
    if url.scheme == "https" and target.scheme == "http":
        msg = "redirects from https to http, which would lose its protection"
        raise FetchError(msg)
    return target


def same_page(words: str) -> str:
    """Return what all spellings of the address of a page have in common; no address to fetch.

    Scheme, default port, fragment, parameters of tracking and a slash at the end are left out.
    """
    try:
        url = httpx.URL(words.strip())
        port = "" if url.port in {None, *PORTS.values()} else f":{url.port}"
        query = urlencode(
            sorted(
                (name, value)
                for name, value in parse_qsl(url.query.decode("ascii"), keep_blank_values=True)
                if not TRACKING.fullmatch(name)
            )
        )
    except (httpx.InvalidURL, ValueError):
        return words.strip()
    if not url.raw_host:
        return words.strip()
    path = url.raw_path.decode("ascii").partition("?")[0].rstrip("/")
    return f"{url.raw_host.decode('ascii')}{port}{path}{f'?{query}' if query else ''}"
