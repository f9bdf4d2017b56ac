"""Blocks and inlines as markup that is XHTML and HTML5 alike: what the EPUB and the page share."""
