"""What the harness itself costs on a machine, and what the machine's devices can reach."""
