"""The regression gate: is head slower than base, by more than this machine moves by itself?

A benchmark's unit of replication is a fresh process. Nothing here is imported before a gate is asked for,
except ``plugin``, which imports nothing of fitment by itself.
"""
