"""Which of the recorded models to choose: what excludes one, and what ranks those that are left."""
