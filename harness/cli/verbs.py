"""The verbs of the command line, as one static table: nothing is imported to print the help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """One subcommand. ``module`` in this folder has ``add_arguments(parser)`` and ``run(args) -> int``.

    Of one that has ``verbs`` of its own, ``module`` is what these share.
    """

    name: str
    help: str
    heading: str
    module: str
    also: str | None = None  # a name that it had before and answers to
    verbs: tuple[Verb, ...] = ()
    command: bool = False  # whether another program's command stands behind "--", as ``args.command``


MEASURE = "Measure"
DECIDE = "Decide"
MODELS = "Models"
VERSIONS = "Versions"
KEEP = "Look after the results"
GUARD = "Guard"

MODEL_VERBS = (
    Verb("add", "describe a model, or say more of it", "Record", "model_add"),
    Verb("import", "take in a file of models", "Record", "model_import"),
    Verb("search", "find models by licence, size, task, device and more", "Choose", "model_search"),
    Verb("show", "show all that is known of a model, and what it may be used for", "Choose", "model_show"),
    Verb("compare", "set models side by side, what differs first", "Choose", "model_compare"),
    Verb("recommend", "rank the models that meet what is asked", "Choose", "model_recommend"),
)

GATE_VERBS = (
    Verb("run", "compare two revisions, side by side", "Gate", "gate_run", command=True),
    Verb("sweep", "compare the newest sweep with a stored snapshot", "Gate", "gate_sweep"),
    Verb("record", "record a baseline to compare with later", "Gate", "gate_record", command=True),
    Verb("accept", "take a run for the new normal, with the reason", "Remember", "gate_accept"),
    Verb("history", "show the runs, or how one benchmark's time went", "Remember", "gate_history"),
)

CARD_VERBS = (Verb("read", "show what a card says, with where and how surely", "Cards", "card_read"),)

CHECKPOINT_VERBS = (
    Verb("add", "keep a model's files, with what their headers say", "Keep", "checkpoint_add"),
    Verb("fetch", "write a checkpoint's files to a folder, checked on the way", "Keep", "checkpoint_fetch"),
    Verb("remove", "take a checkpoint out; its history stays", "Keep", "checkpoint_remove"),
    Verb("gc", "free what no checkpoint names any more", "Keep", "checkpoint_gc"),
    Verb("list", "show which checkpoints are kept", "Look", "checkpoint_list"),
    Verb("show", "show what a checkpoint's files say, and their hashes", "Look", "checkpoint_show"),
    Verb("verify", "read every byte again and name what is damaged", "Look", "checkpoint_verify"),
)

LICENCE_VERBS = (
    Verb("check", "may this be done, on which terms, and which clause says so", "Ask", "licence_check"),
    Verb("explain", "show what a licence grants, limits and asks for", "Ask", "licence_explain"),
    Verb("detect", "tell which licence a file or folder shows, and changed texts", "Ask", "licence_detect"),
    Verb("matrix", "judge several models in one product", "Ask", "licence_matrix"),
    Verb("evaluate", "hold the rules against cases with known answers", "Prove", "licence_evaluate"),
)

LINEAGE_VERBS = (
    Verb("build", "take in a file of models and their parents", "Build", "lineage_build"),
    Verb("stats", "show what there is: models, edges, depth, families", "Build", "lineage_stats"),
    Verb(
        "anomalies", "list what is odd in the file, and its rows in quarantine", "Build", "lineage_anomalies"
    ),
    Verb("ancestors", "show what a model was made from", "Follow", "lineage_ancestors"),
    Verb("descendants", "show what was made from a model", "Follow", "lineage_descendants"),
    Verb("roots", "show where a model comes from, or all models do", "Follow", "lineage_roots"),
    Verb("family", "show everyone whom edges connect with a model", "Follow", "lineage_family"),
    Verb("depth", "show how far a model is from its roots", "Follow", "lineage_depth"),
    Verb("path", "show how two models are related", "Follow", "lineage_path"),
    Verb("export", "write a part of the lineage as a graph file", "Follow", "lineage_export"),
    Verb("families", "show the families of models, the largest first", "Analyse", "lineage_families"),
    Verb("fertility", "tell which share of children has children", "Analyse", "lineage_fertility"),
    Verb("mutation-rate", "tell how much a trait changes on the way", "Analyse", "lineage_mutation_rate"),
    Verb("drift", "show which values of a trait turn into which", "Analyse", "lineage_drift"),
    Verb("ordering", "order a trait's values the way it drifts", "Analyse", "lineage_ordering"),
    Verb(
        "licence-audit",
        "find licences that drop a clause of what a model was made from",
        "Analyse",
        "lineage_licence_audit",
    ),
    Verb("growth", "show models and edges by month", "Analyse", "lineage_growth"),
    Verb("top", "rank licences, tasks, libraries, languages, parents, models", "Analyse", "lineage_top"),
    Verb("cards", "tell how model cards change on the way", "Analyse", "lineage_cards"),
    Verb("reuse", "tell whether popularity predicts reuse", "Analyse", "lineage_reuse"),
    Verb("tree", "draw the family tree of a model, as text or SVG", "Show", "lineage_tree"),
    Verb("report", "write all analyses as one page", "Show", "lineage_report"),
)

USAGE_VERBS = (
    Verb("scan", "find the models that a repository uses, and judge their licences", "Use", "usage_scan"),
    Verb("of", "show which repositories use a model", "Use", "usage_of"),
)

VERBS = (
    Verb("sweep", "measure models on this machine, as a sweep file says", MEASURE, "sweep"),
    Verb("watch", "follow a sweep that runs in another terminal", MEASURE, "watch"),
    Verb("devices", "show what this machine has and can run", MEASURE, "devices"),
    Verb("import", "take in results that others published", MEASURE, "import_"),
    Verb(
        "calculate-scores",
        "score every hardware-model pair from the stored results",
        DECIDE,
        "calculate_scores",
        also="score",
    ),
    Verb("update-task", "make the stored recommendations of a task anew", DECIDE, "update_task"),
    Verb("recommend", "rank hardware, batch size and precision for a model", DECIDE, "recommend"),
    Verb("hardware", "show the catalogue of devices, and which results it matches", DECIDE, "hardware"),
    Verb("diff", "set two results side by side, what differs first", DECIDE, "diff"),
    Verb("report", "show the matrix of hardware and models", DECIDE, "report"),
    Verb("model", "record models and choose among them", MODELS, "model_search", verbs=MODEL_VERBS),
    Verb("analytics", "show what the recorded models are like, taken together", MODELS, "analytics"),
    Verb("bom", "write the bill of materials of a model or repository", MODELS, "bom"),
    Verb("card", "read model cards, with the evidence for each field", MODELS, "card_read", verbs=CARD_VERBS),
    Verb("checkpoint", "keep the files of models by content", MODELS, "checkpoint", verbs=CHECKPOINT_VERBS),
    Verb("licence", "judge what licences allow, clause by clause", MODELS, "licence", verbs=LICENCE_VERBS),
    Verb("lineage", "follow models to what they were made from", MODELS, "lineage", verbs=LINEAGE_VERBS),
    Verb("usage", "find who uses which model", MODELS, "usage_scan", verbs=USAGE_VERBS),
    Verb("add-version", "give a model a version: a tag, a hash, metadata", VERSIONS, "add_version"),
    Verb("link-tests", "say to which version of a model results belong", VERSIONS, "link_tests"),
    Verb("create-snapshot", "keep what a version's results say now", VERSIONS, "create_snapshot"),
    Verb(
        "compare-versions",
        "show what changed between two versions, or two software stacks",
        VERSIONS,
        "compare_versions",
    ),
    Verb("version-history", "show the versions of a model", VERSIONS, "version_history"),
    Verb("alias", "point a name such as production to a version", VERSIONS, "alias"),
    Verb("delete-version", "take a version away; its history stays", VERSIONS, "delete_version"),
    Verb("rename-model", "give a model another name, with all its results", VERSIONS, "rename_model"),
    Verb("gate", "tell whether a change has made benchmarks slower", GUARD, "gate", verbs=GATE_VERBS),
    Verb("create-schema", "make the store with its tables, where there is none", KEEP, "create_schema"),
    Verb("retract", "take results out of every score, with the reason, or back in", KEEP, "retract"),
    Verb("history", "show who changed what, when, from what, to what", KEEP, "history"),
    Verb("export", "write results, estimates or scores as CSV, JSON, Parquet, HTML", KEEP, "export"),
    Verb("doctor", "check the stored results and heal what can be healed", KEEP, "doctor"),
    Verb("rebuild", "make the database again from its journal", KEEP, "rebuild"),
)
