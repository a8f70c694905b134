"""Many cards: found below folders, and read in several processes."""

from __future__ import annotations

from pathlib import Path

from fitment.registry.cards.batch import CHUNK, card_files, each_read
from fitment.registry.cards.card import CardError
from fitment.registry.report.card_object import json_line


def test_processes_answer_as_one_does_in_the_order_of_the_paths(tmp_path: Path) -> None:
    """Also where a card is refused."""
    for n in range(2 * CHUNK + 1):
        (tmp_path / f"{n:03}").mkdir()
        (tmp_path / f"{n:03}" / "README.md").write_text(
            f"---\nlicense: mit\n{'a' if n % 50 else 'license: x'}: 1\n---\n"
        )
    paths = list(card_files(tmp_path))
    assert paths == sorted(paths)
    alone, together = (list(each_read(paths, json_line, processes)) for processes in (1, 2))
    assert [str(each) for each in together] == [str(each) for each in alone]
    assert [n for n, each in enumerate(together) if isinstance(each, CardError)] == [0, 50, 100]


def test_links_to_folders_and_git_are_left_out(tmp_path: Path) -> None:
    """So a circle ends."""
    for name in ("a", ".git"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text("x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    assert list(card_files(tmp_path)) == [tmp_path / "a" / "README.md"]
