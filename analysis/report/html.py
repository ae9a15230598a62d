"""Pages from templates: everything put into them is escaped, and the style is in the page."""

from pathlib import Path

import jinja2
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


def rendered(template, **values):
    """A template's page as a str; text in `values` is escaped, Markup is kept."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    style = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))
    return environment.get_template(template).render(style=style, **values)


def write(path, html):
    """Write a page so that readers see the one before or this one, whole."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(html, encoding="utf-8", newline="\n")
    part.replace(path)
