"""How one invocation is measured, pass by pass: what runs inside the worker."""
