"""Where a repository uses a model: the types that travel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """One place in a repository that names a model, or would if its name were known."""

    repository: str  # as scanned, or its URL
    file: str  # relative to the repository's root, with "/"
    line: int  # from 1; of a notebook: in the code of its cell; 0: it is not said
    call: str  # "AutoModel.from_pretrained", "vllm serve", "requirements"
    model_id: str | None  # None: not resolved
    confidence: float  # 0 to 1
    detail: str = ""  # the expression that was not resolved; the notebook's cell
    source: str = "scan"  # scan | peatmoss

    @property
    def resolved(self) -> bool:
        """Whether the model is known."""
        return self.model_id is not None
