"""What a summary looks like: text, Markdown, terminal, HTML. Renderers take a `Summary` and return text."""
