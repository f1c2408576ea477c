"""The forms of a page as a browser would send them back, untouched."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """The fields of every form of a page: `values` is what an untouched form sends, `texts` are those for words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.texts: set[str] = set()
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, is_on = given.get("name", ""), "checked" in given or given.get("type") not in ("checkbox", "radio")
        if tag == "input" and name and is_on and given.get("type") not in ("submit", "file"):
            self._add(name, given.get("value", "on" if given.get("type") == "checkbox" else ""))
            self.texts |= {name} if given.get("type", "text") == "text" else set()
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self._add(name, "")
            self.texts.add(name)

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area][-1] += data.removeprefix("\n") if not self.values[self._area][-1] else data

    def _add(self, name: str, value: str) -> None:
        if name != "csrfmiddlewaretoken":
            self.values.setdefault(name, []).append(value)
