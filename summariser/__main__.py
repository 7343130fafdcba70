"""`python -m summariser` is the `summarise` command."""

from summariser.cli import main

raise SystemExit(main())
