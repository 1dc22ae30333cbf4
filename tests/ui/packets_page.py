"""The page of packets, for the tests of it: its table, one packet's fields and bytes, the keys to them."""

import subprocess
import time

from lens_window import click_at, wait_for

ALL = "9,907 of 9,907 packets, 100.0 %"
HOST = "18.197.187.162"
TITLES = ("No.", "Time", "Source", "Destination", "Protocol", "From port", "To port", "Payload", "Wire length",
          "Inter-arrival", "Burst")
# Packet 5000 of ring.pcap, as tshark shows it.
PACKET_5000 = ["5,000", "17:56:26.373285", "192.168.24.221", HOST, "UDP", "51506", "44464"]


def named(window, role, name):
    """The first of that role and name, whether or not it can be seen at its middle; found once, since looking takes a while."""
    found = window.__dict__.setdefault("found", {})
    if (role, name) not in found:
        found[role, name] = window.find((role,), name, showing=False)
    return found[role, name]


def table(window):
    return named(window, "tree table", "Packets")


def rows_in_view(window):
    """The rows of the table that are on the screen, as widgets. GTK has many more at hand, so only the place of one is asked for; those
    out of view say where they once were, maybe. What is in view is a run of rows that follow upon each other, and seen there."""
    rows = list(table(window).children)[-1]
    left = table(window).extents[0] + 20
    _, upper, _, height = rows.extents
    runs = []
    end = None
    for row in rows.children:
        _, y, _, row_height = row.extents
        if row_height <= 0 or y < upper or y + row_height > upper + height:
            continue
        if y != end:
            runs.append([])
        runs[-1].append(row)
        end = y + row_height
    if len(runs) > 1:
        runs = [run for run in runs if run[0].is_seen_at(left, run[0].extents[1] + 5)]
    return runs[0] if runs else []


def cell_text(row, place):
    """What a row says in a column, by its place."""
    cell = row.accessible.get_child_at_index(place)
    return cell.get_child_at_index(0).get_name() if cell is not None and cell.get_child_count() else ""


def texts_of(row, count=len(TITLES)):
    return [cell_text(row, place) for place in range(count)]


def wait_for_first(window, texts, what):
    """Until the first row in view begins with these texts."""
    def is_first():
        rows = rows_in_view(window)
        return rows and texts_of(rows[0], len(texts)) == texts

    wait_for(is_first, what)


def wait_for_last(window, number):
    wait_for(lambda: column(window, "No.")[-1:] == [number], f"packet {number} in the last row in view")


def has_row(window, texts):
    return any(cell_text(row, 0) == texts[0] and texts_of(row, len(texts)) == texts for row in rows_in_view(window))


def start_packets(lens, **options):
    window = lens.start_ring(**options)
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["1", "17:53:54.420350", "0.0.0.0", "255.255.255.255", "UDP", "68", "67"],
                   "the first packet")
    return window


def go_to(window, number):
    window.key("ctrl+g", "ctrl+a")
    window.type(number)
    window.key("Return")


def header(window, title):
    """A column's title."""
    titles = next(table(window).children)
    return next(widget for widget in titles.inside() if widget.name == title)


def click_header(window, title):
    widget = header(window, title)
    widget.bring_into_view()
    left, top = window.origin_of(widget.toplevel())
    x, y, width, height = widget.extents
    click_at(left + x + width // 2, top + y + height // 2)


def column(window, title):
    return [cell_text(row, TITLES.index(title)) for row in rows_in_view(window)]


def bytes_view(window):
    return named(window, "text", "Bytes")


def fields(window):
    """The fields that are shown, by their text."""
    items = [next(item.children) for item in named(window, "list", "Fields").children]
    return {item.name: item for item in items}


def wait_for_field(window, text):
    return wait_for(lambda: fields(window).get(text), f"field {text!r}")


def click_field(window, widget):
    widget.wait_until_still()
    left, top = window.origin_of(widget.toplevel())
    x, y, _, height = widget.extents
    click_at(left + x + 60, top + y + height // 2)


def clipboard():
    return subprocess.run(["xclip", "-selection", "clipboard", "-o"], stdout=subprocess.PIPE, check=False, text=True,
                          timeout=20).stdout


def choose(window, drop_down, place):
    """An entry of a drop-down, with the keys."""
    window.find(("combo box",), drop_down).click()
    for key in ["Home"] + ["Down"] * place + ["Return"]:
        time.sleep(0.4)
        window.key(key)


def choose_in_menu(window, place):
    """In the context menu of the packet that has the keys."""
    window.key("shift+F10")
    for key in ["Down"] * place + ["Return"]:
        time.sleep(0.4)
        window.key(key)


def click_row(window, number, modifier=None):
    row = wait_for(lambda: next((row for row in rows_in_view(window) if cell_text(row, 0) == number), None), f"packet {number}")
    left, top = window.origin_of(table(window).toplevel())
    x, y, _, height = row.extents
    click_at(left + x + 20, top + y + height // 2, modifier)


def copied_numbers(window):
    """The packets that Ctrl+C copies as rows."""
    return [line.split("\t")[0] for line in clipboard_after(window).splitlines()[1:]]


def clipboard_after(window, keys="ctrl+c"):
    window.key(keys)
    time.sleep(0.3)
    return clipboard()


def wait_copied(window, *numbers):
    wait_for(lambda: copied_numbers(window) == list(numbers), f"the rows of {numbers} to be copied")
