"""Documents as one HTML file: no script, nothing loaded from elsewhere, foreign text inert.

It is readable on a phone and on paper, and follows the reader's light or dark setting.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from .charts import Chart
from .document import Document, Section, Table
from .text import terminal

STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1e; --paper: #ffffff; --faint: #6b6b70; --line: #d5d5da;
  --tint: #f2f5f2; --mark: #1f6f43; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8ea; --paper: #161618; --faint: #9c9ca3;
  --line: #3a3a40; --tint: #1f2621; --mark: #7fd1a1; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 70rem; color: var(--ink);
  background: var(--paper); font: 15px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .8rem; }
h2 { font-size: 1rem; margin: 1.4rem 0 .4rem; border-bottom: 1px solid var(--line); }
p, ul { margin: .3rem 0; }
ul { padding-left: 1.2rem; }
.answer { background: var(--tint); border-left: 4px solid var(--mark); padding: .3rem .9rem .7rem; }
.answer h2 { border: 0; margin-top: .5rem; }
.answer p { font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: top; overflow-wrap: normal; }
th { color: var(--faint); font-weight: 600; border-bottom: 1px solid var(--line); }
tr + tr td { border-top: 1px solid var(--line); }
.n { text-align: right; white-space: nowrap; }
code { font: .84rem/1.4 ui-monospace, monospace; }
pre { margin: .3rem 0; padding: .5rem .7rem; background: var(--tint); white-space: pre-wrap; }
@media print { :root { --ink: #000; --paper: #fff; --tint: #fff; --line: #999; --faint: #444; --mark: #000; }
  @page { margin: 14mm; } body { padding: 0; max-width: none; font-size: 9.5pt; } table { font-size: 8pt; }
  .wide { overflow: visible; } thead { display: table-header-group; } tr, .answer { break-inside: avoid; }
  h2 { break-after: avoid; } }
"""


CHART_STYLE = """
figure { margin: .8rem 0 1rem; max-width: 44rem; }
figcaption { font-weight: 600; font-size: .9rem; }
.chart { display: block; width: 100%; height: auto; }
.chart text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.chart .faint { fill: var(--faint); }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .mark { fill: var(--mark); }
.chart .rest { fill: var(--faint); }
.chart .dot { fill: var(--mark); fill-opacity: .65; }
.chart .line { fill: none; stroke: var(--mark); stroke-width: 2; }
.chart .second { fill: none; stroke: var(--faint); stroke-width: 2; stroke-dasharray: 5 4; }
.chart .box { fill: var(--tint); stroke: var(--mark); stroke-width: 1.5; }
details { font-size: .86rem; color: var(--faint); }
summary { cursor: pointer; }
@media print { figure { break-inside: avoid; } details { display: none; } }
"""


def to_html(document: Document) -> str:
    """The document as one HTML page."""
    charts = [chart for section in document.sections for chart in section.charts]
    numbers = iter(range(1, len(charts) + 1))
    sections = (line for section in document.sections for line in _section(section, numbers))
    return "\n".join((*head(document.title, with_charts=bool(charts)), *sections, *foot()))


def head(title: str, *, with_charts: bool = False) -> Iterator[str]:
    """The lines of a page up to its first section."""
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<title>{inert(title)}</title>"
    yield f"<style>{STYLE}{CHART_STYLE if with_charts else ''}</style>"
    yield "</head>"
    yield "<body>"
    yield f"<h1>{inert(title)}</h1>"


def foot() -> Iterator[str]:
    """The lines of a page after its last section."""
    yield from ("</body>", "</html>", "")


def inert(text: str) -> str:
    """``text`` as HTML shows it and nothing else: no element, no control, no override of direction."""
    return html.escape(terminal(text), quote=True)


def table_head(columns: Iterable[str], right: frozenset[str] = frozenset()) -> Iterator[str]:
    """The lines of a table up to its first row; ``right`` names the columns of figures."""
    cells = "".join(f'<th scope="col"{_class(column in right)}>{inert(column)}</th>' for column in columns)
    yield '<div class="wide"><table>'
    yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"


def table_row(cells: Iterable[str], right: Iterable[bool], code: Iterable[bool] | None = None) -> str:
    """One row; ``right`` and ``code`` say of each cell whether it is a figure, and whether it is code."""
    held = [inert(text) for text in cells]
    coded = [
        f"<code>{c}</code>" if is_code and c else c for c, is_code in zip(held, code or (), strict=False)
    ]
    shown = zip(coded or held, right, strict=True)
    return "<tr>" + "".join(f"<td{_class(is_right)}>{text}</td>" for text, is_right in shown) + "</tr>"


def table_foot() -> str:
    """The line after a table's last row."""
    return "</tbody></table></div>"


def _class(right: bool) -> str:
    return ' class="n"' if right else ""


def _section(section: Section, numbers: Iterator[int]) -> Iterator[str]:
    yield '<section class="answer">' if section.is_answer else "<section>"
    yield f"<h2>{inert(section.title)}</h2>"
    if section.is_answer or len(section.lines) == 1:
        yield from (f"<p>{inert(line)}</p>" for line in section.lines)
    elif section.lines:
        yield "<ul>"
        yield from (f"<li>{inert(line)}</li>" for line in section.lines)
        yield "</ul>"
    if section.table:
        yield from _table(section.table)
    for chart in section.charts:
        yield from _chart(chart, next(numbers))
    yield from (f"<pre><code>{inert(command)}</code></pre>" for command in section.commands)
    yield "</section>"


def _chart(chart: Chart, number: int) -> Iterator[str]:
    """A chart as a drawing, with its figures behind it in a table."""
    from .chart_text import in_words, twin
    from .svg import svg

    yield "<figure>"
    yield f"<figcaption>{inert(chart.title)}</figcaption>"
    yield from svg(chart, number)
    yield from (f"<p>{inert(line)}</p>" for line in in_words(chart))
    table = twin(chart)
    if table.rows:
        yield "<details><summary>The same as a table</summary>"
        yield from _table(table)
        yield "</details>"
    yield "</figure>"


def _table(table: Table) -> Iterator[str]:
    right = [column in table.right for column in table.columns]
    code = [column in table.code for column in table.columns]
    yield from table_head(table.columns, table.right)
    yield from (table_row(row, right, code) for row in table.rows)
    yield table_foot()
