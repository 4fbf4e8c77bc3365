r"""Where formulas stand in Markdown: $…$, $$…$$, \(…\), \[…\], \boxed{…} and \begin{align}…\end{align}.

Dollars are also money: a formula does not begin with white space, nor end with it, nor is it followed by a digit, nor
is it several plain words in a row.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from ui.markup.mathematics import DEEPEST, LONGEST, Mathematics

_BLOCK = re.compile(
    r"\$\$|\\\[|\\begin\{((?:align|aligned|alignat|equation|gather|gathered|multline|split|cases|array|[pbvBV]?matrix)\*?)\}"
)
_MOST_LINES = 60
_NARROW = 40  # characters of LaTeX that fit on a phone; longer formulas are scrolled, with keys as well
_CLOSINGS = {"$$": "$$", r"\[": r"\]", r"\(": r"\)"}
_WORDS = re.compile(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{3,}[ ,]+[A-Za-z]{2,}")
_NAMED = re.compile(r"\\[a-zA-Z]+(?:[ ]?\{[^{}]*\})?")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)


def formulas(markdown: MarkdownIt) -> None:
    """Make the parser find formulas; `env["mathematics"]` (Mathematics) writes them."""
    markdown.block.ruler.before(
        "fence", "formula_block", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    markdown.inline.ruler.before("escape", "formula", _inline)
    markdown.add_render_rule("formula", _write)
    markdown.add_render_rule("formula_block", _write_block)


def _write(_: RendererHTML, tokens: list[Token], index: int, _options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    mathematics: Mathematics = env["mathematics"]
    return mathematics.html(token.content, display=token.meta["display"])


def _write_block(
    self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    wide = ' tabindex="0"' if len(tokens[index].content) > _NARROW else ""
    return f'<div class="equation"{wide}>{_write(self, tokens, index, options, env)}</div>\n'


def _inline(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    found = None
    if source[start] == "$":
        found = _dollars(source, start)
    elif source.startswith((r"\(", r"\["), start):
        end = source.find(_CLOSINGS[source[start : start + 2]], start + 2, start + LONGEST)
        found = None if end < 0 else (source[start + 2 : end], end + 2)
    elif source.startswith((r"\boxed{", r"\fbox{"), start):
        end = _braces_end(source, source.index("{", start))
        found = None if end is None else (source[start:end], end)
    if found is None or not found[0].strip():
        return False
    content, state.pos = found
    if not silent:
        token = state.push("formula", "math", 0)
        token.content = content
        token.meta = {"display": source.startswith(("$$", r"\["), start)}
    return True


def _dollars(source: str, start: int) -> tuple[str, int] | None:
    """The formula that begins with the dollar at `start`, and where the text after it begins."""
    mark = "$$" if source.startswith("$$", start) else "$"
    end = start + len(mark)
    while (end := source.find(mark, end, start + LONGEST)) >= 0 and source[end - 1] == "\\":
        end += 1
    if end < 0:
        return None
    content, after = source[start + len(mark) : end], end + len(mark)
    if mark == "$":
        spaced = content != content.strip()
        if spaced or source[after : after + 1].isdigit() or source[max(0, start - 1) : start].isdigit():
            return None
        if _WORDS.search(_NAMED.sub("", content)):
            return None
    return content, after


def _braces_end(source: str, start: int) -> int | None:
    """Where the brace at `start` is closed, just after it."""
    depth = 0
    for brace in _BRACES.finditer(source, start, start + LONGEST):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.end()
        if depth > DEEPEST:
            break
    return None


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    opening = _BLOCK.match(state.src, start, state.eMarks[start_line])
    if opening is None:
        return False
    environment = opening[1]
    closing = rf"\end{{{environment}}}" if environment else _CLOSINGS[opening[0]]
    if state.src.find(closing, opening.end(), opening.end() + LONGEST) < 0:
        return False
    lines = [state.src[opening.end() : state.eMarks[start_line]]]
    line = start_line
    while (end := lines[-1].find(closing)) < 0:
        line += 1
        inside = line < min(end_line, start_line + _MOST_LINES) and state.sCount[line] >= state.blkIndent
        if not inside or state.isEmpty(line):
            return False
        lines.append(state.getLines(line, line + 1, state.blkIndent, False))
    if lines[-1][end + len(closing) :].strip(" \t.,;"):
        return False
    if silent:
        return True
    lines[-1] = lines[-1][:end]
    token = state.push("formula_block", "math", 0)
    token.block = True
    token.content = "\n".join(lines) if not environment else "\n".join([opening[0], *lines, closing])
    token.meta = {"display": True}
    token.map = [start_line, line + 1]
    state.line = line + 1
    return True
