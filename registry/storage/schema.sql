-- The projection: everything here is made again from the journal by `fitment rebuild`.
-- Nothing random, no DEFAULT now(), no sequences, so that a rebuild gives the same rows and ids.
-- Facts carry no primary keys or unique indexes: 10 M rows load in 5.3 s without, 8.8 s with one.
-- Units: SI base units in names (_s, _bytes, _j, _w); the four integration tables at the end keep
-- the earlier system's ms and MB (1e6 bytes), column by column. NULL is "not measured", never 0.

CREATE TABLE meta (
    format VARCHAR NOT NULL,              -- 'fitment'
    schema_version INTEGER NOT NULL,
    store_id VARCHAR NOT NULL,            -- the journal's own id (its first event)
    applied_seq BIGINT NOT NULL,
    applied_offset BIGINT NOT NULL,
    applied_crc BIGINT NOT NULL
);

CREATE TABLE events (                     -- the second copy of the journal, byte for byte
    seq BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,       -- UTC
    line BLOB NOT NULL                    -- the whole record as it stands in events.log
);

CREATE TABLE segments (                   -- the second copy of the journal's bulk payloads, byte for byte
    name VARCHAR NOT NULL,                -- SHA-256 of the content, in hex
    content BLOB NOT NULL USING COMPRESSION uncompressed  -- Parquet, which is compressed already
);

CREATE TABLE unapplied (
    seq BIGINT NOT NULL,
    error VARCHAR NOT NULL
);

CREATE TABLE models (
    id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    source VARCHAR NOT NULL,              -- where it was first seen
    parameters BIGINT,
    macs_per_sample DOUBLE,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE hardware_platforms (
    id BIGINT NOT NULL,
    name VARCHAR NOT NULL,                -- device class: marketing name with its size
    kind VARCHAR NOT NULL,                -- cpu | cuda
    memory_bytes BIGINT,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE environments (
    env_id VARCHAR NOT NULL,
    stack VARCHAR NOT NULL,
    provenance VARCHAR NOT NULL,          -- measured | imported
    device_kind VARCHAR NOT NULL,
    hardware VARCHAR NOT NULL,
    host VARCHAR, os VARCHAR, cpu VARCHAR,
    physical_cores INTEGER, logical_cores INTEGER, memory_gib INTEGER, governor VARCHAR,
    device_uuid VARCHAR, device_memory_bytes BIGINT, driver VARCHAR, cuda VARCHAR,
    power_limit_w DOUBLE, mig_profile VARCHAR, ecc BOOLEAN,
    python VARCHAR, torch VARCHAR, libraries VARCHAR, thread_settings VARCHAR,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE calibrations (               -- the harness's own cost; the newest of an environment holds
    seq BIGINT NOT NULL,
    env_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    timer_resolution_s DOUBLE NOT NULL, timer_overhead_s DOUBLE NOT NULL, null_step_s DOUBLE NOT NULL,
    sampler_cpu_share DOUBLE,             -- CPU seconds per second
    noise DOUBLE, noise_processes BIGINT  -- sd of ln of the medians of that many fresh processes
);

CREATE TABLE ceilings (                   -- the measured roofline, one row per precision
    seq BIGINT NOT NULL,                  -- of its calibration
    env_id VARCHAR NOT NULL,
    precision VARCHAR NOT NULL,
    operations_per_s DOUBLE, operations_spread DOUBLE,  -- best matrix product; spreads are shares of it
    product_size BIGINT,                  -- rows of its square matrices
    bytes_per_s DOUBLE, bytes_spread DOUBLE,            -- triad a = b + s * c
    buffer_bytes BIGINT,                  -- each of a, b, c
    detail VARCHAR                        -- why a figure is missing
);

CREATE TABLE sweeps (
    sweep_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    config_text VARCHAR NOT NULL,
    config_hash VARCHAR NOT NULL,
    git_commit VARCHAR,
    git_dirty BOOLEAN,
    protocol INTEGER NOT NULL,
    profile VARCHAR
);

CREATE TABLE performance_results (        -- one append-only row per process run, failures included
    id BIGINT NOT NULL,
    seq BIGINT NOT NULL,                  -- the event that brought it
    model_id BIGINT NOT NULL,
    hardware_id BIGINT NOT NULL,
    candidate_id INTEGER,                 -- what it is a run of; NULL: it counts no more (retracted, simulated)
    kind_id INTEGER NOT NULL,             -- how it ended, and what its figures are
    cell_key VARCHAR NOT NULL,
    model VARCHAR NOT NULL, model_source VARCHAR NOT NULL, model_version VARCHAR NOT NULL,
    scenario VARCHAR NOT NULL, device_kind VARCHAR NOT NULL, hardware VARCHAR NOT NULL,
    input_shape VARCHAR NOT NULL, seed BIGINT NOT NULL, protocol INTEGER NOT NULL,
    batch BIGINT NOT NULL CHECK (batch > 0), precision VARCHAR NOT NULL, compile_mode VARCHAR NOT NULL,
    memory_format VARCHAR NOT NULL, n_devices INTEGER NOT NULL, threads INTEGER NOT NULL,
    cache_state VARCHAR NOT NULL, pinning VARCHAR NOT NULL,
    env_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    provenance VARCHAR NOT NULL CHECK (provenance IN ('measured', 'imported', 'simulated')),
    sweep_id VARCHAR, invocation INTEGER NOT NULL,
    source VARCHAR, source_line BIGINT, row_key VARCHAR,
    assumed VARCHAR NOT NULL, flags VARCHAR NOT NULL,
    stage VARCHAR, detail VARCHAR, exit_code INTEGER, signal INTEGER, stderr_tail VARCHAR,
    free_memory_bytes BIGINT, load_average DOUBLE,
    import_s DOUBLE, load_s DOUBLE, first_call_s DOUBLE, compile_s DOUBLE,
    graph_breaks BIGINT, recompiles BIGINT,
    warmup_steps BIGINT, steady BOOLEAN,
    stop_reason VARCHAR, n_samples BIGINT, n_effective DOUBLE,
    latency_mean_s DOUBLE CHECK (isfinite(latency_mean_s) AND latency_mean_s > 0),
    latency_p50_s DOUBLE CHECK (isfinite(latency_p50_s) AND latency_p50_s > 0),
    latency_p50_low_s DOUBLE, latency_p50_high_s DOUBLE,
    latency_p90_s DOUBLE, latency_p90_upper_s DOUBLE,
    latency_p95_s DOUBLE CHECK (isfinite(latency_p95_s) AND latency_p95_s > 0), latency_p95_upper_s DOUBLE,
    latency_p99_s DOUBLE, latency_p99_upper_s DOUBLE,
    steps_per_sample BIGINT,
    device_latency_s DOUBLE, launch_gap_s DOUBLE,
    throughput DOUBLE CHECK (isfinite(throughput) AND throughput > 0),
    throughput_low DOUBLE, throughput_high DOUBLE,
    throughput_unit VARCHAR NOT NULL,
    throughput_stop_reason VARCHAR, n_blocks BIGINT,
    peak_memory_bytes BIGINT CHECK (peak_memory_bytes > 0), memory_scope VARCHAR,
    peak_rss_bytes BIGINT, rss_source VARCHAR, idle_rss_bytes BIGINT,
    peak_allocated_bytes BIGINT, peak_reserved_bytes BIGINT,
    nvml_used_bytes BIGINT, nvml_process_bytes BIGINT,
    energy_per_unit_j DOUBLE, mean_power_w DOUBLE, idle_power_w DOUBLE, energy_source VARCHAR,
    integrated_power_w DOUBLE, sampler_cpu_s DOUBLE,
    max_abs_error DOUBLE, relative_l2 DOUBLE, top1_agreement DOUBLE,
    steal_s DOUBLE, involuntary_switches BIGINT, throttled_periods BIGINT,
    cpu_pressure_s DOUBLE, suspended_s DOUBLE, wall_clock_step_s DOUBLE,
    sm_clock_hz DOUBLE, memory_clock_hz DOUBLE, temperature_c DOUBLE, utilisation DOUBLE,
    throttle_reasons VARCHAR, foreign_processes BIGINT, ecc_errors BIGINT,
    parameters BIGINT, macs_per_sample DOUBLE, weights_hash VARCHAR
);

CREATE TABLE candidates (                 -- (group, hardware, configuration, environment): whose runs are pooled
    id INTEGER NOT NULL,
    model_id BIGINT NOT NULL, hardware_id BIGINT NOT NULL,
    model_version VARCHAR NOT NULL,       -- the tag that its results are linked to, else what they declare
    scenario VARCHAR NOT NULL, input_shape VARCHAR NOT NULL, throughput_unit VARCHAR NOT NULL,
    device_kind VARCHAR NOT NULL,
    batch BIGINT NOT NULL, precision VARCHAR NOT NULL, compile_mode VARCHAR NOT NULL,
    memory_format VARCHAR NOT NULL, n_devices INTEGER NOT NULL, threads INTEGER NOT NULL,
    cache_state VARCHAR NOT NULL, pinning VARCHAR NOT NULL,
    env_id VARCHAR NOT NULL,
    provenance VARCHAR NOT NULL,
    protocol INTEGER NOT NULL,            -- of imported ones 0: they state none
    superseded BOOLEAN NOT NULL           -- a newer protocol has measured the same: these results count no more
);

CREATE TABLE result_kinds (               -- what many results have in common, beside their figures
    id INTEGER NOT NULL,
    status VARCHAR NOT NULL, model_source VARCHAR NOT NULL,
    memory_scope VARCHAR, energy_source VARCHAR,
    assumed VARCHAR NOT NULL, flags VARCHAR NOT NULL
);

CREATE TABLE samples (
    result_id BIGINT NOT NULL,
    latency_s DOUBLE[] NOT NULL           -- raw, in order
);

CREATE TABLE imports (
    seq BIGINT NOT NULL,
    importer VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    segment VARCHAR NOT NULL,
    accepted BIGINT NOT NULL,             -- rows in the file that are sound
    added BIGINT NOT NULL,                -- of those, rows that were not in the store already
    recorded_at TIMESTAMP NOT NULL
);

CREATE TABLE import_rejects (
    seq BIGINT NOT NULL,
    file VARCHAR NOT NULL,
    line BIGINT NOT NULL,
    reason VARCHAR NOT NULL
);

-- What people decided about models and results; each row is made by one event of the same words.

CREATE TABLE renames (                    -- every name that a model had, whatever it is called now
    model_id BIGINT NOT NULL,
    old_name VARCHAR NOT NULL             -- results that come in under it belong to that model
);

CREATE TABLE version_results (            -- a result belongs to one version at most
    version_id BIGINT NOT NULL,
    result_id BIGINT NOT NULL,
    seq BIGINT NOT NULL
);

CREATE TABLE model_aliases (              -- production, champion …: one version of a model each
    model_id BIGINT NOT NULL,
    alias VARCHAR NOT NULL,
    version_id BIGINT NOT NULL,
    last_updated TIMESTAMP NOT NULL
);

CREATE TABLE retractions (
    result_id BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    seq BIGINT NOT NULL
);

CREATE TABLE history (                    -- who moved what, when, from, to
    seq BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,       -- UTC
    actor VARCHAR NOT NULL,               -- user@host
    model VARCHAR NOT NULL,               -- as it was called then; a repository; '' = several models
    subject VARCHAR NOT NULL,             -- version v2 | alias production | result 12 | model | record | licence
    action VARCHAR NOT NULL,              -- added | described | linked | moved | renamed | deleted | retracted |
                                          -- reinstated | snapshot | changed | recorded
    from_value VARCHAR,
    to_value VARCHAR
);

-- Models as their makers declare them, and who uses them; what is measured is above.

CREATE TABLE model_records (              -- the newest record of each (model_id, version)
    model_id VARCHAR NOT NULL, version VARCHAR NOT NULL,       -- '' = no version was said
    name VARCHAR, organisation VARCHAR,
    licence VARCHAR,                      -- as declared; what it allows is derived from it, never stored
    restrictions VARCHAR[] NOT NULL,      -- how the makers restrict its use beyond it
    claims VARCHAR[] NOT NULL,            -- what the source says it may be used for; widens nothing
    parameters BIGINT, size_bytes BIGINT, architecture VARCHAR, task VARCHAR,
    tags VARCHAR[] NOT NULL, training_data VARCHAR[] NOT NULL,
    base_models STRUCT(model_id VARCHAR, relation VARCHAR)[] NOT NULL,
    released_on DATE,
    urls MAP(VARCHAR, VARCHAR) NOT NULL, metrics MAP(VARCHAR, DOUBLE) NOT NULL,
    downloads BIGINT, rating DOUBLE,
    measured_as VARCHAR[] NOT NULL,       -- names in models under which results of it are stored
    source VARCHAR NOT NULL,
    words VARCHAR NOT NULL,               -- made from the row, to search in: lower case, a line each; tags behind chr(1)
    seq BIGINT NOT NULL                   -- the event that brought it
);

CREATE TABLE model_usage (                -- which repository uses which model; the newest scan of each
    repository VARCHAR NOT NULL, file VARCHAR NOT NULL, line BIGINT NOT NULL,
    call VARCHAR NOT NULL,
    model_id VARCHAR,                     -- NULL: not resolved
    confidence DOUBLE NOT NULL,
    detail VARCHAR NOT NULL,
    source VARCHAR NOT NULL,              -- scan | peatmoss
    seq BIGINT NOT NULL
);

CREATE TABLE checkpoints (                -- a version of a model as files
    model_id VARCHAR NOT NULL, version VARCHAR NOT NULL,
    store VARCHAR NOT NULL,               -- URL of the content-addressed store
    facts JSON NOT NULL,                  -- read from the files: tensors, dtypes, parameters, quantisation
    recorded_at TIMESTAMP NOT NULL,
    seq BIGINT NOT NULL
);

CREATE TABLE checkpoint_files (
    seq BIGINT NOT NULL,                  -- of its checkpoint
    path VARCHAR NOT NULL,                -- relative, with '/'
    sha256 VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL
);

CREATE TABLE lineage_builds (             -- ecosystems of models and their parents; the newest holds
    seq BIGINT NOT NULL,
    file VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    segment VARCHAR NOT NULL,             -- the file's rows as they were read, rejected ones with their reasons
    models BIGINT NOT NULL,               -- sound rows
    rejected BIGINT NOT NULL,             -- rows that are not, in quarantine
    recorded_at TIMESTAMP NOT NULL
);

-- Derived, never journalled; each row says up to which event it knows.

CREATE TABLE estimates (                  -- one per candidate: medians over its ok processes
    candidate_id INTEGER NOT NULL,        -- whose it is: join candidates; its results: current_results
    status VARCHAR NOT NULL,              -- that stands for all of them
    n BIGINT NOT NULL, n_tried BIGINT NOT NULL,
    throughput DOUBLE, p95 DOUBLE, p50 DOUBLE, mean DOUBLE,    -- units/s; latencies in seconds
    n_p95 BIGINT NOT NULL, n_p50 BIGINT NOT NULL, n_mean BIGINT NOT NULL,  -- ok processes that have it
    statistic VARCHAR NOT NULL,           -- the latency: of p95, p50, mean the first that the most have
    n_latency BIGINT NOT NULL,
    throughput_low DOUBLE, throughput_high DOUBLE, latency_low DOUBLE, latency_high DOUBLE,  -- 95 %
    interval_basis VARCHAR,               -- processes | samples (inside the one process)
    memory DOUBLE, memory_scope VARCHAR,  -- bytes; no scope: processes differ in it
    energy DOUBLE, energy_source VARCHAR, -- J a unit; likewise
    -- how the ok processes vary, as ln value: sums of squared deviations; the correlation with throughput; and
    -- from 20 processes on their quantiles at 1/2 -+ 1/sqrt(n) and 1/2 -+ 1/(2 sqrt(n)), less the median
    throughput_squares DOUBLE, latency_squares DOUBLE, memory_squares DOUBLE, energy_squares DOUBLE,
    latency_correlation DOUBLE, energy_correlation DOUBLE,
    throughput_around FLOAT[4], latency_around FLOAT[4], memory_around FLOAT[4], energy_around FLOAT[4],
    detail VARCHAR, assumed VARCHAR NOT NULL, flags VARCHAR NOT NULL,
    file VARCHAR, line BIGINT, n_origins BIGINT NOT NULL,      -- where the first was published; how many were
    as_of_seq BIGINT NOT NULL
);

CREATE TABLE noise (                      -- how much one criterion varies, as sd of ln value
    criterion VARCHAR NOT NULL,           -- throughput | latency | memory | energy
    sd DOUBLE NOT NULL, degrees DOUBLE NOT NULL,  -- between processes of one cell; what that is worth
    cells BIGINT NOT NULL,                -- with two processes or more; from 30 on both are estimated
    between_sd DOUBLE NOT NULL,           -- between machines of one kind
    machines BIGINT NOT NULL,             -- beyond the first of a cell; from 30 on it is estimated
    as_of_seq BIGINT NOT NULL
);

-- The earlier system's integration tables: names and columns kept; ms and MB (1e6 bytes).

CREATE TABLE model_registry_versions (
    id BIGINT NOT NULL,
    model_id BIGINT NOT NULL,
    version_tag VARCHAR NOT NULL,
    version_hash VARCHAR,
    metadata JSON,
    created_at TIMESTAMP NOT NULL,
    deleted_at TIMESTAMP                  -- NULL: it is there. A deleted one keeps its row and loses its results
);

CREATE TABLE hardware_model_compatibility (
    id BIGINT NOT NULL,
    model_id BIGINT NOT NULL,
    hardware_id BIGINT NOT NULL,
    compatibility_score DOUBLE,           -- NULL = nothing runs, or not comparable
    suitability_score DOUBLE,
    recommended_batch_size BIGINT,
    recommended_precision VARCHAR,
    memory_requirement DOUBLE,            -- MB
    last_updated TIMESTAMP NOT NULL,      -- of the newest result that it stands on
    notes VARCHAR,
    -- what makes the score explainable
    model_version VARCHAR NOT NULL, scenario VARCHAR NOT NULL,
    input_shape VARCHAR NOT NULL, throughput_unit VARCHAR NOT NULL,
    compile_mode VARCHAR, memory_format VARCHAR,
    precision_basis VARCHAR,              -- 'speed only': nothing is known of accuracy; NULL: it was checked
    throughput DOUBLE, throughput_low DOUBLE, throughput_high DOUBLE,     -- 95 %
    latency_ms DOUBLE, latency_low_ms DOUBLE, latency_high_ms DOUBLE,
    interval_basis VARCHAR,               -- processes | samples (inside the one process)
    throughput_score DOUBLE, latency_score DOUBLE, memory_score DOUBLE,
    n BIGINT NOT NULL, confidence DOUBLE NOT NULL, coverage DOUBLE,
    rank BIGINT, p_best DOUBLE,           -- P(best): NULL where it was not asked for, or there is no rival
    profile VARCHAR NOT NULL,
    weight_throughput DOUBLE NOT NULL, weight_latency DOUBLE NOT NULL, weight_memory DOUBLE NOT NULL,
    flags VARCHAR NOT NULL, env_id VARCHAR, result_ids BIGINT[] NOT NULL,
    as_of_seq BIGINT NOT NULL
);

CREATE TABLE task_recommendations (
    id BIGINT NOT NULL,
    task_type VARCHAR NOT NULL,
    model_id BIGINT NOT NULL,
    hardware_id BIGINT NOT NULL,
    batch_size BIGINT,
    latency_sensitive BOOLEAN NOT NULL,
    memory_constrained BOOLEAN NOT NULL,
    rank BIGINT NOT NULL,
    suitability_score DOUBLE NOT NULL,
    recommended_batch_size BIGINT NOT NULL,
    recommended_precision VARCHAR NOT NULL,
    last_updated TIMESTAMP NOT NULL,
    notes VARCHAR,
    as_of_seq BIGINT NOT NULL
);

CREATE TABLE hardware_compatibility_snapshots (
    id BIGINT NOT NULL,
    model_id BIGINT NOT NULL,
    hardware_id BIGINT NOT NULL,
    version_tag VARCHAR NOT NULL,
    compatibility_score DOUBLE,           -- NULL = nothing runs
    suitability_score DOUBLE,
    metadata JSON,
    created_at TIMESTAMP NOT NULL,
    -- immutable: what the version's results said when it was made
    snapshot_id BIGINT NOT NULL,          -- the id of its first row
    version_id BIGINT NOT NULL,
    results_hash VARCHAR NOT NULL,        -- of the ids of all its results: the same results make no second one
    scenario VARCHAR NOT NULL, input_shape VARCHAR NOT NULL, throughput_unit VARCHAR NOT NULL,
    candidates JSON NOT NULL              -- of each configuration: status, n, throughput, latency, memory, ids
);

CREATE TABLE model_links (
    id BIGINT NOT NULL,
    model_id BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    reference VARCHAR NOT NULL,
    resolved VARCHAR,
    metadata JSON,
    created_at TIMESTAMP NOT NULL
);

-- The results that count: no simulated and no retracted ones, and of a configuration that a newer protocol has
-- measured, none of an older one's. A result that was linked to a version is one of that version.
CREATE VIEW current_results AS
    SELECT r.* REPLACE (c.model_version AS model_version)
    FROM performance_results r JOIN candidates c ON c.id = r.candidate_id
    WHERE NOT c.superseded;
