"""Fill in and send the real edit form of the admin, as an editor's browser does."""

import copy

import lxml.html

# Of streams that JavaScript draws: sent here as empty.
STREAMS = './/*[contains(concat(" ", normalize-space(@data-controller), " "), " w-block ")]'


class AdminForm:
    """The page form at `url`: what it holds now, to be changed and sent."""

    def __init__(self, client, url: str):
        self.client, self.url = client, url
        response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        page = lxml.html.document_fromstring(response.content.decode())
        [form] = page.xpath('//form[@id="page-edit-form" or @data-edit-form]')
        self.fields: dict[str, list[str]] = {}
        for control in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
            self._read(control)
        for stream in form.xpath(STREAMS):
            self.fields[f"{stream.get('id')}-count"] = ["0"]

    def _read(self, control) -> None:
        name, kind = control.get("name"), control.get("type")
        if control.tag == "select":
            self.fields.setdefault(name, []).extend(control.xpath(".//option[@selected]/@value"))
        elif control.tag == "textarea":
            self.fields.setdefault(name, []).append((control.text or "").removeprefix("\n"))
        elif kind in ("checkbox", "radio"):
            if control.get("checked") is not None:
                self.fields.setdefault(name, []).append(control.get("value", "on"))
        elif kind not in ("submit", "button", "file"):
            self.fields.setdefault(name, []).append(control.get("value", ""))

    def copy(self, client, url: str) -> "AdminForm":
        """A form that holds the same at another address: an empty one is the same every time."""
        copied = copy.copy(self)
        copied.client, copied.url, copied.fields = client, url, dict(self.fields)
        return copied

    def fill(self, **values) -> "AdminForm":
        """Set fields; a list sets several values, None empties."""
        for name, value in values.items():
            values_of = value if isinstance(value, list) else [] if value is None else [value]
            self.fields[name] = [str(one) for one in values_of]
        return self

    def add_row(self, prefix: str, **values) -> "AdminForm":
        """Add a row to the inline form `prefix`."""
        number = int(self.fields[f"{prefix}-TOTAL_FORMS"][0])
        self.fields[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
        row = {"id": "", "ORDER": str(number + 1), "DELETE": "", **values}
        return self.fill(**{f"{prefix}-{number}-{name}": value for name, value in row.items()})

    def send(self, action: str = "action-publish"):
        """Send it; the answer is a redirect where all is well, else the form with its errors."""
        return self.client.post(self.url, {**self.fields, action: "on"})
