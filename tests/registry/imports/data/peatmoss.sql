-- The tables of a PeaTMOSS database that are read, and three that are not, with their published names,
-- types and keys (PeaTMOSS.sql of PurdueDualityLab/PeaTMOSS-Demos). context_id is INTEGER there as well.
CREATE TABLE model_hub (id INTEGER NOT NULL, name VARCHAR, url VARCHAR, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE architecture (id INTEGER NOT NULL, name VARCHAR, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE author (id INTEGER NOT NULL, name VARCHAR, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE dataset (id INTEGER NOT NULL, name VARCHAR, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE framework (id INTEGER NOT NULL, name VARCHAR, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE language (id INTEGER NOT NULL, name VARCHAR, abbreviation VARCHAR, PRIMARY KEY (id));
CREATE TABLE library (id INTEGER NOT NULL, name VARCHAR, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE license (id INTEGER NOT NULL, name VARCHAR, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE paper (id INTEGER NOT NULL, name VARCHAR, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE tag (id INTEGER NOT NULL, name VARCHAR, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE ptm_issues (id INTEGER NOT NULL, repo_url VARCHAR, PRIMARY KEY (id));
CREATE TABLE ptm_pull_requests (id INTEGER NOT NULL, repo_url VARCHAR, PRIMARY KEY (id));
CREATE TABLE model (
    id INTEGER NOT NULL,
    context_id INTEGER,
    model_hub_id INTEGER,
    sha VARCHAR,
    repo_url VARCHAR,
    downloads INTEGER,
    likes INTEGER,
    has_snapshot INTEGER,
    ptm_issues_id INTEGER,
    ptm_pull_requests_id INTEGER,
    PRIMARY KEY (id),
    UNIQUE (context_id),
    FOREIGN KEY (model_hub_id) REFERENCES model_hub (id)
);
CREATE TABLE model_to_architecture (
    model_id INTEGER NOT NULL, architecture_id INTEGER NOT NULL, PRIMARY KEY (model_id, architecture_id)
);
CREATE TABLE model_to_author (
    model_id INTEGER NOT NULL, author_id INTEGER NOT NULL, PRIMARY KEY (model_id, author_id)
);
CREATE TABLE model_to_dataset (
    model_id INTEGER NOT NULL, dataset_id INTEGER NOT NULL, PRIMARY KEY (model_id, dataset_id)
);
CREATE TABLE model_to_framework (
    model_id INTEGER NOT NULL, framework_id INTEGER NOT NULL, PRIMARY KEY (model_id, framework_id)
);
CREATE TABLE model_to_language (
    model_id INTEGER NOT NULL, language_id INTEGER NOT NULL, PRIMARY KEY (model_id, language_id)
);
CREATE TABLE model_to_library (
    model_id INTEGER NOT NULL, library_id INTEGER NOT NULL, PRIMARY KEY (model_id, library_id)
);
CREATE TABLE model_to_license (
    model_id INTEGER NOT NULL, license_id INTEGER NOT NULL, PRIMARY KEY (model_id, license_id)
);
CREATE TABLE model_to_paper (
    model_id INTEGER NOT NULL, paper_id INTEGER NOT NULL, PRIMARY KEY (model_id, paper_id)
);
CREATE TABLE model_to_tag (
    model_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (model_id, tag_id)
);
CREATE TABLE hf_commit (
    id INTEGER NOT NULL, commit_id VARCHAR, created_at VARCHAR, title VARCHAR, message VARCHAR,
    model_id INTEGER, PRIMARY KEY (id)
);
CREATE TABLE reuse_repository (
    id INTEGER NOT NULL, owner VARCHAR, name VARCHAR, url VARCHAR,
    PRIMARY KEY (id), CONSTRAINT unique_owner_name UNIQUE (owner, name)
);
CREATE TABLE reuse_file (
    id INTEGER NOT NULL, path VARCHAR, model_id INTEGER, reuse_repository_id INTEGER,
    PRIMARY KEY (id), CONSTRAINT unique_path_model_id UNIQUE (path, model_id)
);
CREATE TABLE model_to_reuse_repository (
    model_id INTEGER NOT NULL, reuse_repository_id INTEGER NOT NULL,
    PRIMARY KEY (model_id, reuse_repository_id)
);
