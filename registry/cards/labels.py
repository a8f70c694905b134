"""The labels of cards' templates, and which field each means."""

from __future__ import annotations

CARBON = frozenset({"hours used", "cloud provider", "compute region", "emissions"})

# field of the card, or part of the carbon footprint: its labels, lower case, apart by "|"
_LABELS_OF = {
    "licence": "license|licence|license(s)|model license|许可证|许可协议|开源协议",
    "language": "language|language(s)|language(s) (nlp)|languages|supported languages|语言",
    "base_models": """finetuned from model|finetuned from|fine-tuned from|fine-tuned from model|base model
        |parent model|base models|quantized from|original model|teacher model|base_model|基座模型|基础模型""",
    "github_repo": "repository|github|github repository|github repo|code|source code|original|代码|代码仓库",
    "papers": "paper|papers|arxiv|publication|paper(s)|research paper|technical report|论文|技术报告",
    "demo": "demo|space|demos|live demo|online demo|colab",
    "grant": "funded by|funding|sponsored by|grant|grants|supported by|sponsor",
    "hardware": """hardware type|infrastructure|hardware|gpus|gpu|training hardware|hardware used|gpu type
        |accelerator|硬件|训练硬件""",
    "hours used": "hours used|training time|gpu hours|hours|total training time",
    "cloud provider": "cloud provider|provider",
    "compute region": "compute region|region",
    "emissions": "carbon emitted|co2 emissions|co2 emissions (in grams)|carbon footprint|co2 emitted",
    "architecture": "model type|architecture|model architecture|architectures",
    "developers": """developed by|model developers|developers|developer|model developer|authors|author
        |created by|organization""",
    "parameter_count": """parameters|number of parameters|params|params (m)|model size|parameter count
        |total parameters|model parameters|#params|# parameters|参数量|参数规模""",
    "tasks": "task|tasks|task type",
    "input_format": "input|inputs|input format|input type(s)|input type|input modalities|input modality",
    "output_format": "output|outputs|output format|output type(s)|output type|output modalities",
    "datasets": """dataset|datasets|training data|training dataset|training datasets|pretrain dataset
        |dataset used|train dataset|fine-tuning data|dataset(s)|数据集|训练数据""",
    "frameworks": "framework|frameworks",
    "libraries": "library|libraries|library name",
    "domain": "domain|domains",
    "limitation_and_bias": "limitations|known limitations|bias|biases|limitation",
}
LABELS = {label.strip(): field for field, labels in _LABELS_OF.items() for label in labels.split("|")}
