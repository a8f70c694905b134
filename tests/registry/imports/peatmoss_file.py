"""A small PeaTMOSS database, made anew for each test that changes it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

SCHEMA = Path(__file__).parent / "data/peatmoss.sql"
ROWS = """
INSERT INTO model_hub VALUES (1, 'HuggingFace', 'https://huggingface.co/'), (2, 'PyTorch', 'https://pytorch.org');
INSERT INTO model (id, context_id, model_hub_id, sha, repo_url, downloads, likes) VALUES
    (1, 'bert-base-uncased', 1, 'aa11', 'https://huggingface.co/bert-base-uncased', 40000000, 900),
    (2, 'org/tuned', 1, 'bb22', 'https://huggingface.co/org/tuned', NULL, 0),
    (3, 'resnet18', 2, NULL, 'https://github.com/pytorch/vision', NULL, NULL),
    (4, '12345', 1, NULL, NULL, -1, NULL);
INSERT INTO architecture VALUES (1, 'BertForMaskedLM');
INSERT INTO author VALUES (1, 'org'), (2, 'Pytorch Team');
INSERT INTO dataset VALUES (1, 'wikipedia'), (2, 'dataset:bookcorpus');
INSERT INTO framework VALUES (1, 'bert');
INSERT INTO language VALUES (1, 'en', NULL);
INSERT INTO library VALUES (1, 'pytorch'), (2, 'transformers');
INSERT INTO license VALUES (1, 'apache-2.0'), (2, 'license:apache-2.0'), (3, 'mit'), (4, ''), (5, 'llama2');
INSERT INTO paper VALUES (1, 'https://arxiv.org/abs/1810.04805'), (2, 'https://arxiv.org/abs/1910.01108');
INSERT INTO tag VALUES (1, 'fill-mask'), (2, 'exbert'), (3, 'text-classification');
INSERT INTO model_to_architecture VALUES (1, 1);
INSERT INTO model_to_author VALUES (2, 1), (3, 2);
INSERT INTO model_to_dataset VALUES (1, 1), (1, 2);
INSERT INTO model_to_framework VALUES (1, 1);
INSERT INTO model_to_language VALUES (1, 1);
INSERT INTO model_to_library VALUES (1, 1), (1, 2);
INSERT INTO model_to_license VALUES (1, 1), (1, 2), (2, 5), (2, 3), (3, 4);
INSERT INTO model_to_paper VALUES (1, 1), (1, 2);
INSERT INTO model_to_tag VALUES (1, 1), (1, 2), (2, 1), (2, 3);
INSERT INTO reuse_repository VALUES
    (1, 'ann', 'app', 'github.com/ann/app'), (2, 'bob', 'tool', 'https://gitlab.com/bob/tool');
INSERT INTO reuse_file VALUES (1, 'ann_app/app/src/run.py', 1, 1), (2, 'ann_app/app/src/run.py', 2, 1);
INSERT INTO model_to_reuse_repository VALUES (1, 1), (2, 1), (1, 2);
"""


def write(folder: Path, *, more: str = "", rows: str = ROWS, without: tuple[str, ...] = ()) -> Path:
    """The path of a database with the published tables and a few rows, then whatever ``more`` SQL does."""
    path = folder / "PeaTMOSS.db"
    with closing(sqlite3.connect(path)) as con:
        con.executescript(SCHEMA.read_text() + rows + more)
        for table in without:
            con.execute(f"DROP TABLE {table}")
        con.commit()
    return path
