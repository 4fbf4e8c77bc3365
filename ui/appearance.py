"""How the pages look: Gradio's theme, our style sheets, and what stands in the head of every page."""

from pathlib import Path

import gradio as gr

ASSETS = Path(__file__).parent.parent / "assets"
SCRIPTS = ASSETS / "js"
STYLES = ASSETS / "css"

_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace")


def theme() -> gr.themes.Base:
    """One calm theme, light and dark, with the reader's own fonts: nothing is fetched from elsewhere."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.indigo,
        secondary_hue=gr.themes.colors.indigo,
        neutral_hue=gr.themes.colors.slate,
        font=list(_SANS),
        font_mono=list(_MONO),
        radius_size=gr.themes.sizes.radius_md,
    ).set(
        body_background_fill="var(--ground)",
        body_background_fill_dark="var(--ground)",
        block_border_width="0px",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_shadow="none",
        block_label_background_fill="transparent",
        block_label_background_fill_dark="transparent",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_500",
        button_primary_text_color="white",
        input_background_fill="white",
        input_background_fill_dark="*neutral_900",
        input_border_width="1px",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_400",
        block_label_text_color="*neutral_700",
        block_label_text_color_dark="*neutral_300",
    )


def head() -> str:
    """Links to our style sheets, in order of name, and the script that shows on every page who is logged in."""
    sheets = sorted(path.name for path in STYLES.glob("*.css"))
    links = [f'<link rel="stylesheet" href="styles/{name}">' for name in sheets]
    return "\n".join([*links, '<script type="module" src="scripts/session_bar.js"></script>'])
