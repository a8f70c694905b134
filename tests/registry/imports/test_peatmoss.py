"""A PeaTMOSS database becomes model records and uses: strictly where needed, with a note elsewhere."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from fitment.registry.catalogue.model_records import all_records, find_record
from fitment.registry.catalogue.record_models import record_table
from fitment.registry.errors import ImportFileError
from fitment.registry.imports.peatmoss import read
from fitment.registry.imports.run import ModelsOutcome, import_file
from fitment.registry.usage.kept import uses_in, uses_of

from tests.registry.empty_stores import empty_store
from tests.registry.imports.peatmoss_file import write


def test_models_and_uses_are_stored(tmp_path: Path) -> None:
    """Each model is a record with what the look-up tables say; each reuse is a use; a second time is none."""
    store, path = empty_store(tmp_path / "s.duckdb"), write(tmp_path)
    first, second = import_file(store, "peatmoss", path), import_file(store, "peatmoss", path)
    assert isinstance(first, ModelsOutcome)
    assert isinstance(second, ModelsOutcome)
    assert (first.models.added, first.uses.uses, first.uses.repositories, first.rejected) == (4, 3, 2, 0)
    assert (second.models.unchanged, second.uses.repositories) == (4, 0)
    with store.reading() as con:
        bert = find_record(con, "bert-base-uncased")
        assert len(all_records(con)) == 4
        used = uses_in(con, "https://github.com/ann/app")
        elsewhere = uses_of(con, "bert-base-uncased")
    assert (bert.version, bert.licence, bert.downloads, bert.task) == (
        *("aa11", "apache-2.0", 40_000_000, "fill-mask"),
    )
    assert bert.tags == ("bert", "en", "exbert", "fill-mask", "pytorch", "transformers")
    assert bert.training_data == ("bookcorpus", "wikipedia")
    assert bert.urls["paper"] == "https://arxiv.org/abs/1810.04805"
    assert [(use.file, use.model_id) for use in used] == [
        ("src/run.py", "bert-base-uncased"),
        ("src/run.py", "org/tuned"),
    ]
    assert [use.confidence for use in elsewhere] == [0.8, 0.6]  # by file, by repository
    assert elsewhere[1].file == ""


def test_what_is_ambiguous_is_not_guessed(tmp_path: Path) -> None:
    """Two licences need both; two tasks are none; a count below 0 and an empty licence are not known."""
    found = {row["model_id"]: row for row in read(write(tmp_path)).models.to_pylist()}
    assert found["org/tuned"]["licence"] == "llama2 AND mit"
    assert found["org/tuned"]["task"] is None
    assert found["pytorch:resnet18"]["licence"] is None
    assert found["12345"]["downloads"] is None


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        (("model",), "lacks the table model"),
        (("model_hub",), "lacks the table model_hub"),
        (("model", "model_hub"), "the table model, the table model_hub"),
    ],
)
def test_a_needed_table_is_missed_by_name(tmp_path: Path, without: tuple[str, ...], expected: str) -> None:
    """Without the models or their hubs it is no PeaTMOSS database."""
    with pytest.raises(ImportFileError, match=expected):
        read(write(tmp_path, without=without))


def test_a_view_in_place_of_a_table_is_no_table(tmp_path: Path) -> None:
    """A view could compute for ever: it is not read."""
    view = "DROP TABLE model_hub; CREATE VIEW model_hub AS SELECT 1 AS id, 'HuggingFace' AS name;"
    with pytest.raises(ImportFileError, match="lacks the table model_hub"):
        read(write(tmp_path, more=view))


def test_what_may_be_missing_is_a_note(tmp_path: Path) -> None:
    """Without a look-up table, a column or the reuse tables the rest is read, and it is said what is not."""
    more = "ALTER TABLE model DROP COLUMN downloads; ALTER TABLE tag RENAME COLUMN name TO title;"
    parsed = read(write(tmp_path, more=more, without=("paper", "reuse_file", "reuse_repository")))
    assert parsed.models.num_rows == 4
    assert parsed.uses == ()
    said = "\n".join(parsed.warnings)
    for part in (
        "no column downloads",
        "no usable tag:",
        "no usable paper:",
        "reuse_file",
        "reuse_repository",
    ):
        assert part in said


def test_hostile_rows_are_named_and_the_rest_kept(tmp_path: Path) -> None:
    """Ids with NUL, escapes or nothing, doubles and huge ones are rejects; hostile tags are left out."""
    more = """
    INSERT INTO model (id, context_id, model_hub_id) VALUES
        (10, 'nul' || char(0) || 'tail', 1), (11, char(27) || '[31mred', 1), (12, '', 1), (13, NULL, 1),
        (14, printf('%.*c', 100000, 'x'), 1), (15, CAST(x'6f72672fff' AS TEXT), 1),
        (16, char(8238) || 'a', 1), (17, 'bert-base-uncased ', 1);
    UPDATE model SET sha = 'aa11' WHERE id = 17;
    UPDATE model SET downloads = 'many', repo_url = 'javascript:alert(1)' WHERE id = 1;
    INSERT INTO tag VALUES (90, 'a' || char(0)), (91, printf('%.*c', 5000000, 'y')), (92, char(8238) || 'b');
    INSERT INTO model_to_tag VALUES (1, 90), (1, 91), (1, 92), (1, 93), (2, 90);
    INSERT INTO reuse_file VALUES (9, NULL, 1, 1), (10, 'p', 999, 1), (11, 'q', 1, 'z');
    """
    parsed = read(write(tmp_path, more=more))
    assert [reject.line for reject in parsed.rejects] == [10, 11, 12, 13, 14, 16, 17]
    assert "stands twice" in parsed.rejects[-1].reason
    found = {row["model_id"]: row for row in parsed.models.to_pylist()}
    assert "org/\\xff" in found
    assert found["bert-base-uncased"]["tags"] == [
        "bert",
        "en",
        "exbert",
        "fill-mask",
        "pytorch",
        "transformers",
    ]
    assert found["bert-base-uncased"]["downloads"] is None
    assert "repository" not in dict(found["bert-base-uncased"]["urls"])
    said = "\n".join(parsed.warnings)
    assert "tag names that are too long, or hold what can't be printed: 3 left out" in said
    assert "uses of a model or by a repository that is not there: 2 left out" in said
    assert "\0" not in said


def test_huge_paths_and_addresses_refuse_nothing_else(tmp_path: Path) -> None:
    """A path that is no path leaves its repository; a repository without a usable address is left out."""
    more = """
    INSERT INTO reuse_repository VALUES (8, 'o', 'n', printf('%.*c', 3000, 'u')), (9, 'p', 'q', NULL);
    INSERT INTO reuse_file VALUES (7, printf('%.*c', 9000, x'ff'), 3, 9), (8, 'a', 3, 8);
    """
    store = empty_store(tmp_path / "s.duckdb")
    import_file(store, "peatmoss", write(tmp_path, more=more))
    with store.reading() as con:
        (use,) = uses_of(con, "pytorch:resnet18")
    assert (use.repository, use.file, use.line) == ("https://github.com/p/q", "", 0)


def test_an_interrupted_import_is_ended_by_the_next(tmp_path: Path) -> None:
    """Models come first: where the uses are missing, the same import again adds them."""
    store, path = empty_store(tmp_path / "s.duckdb"), write(tmp_path)
    record_table(store, read(path).models, path.name)
    outcome = import_file(store, "peatmoss", path)
    assert isinstance(outcome, ModelsOutcome)
    assert (outcome.models.unchanged, outcome.uses.uses, outcome.uses.changed) == (4, 3, True)


def test_a_broken_file_stores_nothing(tmp_path: Path) -> None:
    """A database that breaks off after sound pages leaves no trace in the store."""
    store, path = empty_store(tmp_path / "s.duckdb"), write(tmp_path)
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(ImportFileError, match="cut off"):
        import_file(store, "peatmoss", path)
    with store.reading() as con:
        assert all_records(con) == ()


def test_an_empty_database_is_no_mistake(tmp_path: Path) -> None:
    """The tables without a row bring nothing."""
    parsed = read(write(tmp_path, rows=""))
    assert (parsed.models.num_rows, parsed.uses, parsed.rejects) == (0, (), ())


def test_altered_bytes_are_read_or_refused(tmp_path: Path) -> None:
    """Whatever bytes of the file are others, it is read, or refused in one line: there is no third way."""
    path = write(tmp_path)
    whole, random = path.read_bytes(), Random(5)
    refused: list[str] = []
    for _ in range(60):
        altered = bytearray(whole)
        for _ in range(random.choice([1, 20, 300])):
            altered[random.randrange(len(altered))] = random.randrange(256)
        path.write_bytes(altered)
        try:
            read(path)
        except ImportFileError as error:
            refused.append(str(error))
    assert 0 < len(refused) < 60
    assert all(map(str.isprintable, refused))
