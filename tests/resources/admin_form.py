"""Fill in and send the real edit form of the admin, as an editor's browser does."""

from bs4 import BeautifulSoup


class AdminForm:
    """The page form at `url`: what it holds now, to be changed and sent."""

    def __init__(self, client, url: str):
        self.client, self.url = client, url
        response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        form = BeautifulSoup(response.content, "lxml").select_one("#page-edit-form, form[data-edit-form]")
        self.fields: dict[str, list[str]] = {}
        for control in form.select("input[name], select[name], textarea[name]"):
            self._read(control)
        for stream in form.select('[data-controller~="w-block"]'):  # drawn by JavaScript: sent here as empty
            self.fields[f"{stream['id']}-count"] = ["0"]

    def _read(self, control) -> None:
        name = control["name"]
        if control.name == "select":
            chosen = [option.get("value", "") for option in control.select("option[selected]")]
            self.fields.setdefault(name, []).extend(chosen)
        elif control.name == "textarea":
            self.fields.setdefault(name, []).append(control.text.removeprefix("\n"))
        elif control.get("type") in ("checkbox", "radio"):
            if control.has_attr("checked"):
                self.fields.setdefault(name, []).append(control.get("value", "on"))
        elif control.get("type") not in ("submit", "button", "file"):
            self.fields.setdefault(name, []).append(control.get("value", ""))

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
        """Send it; the response of the redirect, or of the form with its errors."""
        return self.client.post(self.url, {**self.fields, action: "on"}, follow=True)
