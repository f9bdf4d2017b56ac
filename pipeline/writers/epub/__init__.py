"""The EPUB: chapters, contents, package, cover."""
