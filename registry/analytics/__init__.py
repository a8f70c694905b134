"""What the recorded models are like, taken together."""
