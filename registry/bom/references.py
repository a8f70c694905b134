"""Addresses as a document may hold them: of the web, in characters of a URI, without anybody's password."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from .texts import Json, said

# What an address is, by the name that it has in a record; others are "other", with their name as the comment.
KINDS: Mapping[str, str] = {
    "home": "website",
    "website": "website",
    "repository": "vcs",
    "code": "vcs",
    "github": "vcs",
    "paper": "documentation",
    "documentation": "documentation",
    "docs": "documentation",
    "card": "model-card",
    "licence": "license",
    "license": "license",
    "weights": "distribution",
    "download": "distribution",
}
SCHEMES = ("http", "https", "ftp", "git", "ssh")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_LOOSE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PATH, _QUERY = "/:@!$&'()*+,;=~-._%", "/:@!$&'()*+,;=~-._?%"


def web_address(text: str) -> str | None:
    """``text`` as a URI of one of SCHEMES with a host; None for what is none, or carries a user's name."""
    try:
        parts = urlsplit(text.strip())
        port, host = parts.port, parts.hostname or ""
        plain = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:  # a bad port or bracket; of idna a UnicodeError
        return None
    if parts.scheme.lower() not in SCHEMES or "@" in parts.netloc or not _HOST.fullmatch(plain):
        return None
    found = f"{parts.scheme.lower()}://{plain}" + (f":{port}" if port is not None else "")
    path = parts.path if not parts.path or parts.path.startswith("/") else f"/{parts.path}"
    found += _quoted(path, _PATH)
    found += f"?{_quoted(parts.query, _QUERY)}" if parts.query else ""
    return found + (f"#{_quoted(parts.fragment, _QUERY)}" if parts.fragment else "")


def external_references(urls: Mapping[str, str]) -> tuple[list[Json], list[tuple[str, str]]]:
    """The references, and as properties those addresses that were left out; by the name of each."""
    found: list[Json] = []
    left_out: list[tuple[str, str]] = []
    for kind, url in sorted(urls.items()):
        address = web_address(url)
        if address is None:
            left_out.append(("address_left_out", f"{kind}: {said(url, 200)}"))
            continue
        type_ = KINDS.get(kind.split(" ")[0].lower(), "other")
        reference = {"type": type_, "url": address}
        found.append(reference if kind == type_ else reference | {"comment": said(kind)})
    return found, left_out


def _quoted(part: str, safe: str) -> str:
    return quote(_LOOSE_PERCENT.sub("%25", part), safe=safe, errors="backslashreplace")
