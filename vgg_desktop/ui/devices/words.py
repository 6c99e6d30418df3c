"""Texts about devices and their measurements, in the user's language."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from vgg_desktop.ui.session import Session
from vgg_desktop.ui.words.formats import data_size, number, percent, percent_done
from vgg_desktop.ui.words.reasons import reason_text

if TYPE_CHECKING:
    from vgg_desktop.inference.devices.measuring import FormFacts, Measurement
    from vgg_desktop.inference.forms.form import Agreement
    from vgg_desktop.inference.results import Precision

translate = QCoreApplication.translate


def precision_name(precision: "Precision") -> str:
    """Return Exact or Fast as the window calls them."""
    return translate("Devices", "Exact") if precision == "exact" else translate("Devices", "Fast")


def rate(measured: "Measurement") -> str:
    """Return how many pictures per second: `212 /s`."""
    return translate("Devices", "{rate} /s").format(rate=number(measured.images_per_second))


def details(measured: "Measurement") -> str:
    """Return the numbers beside the rate: times, batch, memory, and the agreement with the CPU."""
    parts = [
        translate("Devices", "one picture {median} ms, 95 % within {p95} ms").format(
            median=number(measured.median_ms), p95=number(measured.p95_ms)
        ),
        translate("Devices", "fastest one at a time")
        if measured.batch == 1
        else translate("Devices", "fastest with {count} at once").format(count=measured.batch),
        translate("Devices", "loaded in {load} ms").format(load=number(measured.load_ms)),
    ]
    if measured.peak_mb is not None:
        size = data_size(measured.peak_mb * 1e6)
        parts.append(translate("Devices", "{size} of memory").format(size=size))
    if measured.agreement is not None:
        parts.append(_agreement(measured, measured.agreement))
    return joined(parts)


def _agreement(measured: "Measurement", agreement: "Agreement") -> str:
    if measured.device == "cpu" and measured.precision == "exact":
        return translate("Devices", "reference")
    text = translate(
        "Devices",
        "same class as the CPU on {same} of {pictures} pictures, probabilities differ by at most {difference}",
    )
    return text.format(
        same=round(agreement.same_top1 * agreement.pictures),
        pictures=agreement.pictures,
        difference=percent(agreement.largest_difference, 2),
    )


def joined(parts: Sequence[str]) -> str:
    """Return parts in one line; the point between them never begins a line."""
    return "\N{NO-BREAK SPACE}· ".join(parts)


def spoken_facts(facts: "FormFacts") -> str:
    """Return a description of one form in one line, for screen readers."""
    name = f"{facts.device.name}, {precision_name(facts.precision)}"
    if facts.reason is not None:
        text = translate("Devices", "not used: {reason}").format(reason=reason_text(facts.reason))
    elif (measured := facts.measurement) is not None:
        speed = translate("Devices", "{rate} pictures per second")
        text = f"{speed.format(rate=number(measured.images_per_second))}, {details(measured)}"
    else:
        text = translate("Devices", "not measured yet")
    return f"{name}: {text}"


def as_table(found: Sequence["FormFacts"], titles: Mapping[str, str]) -> str:
    """Return everything as a table for spreadsheets: tabs, one line per form, numbers as the language writes them."""
    head = (
        translate("Devices", "Network"),
        translate("Devices", "Device"),
        translate("Devices", "Precision"),
        translate("Devices", "Pictures per second"),
        translate("Devices", "Batch size"),
        translate("Devices", "Loading (ms)"),
        translate("Devices", "Median of one picture (ms)"),
        translate("Devices", "95th percentile (ms)"),
        translate("Devices", "Memory (MB)"),
        translate("Devices", "Same class as the CPU (%)"),
        translate("Devices", "Largest difference of a probability (%)"),
        translate("Devices", "Measured (UTC)"),
        translate("Devices", "Reason"),
    )
    rows = [head, *(_row(each, titles.get(each.model, each.model)) for each in found)]
    return "\n".join("\t".join(row) for row in rows)


def _row(facts: "FormFacts", title: str) -> tuple[str, ...]:
    start = (title, facts.device.name, precision_name(facts.precision))
    measured = facts.measurement
    if facts.reason is not None:
        return (*start, *[""] * 9, reason_text(facts.reason))
    if measured is None or measured.agreement is None:
        return (*start, *[""] * 10)
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)  # a spreadsheet would take it for text

    def cell(value: float, digits: int) -> str:
        return locale.toString(float(value), "f", digits)

    return (
        *start,
        cell(measured.images_per_second, 2),
        str(measured.batch),
        cell(measured.load_ms, 1),
        cell(measured.median_ms, 2),
        cell(measured.p95_ms, 2),
        "" if measured.peak_mb is None else cell(measured.peak_mb, 0),
        cell(measured.agreement.same_top1 * 100, 1),
        cell(measured.agreement.largest_difference * 100, 4),
        measured.when,
        "",
    )


def activity_text(session: Session) -> str:
    """Return what is being measured or tested, and how far it is."""
    measurements, progress = session.measurements, session.measurements.progress
    if measurements.is_stopping:
        return translate("Devices", "Stopping…")
    if measurements.activity == "testing":
        return translate("Devices", "Testing again…")
    if progress is None:
        return translate("Devices", "Waiting for the pictures being classified…")
    spec = session.downloads.spec(progress.model)
    return translate("Devices", "{percent}: {network}, {device}, {precision}").format(
        percent=percent_done(progress.fraction),
        network=spec.title if spec is not None else progress.model,
        device=session.devices.name_of(progress.device),
        precision=precision_name(progress.precision),
    )
