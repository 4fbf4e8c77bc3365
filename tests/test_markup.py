"""What a model wrote, as HTML: what is to be read can be read, and nothing in it can do anything."""

from html.parser import HTMLParser

import pytest

from hostile.texts import LONG, TEXTS
from ui.markup import rendered
from ui.markup.cleaning import ATTRIBUTES, CLASSES, ELEMENTS


class Elements(HTMLParser):
    """The elements of some HTML with their attributes, its text, and which elements were left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def names(self) -> list[str]:
        """The elements' names in order."""
        return [name for name, _ in self.found]


def is_allowed(element: str, attribute: str, value: str | None) -> bool:
    """Whether an element may have the attribute with that value."""
    if attribute == "class":
        return set((value or "").split()) <= CLASSES.get(element, set())
    if (element, attribute) == ("a", "rel"):
        return value == "noopener noreferrer nofollow"
    if (element, attribute) == ("a", "href"):
        return (value or "").lower().startswith(("http://", "https://"))
    return attribute in ATTRIBUTES.get(element, set())


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_texts_leave_only_elements_that_do_nothing(name: str) -> None:
    elements = Elements(rendered(TEXTS[name]))
    assert set(elements.names()) <= ELEMENTS
    assert [
        (element, attribute, value)
        for element, attributes in elements.found
        for attribute, value in attributes.items()
        if not is_allowed(element, attribute, value)
    ] == []
    assert elements.open == []


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", LONG)
def test_endless_texts_keep_nobody_waiting(name: str) -> None:
    """Far more time than they take, and far less than a parser needs that is quadratic in them."""
    assert Elements(rendered(LONG[name])).open == []


def test_markdown_is_shown_as_it_was_meant() -> None:
    html = rendered(
        "**Multiply** the crates:\n\n1. eight\n2. nine\n\n| a | b |\n|---|---|\n| 1 | ~~2~~ |\n\n> said"
    )
    names = Elements(html).names()
    assert {"strong", "ol", "li", "table", "td", "s", "blockquote"} <= set(names)
    assert names.count("li") == 2


def test_headings_stay_out_of_the_outline_of_the_page() -> None:
    assert rendered("## The plan") == '<p class="heading" dir="auto">The plan</p>\n'


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("so $x^2$ it is", "inline"),
        (r"so \(x^2\) it is", "inline"),
        ("so $$x^2$$ it is", "block"),
        (r"so \[x^2\] it is", "block"),
        ("$$\nx^2\n$$", "block"),
        ("\\[\nx^2\n\\]", "block"),
        ("1. so\n   $$\n   x^2\n   $$", "block"),
        ("> \\[\n> x^2\n> \\]", "block"),
        ("\\begin{align*}\nx^2\n\\end{align*}", "block"),
    ],
)
def test_formulas_become_mathematics(text: str, display: str) -> None:
    html = rendered(text)
    assert f'<math display="{display}">' in html
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in html
    assert "$" not in html
    assert "\\" not in html


def test_a_box_stands_alone_in_text() -> None:
    assert '<menclose notation="box">' in rendered(r"The answer is \boxed{\frac{1}{2}}.")


def test_lines_of_a_formula_are_no_list() -> None:
    html = rendered("$$\nx = 1\n- y\n+ z\n$$")
    assert "<li" not in html
    assert html.count("<math") == 1


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6.",
        "Between $5-$10 a day",
        "$5, then 3 crates more make it 15$",
        "She has $5 and he owes her some money in $",
        r"\$5 and \$6",
        "100$ or 200$ each",
    ],
)
def test_money_is_no_formula(text: str) -> None:
    elements = Elements(rendered(text))
    assert "math" not in elements.names()
    assert elements.text.strip() == text.replace("\\", "")


@pytest.mark.parametrize(
    "text", [r"$\frac{1}{2", "$$ never closed", r"\[ x", r"\( x", r"\boxed{3", "\\begin{align} x"]
)
def test_a_formula_that_is_not_closed_stays_as_it_is_written(text: str) -> None:
    elements = Elements(rendered(f"{text}\n\n**after**"))
    assert "math" not in elements.names()
    assert "strong" in elements.names()


@pytest.mark.parametrize(
    "formula", [r"x_a_b", r"\left( x", r"\def\a{\a\a}\a", "x + " * 600, "{" * 70 + "x" + "}" * 70]
)
def test_a_formula_that_cannot_be_converted_is_shown_as_code(formula: str) -> None:
    elements = Elements(rendered(f"${formula.strip()}$"))
    assert "math" not in elements.names()
    assert formula.strip() in elements.text


def test_what_a_formula_says_stays_text() -> None:
    elements = Elements(rendered(r"$\text{<b>5 & 6</b>} &lt;$"))
    assert "b" not in elements.names()
    assert "<b>5\N{NO-BREAK SPACE}&\N{NO-BREAK SPACE}6</b>" in elements.text


def test_spaces_cannot_push_a_formula_over_the_page() -> None:
    html = rendered(r"$\hspace{-99em} x \hspace{1em}$")
    assert "99em" not in html
    assert 'width="1em"' in html


def test_a_link_leads_elsewhere_and_tells_nothing() -> None:
    elements = Elements(rendered("[there](https://example.org/a?b=1)"))
    assert dict(elements.found)["a"] == {
        "href": "https://example.org/a?b=1",
        "target": "_blank",
        "rel": "noopener noreferrer nofollow",
    }


def test_an_image_is_words_and_an_address() -> None:
    elements = Elements(rendered("![a pixel](https://example.org/p.png)"))
    assert "img" not in elements.names()
    assert elements.text.strip() == "a pixel (https://example.org/p.png)"


def test_code_has_classes_for_its_colours() -> None:
    html = rendered("```python\nreturn 72  # jars\n```")
    assert '<span class="k">return</span>' in html
    assert '<span class="c1"># jars</span>' in html


def test_code_in_an_unknown_language_is_as_it_was() -> None:
    elements = Elements(rendered("```brainstorm\na < b\n```"))
    assert "span" not in elements.names()
    assert elements.text.strip() == "a < b"


def test_thinking_is_folded_away_from_the_answer() -> None:
    html = rendered("<think>Let me see.</think>It is **72**.")
    assert html.startswith(
        '<details class="thinking"><summary>Thinking</summary><p dir="auto">Let me see.</p>'
    )
    assert html.endswith('<p dir="auto">It is <strong>72</strong>.</p>\n')


def test_blocks_run_in_their_own_direction() -> None:
    assert rendered("\u05e9\u05dc\u05d5\u05dd\n\n- \u05d0").count('dir="auto"') == 3


def test_a_very_long_text_stands_as_it_is() -> None:
    text = "**a** <b>\n" * 20_000
    elements = Elements(rendered(text))
    assert elements.names() == ["pre"]
    assert elements.text == text
