"""Other formats through pandoc: docx, odt, Markdown, typst, plain text."""
