"""What each command of TeX becomes in the small TeX that latex2mathml reads well: one small function a command."""
