"""What a ledger looks like: terminal, Markdown, one self-contained page. Renderers take a `View` and return text."""
