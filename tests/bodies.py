"""The markup of posts alone, without the pages around it, for golden cases."""

from __future__ import annotations

from pipeline.book import Post, ResolvedBook
from pipeline.phrases import phrases_for
from pipeline.writers.xhtml.blocks import render_blocks, render_title
from pipeline.writers.xhtml.rendering import Rendering


def chapter_bodies(book: ResolvedBook) -> list[str]:
    """Return the title and body of each post, links leading to ids as on a single page."""
    return [_body(post, book.config.metadata.language) for post in book.posts]


def _body(post: Post, language: str) -> str:
    rendering = Rendering(
        post_href=lambda post_id: f"#{post_id}",
        anchor_href=lambda anchor: f"#{anchor}",
        resource_href=lambda name: f"images/{name}",
        phrases=phrases_for(language),
        post_url=post.url,
        note_prefix=f"{post.id}-n",
    )
    title = render_title(post.title, rendering)
    return f'<h1 id="{post.id}">{title}</h1>\n{render_blocks(post.blocks, rendering)}'
