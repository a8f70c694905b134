from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.cards.batch import FEWEST_FOR_PROCESSES

from tests.registry.cards.corpus import DATA
from tests.registry.cards.test_llm import said, serving

RULE = re.compile("─+")
SHORT = """\
---
license: mit
license_name: x
pipeline_tag: fill-mask
---
# A\u202eB
- **Hardware Type:** A100
"""
SHOWN = """\
card.md: A\\u202eB

Field          Value                        From          Line  Sure  Evidence
─
domain         natural language processing  front matter  4     0.90  pipeline_tag: fill-mask
tasks          fill-mask                    front matter  4     1.00  pipeline_tag: fill-mask
licence        mit                          front matter  2     1.00  license: mit
licence name   x                            front matter  3     1.00  license_name: x
hardware       A100                         template      7     0.90  - **Hardware Type:** A100
input format   text                         front matter  4     0.90  pipeline_tag: fill-mask
output format  text                         front matter  4     0.90  pipeline_tag: fill-mask
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a card; no endpoint is named."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "FITMENT_LLM_URL",
        "FITMENT_LLM_MODEL",
        "FITMENT_LLM_KEY",
        "FITMENT_DB",
        "BENCHMARK_DB_PATH",
    ):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "card.md").write_text(SHORT, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_card_is_shown_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    """Each field with line and source, then what is missing and what the score is made of."""
    assert main(["card", "read", "card.md"]) == 0
    out = RULE.sub("─", capsys.readouterr().out)
    assert out.startswith(SHOWN)
    assert "\nThe card doesn't say: frameworks, libraries, datasets, " in out
    assert "\ncomplete: 29%: 10 of 34 points; missing: evaluation (3), datasets (3), " in out


@pytest.mark.usefixtures("folder")
def test_json_and_markdown_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON with every candidate, Markdown inert."""
    assert main(["card", "read", "card.md", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["fields"]["licence"] == [
        {"value": "mit", "source": "front_matter", "line": 2, "confidence": 1.0, "evidence": "license: mit"}
    ]
    assert told["completeness"]["share"] == round(10 / 34, 4)
    assert main(["card", "read", "card.md", "--format", "markdown", "--output", "page.md"]) == 0
    page = Path("page.md").read_text(encoding="utf-8")
    assert page.startswith("# Model card: A\\\\u202eB\n\n## What it says\n")
    assert "| hardware | A100 | template | 7 | 0.90 |" in page


def test_many_cards_are_a_line_each_and_none_is_lost(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken card is named on standard error and in its line; a loop of links ends."""
    for name, content in (("a", SHORT), ("b/c", "---\nx: [\n---\n"), ("d", "\0\xff")):
        (folder / name).mkdir(parents=True)
        (folder / name / "README.md").write_bytes(content.encode("latin-1", "replace"))
    (folder / "a" / "loop").symlink_to(folder)
    assert main(["card", "read", ".", "card.md", "--recursive", "--format", "json"]) == 2
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["file"] for line in lines] == ["a/README.md", "b/c/README.md", "d/README.md", "card.md"]
    assert ["error" in line for line in lines] == [False, True, True, False]
    assert err.startswith("fitment: b/c/README.md:3: not YAML: ")
    assert main(["card", "read", "card.md", "b/c"]) == 2
    assert "could not be read" in capsys.readouterr().out


def test_processes_give_what_one_gives(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of many cards, in the order of their names."""
    for n in range(FEWEST_FOR_PROCESSES):
        (folder / "many" / f"{n:04}").mkdir(parents=True)
        (folder / "many" / f"{n:04}" / "README.md").write_text(f"---\nlicense: mit\n---\n# m{n}\n")
    assert main(["card", "read", "many", "--recursive", "--format", "json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["name"] for line in lines] == [f"m{n}" for n in range(FEWEST_FOR_PROCESSES)]


@pytest.mark.usefixtures("folder")
def test_an_endpoint_fills_the_rest_or_is_done_without(capsys: pytest.CaptureFixture[str]) -> None:
    """What it says is marked as its own; where it fails, that is a line and the card still comes."""
    with serving(said({"grant": [{"value": "B", "quote": "# A\u202eB"}]})) as server:
        assert main(["card", "read", "card.md", "--llm", server.url, "--llm-model", "m"]) == 0
    assert "grant          B                            llm           6     0.40" in capsys.readouterr().out
    with serving((500, b"")) as server:
        assert main(["card", "read", "card.md", "--llm", server.url, "--llm-model", "m"]) == 0
    out, err = capsys.readouterr()
    assert RULE.sub("─", out).startswith(SHOWN)
    assert err == f"fitment: {server.url[:-3]}: it answered 500; the card is shown as the rules read it\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["none.md"], "none.md: no such card; name a file, a folder with a README.md, or a model"),
        (["a/model"], "fitment checkpoint add PATH --model a/model --version V"),
        (["card.md", "card.md", "--format", "markdown"], "--format markdown shows one card"),
        (["card.md", "card.md", "--llm", "http://x", "--llm-model", "m"], "--llm reads one card at a time"),
        (["card.md", "--llm", "http://x"], "--llm also needs the model's name"),
        (["card.md", "a/model"], "a/model: no such file or folder"),
        ([".", "--recursive", "--format", "json"], "no README.md below this folder"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_mistake_is_one_line(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2."""
    assert main(["card", "read", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert expected in err


def test_the_corpus_is_one_list(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A table with a row for each of the hand-written cards."""
    monkeypatch.chdir(DATA)
    monkeypatch.delenv("FITMENT_LLM_URL", raising=False)
    names = sorted(path.name for path in DATA.glob("*.md"))
    assert main(["card", "read", *names]) == 0
    out = capsys.readouterr().out
    assert [name for name in names if name[:18] not in out] == []


@pytest.mark.usefixtures("folder")
def test_a_model_is_recorded_from_its_card(capsys: pytest.CaptureFixture[str]) -> None:
    """What is said by hand stays; a broken card records nothing."""
    card = str(DATA / "hub_template_full.md")
    assert main(["model", "add", "wetland/heron", "--card", card, "--licence", "mit"]) == 0
    assert main(["model", "show", "wetland/heron", "--format", "json"]) == 0
    told = capsys.readouterr().out
    for shown in ('"mit"', "1000000000", "EleutherAI/pythia-1b", "Wetland Lab"):
        assert shown in told
    Path("broken.md").write_text("---\nlicense: [\n---\n")
    assert main(["model", "add", "other", "--card", "broken.md"]) == 2
    assert capsys.readouterr().err.startswith("fitment: broken.md:3: not YAML")
    assert main(["model", "show", "other"]) == 2
