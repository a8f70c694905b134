"""What is measured: sweep files, plans, and the sweep that works them off."""
