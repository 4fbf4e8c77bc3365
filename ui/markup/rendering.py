"""A model's text as HTML."""

from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from storage.text import storable
from ui.markup.cleaning import cleaned
from ui.markup.code import coloured
from ui.markup.formulas import formulas
from ui.markup.mathematics import Mathematics

LONGEST = 100_000
"""Characters; a longer text is shown as it is."""

_THOUGHT = "</think>"


def rendered(text: str) -> str:
    """The text as sanitised HTML: Markdown with tables, LaTeX as MathML, code with classes for colours.

    It holds nothing that executes or fetches, whatever the text. What the model thought before it answered stands
    in a closed `<details class="thinking">`. A text longer than 100,000 characters stands as it is in `<pre
    class="plain">`. No input makes it raise.
    """
    text = storable(text)
    if len(text) > LONGEST:
        return cleaned(f'<pre class="plain" dir="auto">{escape(text)}</pre>')
    thought, _, answer = text.rpartition(_THOUGHT)
    html = _html(answer)
    if thought.strip():
        inner = _html(thought.replace("<think>", "", 1))
        html = f'<details class="thinking"><summary>Thinking</summary>{inner}</details>{html}'
    return cleaned(html)


def _html(text: str) -> str:
    return str(_MARKDOWN.render(text, {"mathematics": Mathematics()}))


def _directed(state: StateCore) -> None:
    """Every block runs in the direction of its own text, and headings stay out of the page's outline."""
    for token in state.tokens:
        if token.type.startswith("heading_"):
            token.tag = "p"
            if token.nesting == 1:
                token.attrSet("class", "heading")
        if token.nesting == 1 and token.tag in {"p", "ul", "ol", "li", "blockquote", "td", "th"}:
            token.attrSet("dir", "auto")


def _fit_to_link(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _image(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    words = self.renderInlineAsText(token.children, options, env)
    return escape(f"{words} ({token.attrGet('src')})".strip())


def _fence(_: RendererHTML, tokens: list[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    token = tokens[index]
    return f'<pre class="code" dir="ltr"><code>{coloured(token.content, token.info.strip())}</code></pre>\n'


def _table_open(*_: object) -> str:
    return '<div class="wide" tabindex="0"><table>\n'


def _table_close(*_: object) -> str:
    return "</table></div>\n"


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True})
    markdown.enable(["table", "strikethrough"])
    markdown.validateLink = _fit_to_link  # type: ignore[method-assign]
    markdown.use(formulas)
    markdown.core.ruler.push("directed", _directed)
    for name, rule in {
        "image": _image,
        "fence": _fence,
        "code_block": _fence,
        "table_open": _table_open,
        "table_close": _table_close,
    }.items():
        markdown.add_render_rule(name, rule)
    return markdown


_MARKDOWN = _markdown()
