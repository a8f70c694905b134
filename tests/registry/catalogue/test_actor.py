"""Who decides."""

from __future__ import annotations

import getpass
import os
import socket

import pytest
from fitment.registry.catalogue.actor import actor


def test_it_is_the_user_on_this_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """user@host, in the words of the system."""
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    assert actor() == f"ada@{socket.gethostname()}"


def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container without an entry for the user, nothing fails."""

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert actor().startswith(f"{os.getuid()}@")
