"""One cell as optimum-benchmark measures it: ``python peer_cell.py MODEL_FOLDER BATCH LENGTH``, JSON out."""

from __future__ import annotations

import json
import sys

from optimum_benchmark import Benchmark, BenchmarkConfig, InferenceConfig, InlineConfig, PyTorchConfig


def main() -> None:
    """Its inline launcher, with its own defaults for warm-up, iterations and duration, memory tracked."""
    folder, batch, length = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    config = BenchmarkConfig(
        name="peer",
        launcher=InlineConfig(),
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
