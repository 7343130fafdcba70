"""What `python -m evals` can be asked for; each command gets its arguments and returns an exit code."""
