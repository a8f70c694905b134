"""One cell as optimum-benchmark measures it, as JSON: ``peer_cell.py inline|process FOLDER BATCH LENGTH``."""

from __future__ import annotations

import json
import sys

from optimum_benchmark import (
    Benchmark,
    BenchmarkConfig,
    InferenceConfig,
    InlineConfig,
    ProcessConfig,
    PyTorchConfig,
)

LAUNCHERS = {"inline": InlineConfig, "process": ProcessConfig}


def main() -> None:
    """The asked launcher, the peer's defaults for warm-up, iterations and duration; memory is tracked."""
    launcher, folder, batch, length = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    config = BenchmarkConfig(
        name="peer",
        launcher=LAUNCHERS[launcher](),
        scenario=InferenceConfig(
            memory=True, latency=True, input_shapes={"batch_size": batch, "sequence_length": length}
        ),
        backend=PyTorchConfig(model=folder, task="feature-extraction", library="transformers", device="cpu"),
    )
    forward = Benchmark.launch(config).forward
    print(
        json.dumps(
            {
                "p50_s": forward.latency.p50,
                "count": forward.latency.count,
                "memory_bytes": forward.memory.max_ram * 1e6,
            }
        )
    )


if __name__ == "__main__":
    main()
