"""What a browser would make of a page."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """The elements of a page, their attributes and texts; it fails where elements are not nested properly."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.texts: list[str] = []
        self.cells: list[list[str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag == "tr":
            self.cells.append([])
        elif tag in ("td", "th"):
            self.cells[-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)
        if "td" in self.open or "th" in self.open:
            self.cells[-1][-1] += data


def assert_alone(page: Page) -> None:
    """Nothing is loaded, run or left: no script, no link, no handler, no address."""
    assert not {"script", "iframe", "object", "embed", "link", "img", "a", "form", "base"} & set(
        page.elements
    )
    names = {name for _, name, _ in page.attributes}
    assert not {name for name in names if name.startswith("on")} & names
    assert not {"src", "href", "style", "srcset"} & names
