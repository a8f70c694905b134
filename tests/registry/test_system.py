"""The three components, by the names and signatures that scripts call."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from fitment.registry import HardwareRecommender, ModelRegistryIntegration, VersionControlSystem
from fitment.registry.errors import ArgumentError, NoResultsError, UnknownNameError
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions

SIGNATURES = {
    ModelRegistryIntegration: {
        "__init__": "db_path=None",
        "create_schema_extensions": "",
        "link_test_results": "model_name, model_version, result_ids",
        "calculate_suitability_scores": "model_id=None, hardware_id=None, update_db=True",
    },
    HardwareRecommender: {
        "__init__": "db_path=None",
        "recommend_hardware": (
            "model_name, task_type, batch_size=None, latency_sensitive=False, memory_constrained=False,"
            " top_k=3"
        ),
        "update_task_recommendations": "task_type",
    },
    VersionControlSystem: {
        "__init__": "db_path=None",
        "add_model_version": "model_name, version_tag, version_hash=None, metadata=None",
        "get_version_history": "model_name",
        "create_compatibility_snapshot": "model_name, version_tag",
        "compare_compatibility_versions": "model_name, version_tag1, version_tag2",
    },
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two models, which the tests of this file go through one after another."""
    return decisions.fill(tmp_path_factory.mktemp("system") / "x.duckdb").path


def test_signatures_are_as_promised() -> None:
    """Names, order and defaults."""
    for component, methods in SIGNATURES.items():
        for name, expected in methods.items():
            parameters = list(inspect.signature(getattr(component, name)).parameters.values())[1:]
            shown = ", ".join(
                p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in parameters
            )
            assert shown == expected, name


def test_the_whole_path_from_results_to_a_comparison(path: Path) -> None:
    """Link, score, recommend, add versions, snapshot and compare: each call is one of the commands."""
    registry, recommender = ModelRegistryIntegration(path), HardwareRecommender(str(path))
    versions = VersionControlSystem(db_path=path)
    assert registry.create_schema_extensions().results == 5
    assert registry.link_test_results("resnet18", "v2", [1, 2]).created
    assert versions.add_model_version("resnet18", "v1", "1f3a", {"a": 1}).changed
    assert [version.tag for version in versions.get_version_history("resnet18")] == ["v2", "v1"]
    scores = registry.calculate_suitability_scores()
    assert {score.model for score in scores} == {"resnet18", "resnet34"}
    assert registry.calculate_suitability_scores(model_id=2, update_db=False) == tuple(
        score for score in scores if score.model_id == 2
    )
    answer = recommender.recommend_hardware("resnet18", "inference", batch_size=2, latency_sensitive=True)
    assert [row.configuration.batch for row in answer.rows] == [2]
    assert recommender.update_task_recommendations("inference").models == 2
    with Store.open(path).reading() as con:
        assert con.execute("SELECT count(*) FROM hardware_model_compatibility").fetchall() == [(len(scores),)]
    snapshot = versions.create_compatibility_snapshot("resnet18", "v2")
    assert versions.create_compatibility_snapshot("resnet18", "v2").id == snapshot.id
    same = versions.compare_compatibility_versions("resnet18", "v2", "v2")
    for change in same:
        assert change["hardware_type"] == "Test CPU, 2 cores"
        assert change["compatibility_change"] == 0


def test_mistakes_are_the_same_as_on_the_command_line(path: Path, tmp_path: Path) -> None:
    """An unknown model, an unknown task, a store that is not there."""
    with pytest.raises(NoResultsError, match="did you mean resnet18"):
        VersionControlSystem(path).add_model_version("resnet81", "v1")
    with pytest.raises(UnknownNameError, match="unknown task"):
        HardwareRecommender(path).recommend_hardware("resnet18", "inferense")
    with pytest.raises(NoResultsError, match="run `fitment sweep`"):
        HardwareRecommender(tmp_path / "no.duckdb").update_task_recommendations("inference")


TEXTS = (1, None, b"resnet18", 1.5, True, ["resnet18"])
NUMBERS = (True, 1.5, "1", b"1", float("nan"), [1])
ODD: list[tuple[str, dict[str, tuple[object, ...]]]] = [
    (
        "link_test_results",
        {"model_name": TEXTS, "model_version": TEXTS, "result_ids": (1, None, "1,2", b"12")},
    ),
    (
        "calculate_suitability_scores",
        {"model_id": NUMBERS, "hardware_id": NUMBERS, "update_db": (None, "no", 1.0)},
    ),
    (
        "recommend_hardware",
        {
            "model_name": TEXTS,
            "task_type": tuple(value for value in TEXTS if value is not None),
            "batch_size": NUMBERS,
            "latency_sensitive": ("no", None),
            "memory_constrained": ("no", None),
            "top_k": (*NUMBERS, None),
        },
    ),
    ("update_task_recommendations", {"task_type": TEXTS}),
    ("add_model_version", {"model_name": TEXTS, "version_tag": TEXTS, "version_hash": (1, b"1f3a")}),
    ("get_version_history", {"model_name": TEXTS}),
    ("create_compatibility_snapshot", {"model_name": TEXTS, "version_tag": TEXTS}),
    (
        "compare_compatibility_versions",
        {"model_name": TEXTS, "version_tag1": TEXTS, "version_tag2": TEXTS},
    ),
]
SOUND: dict[str, object] = {
    "model_name": "resnet18",
    "task_type": "inference",
    "result_ids": [1],
    **dict.fromkeys(("model_version", "version_tag", "version_tag1", "version_tag2"), "v1"),
}


@pytest.mark.parametrize(("method", "odd"), ODD, ids=[method for method, _ in ODD])
def test_an_argument_of_another_type_is_named(
    path: Path, method: str, odd: dict[str, tuple[object, ...]]
) -> None:
    """Every argument of every method, in the project's own error of one line; nothing is done."""
    component = next(kind for kind in SIGNATURES if method in SIGNATURES[kind])(path)
    call = getattr(component, method)
    needed = {name: SOUND[name] for name in inspect.signature(call).parameters if name in SOUND}
    assert set(odd) | {"metadata"} >= set(inspect.signature(call).parameters)
    events = len(list(Store.open(path).events()))
    for name, values in odd.items():
        for value in values:
            with pytest.raises(ArgumentError, match=f"^{name}: .* is needed, not .*$"):
                call(**{**needed, name: value})
    assert len(list(Store.open(path).events())) == events


def test_a_path_of_another_type_is_named() -> None:
    """Where the component is made."""
    for odd in (1, b"x.duckdb", ["x"]):
        with pytest.raises(ArgumentError, match="db_path: a path"):
            VersionControlSystem(db_path=odd)  # type: ignore[arg-type]


def test_without_a_path_the_default_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """$FITMENT_DB, as for every command."""
    monkeypatch.setenv("FITMENT_DB", "a.duckdb")
    assert HardwareRecommender().db_path == Path("a.duckdb")
