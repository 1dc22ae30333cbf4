"""Who sends to whom: a matrix that is hovered, clicked, walked with the keys and read as a table."""

import os
import re
import subprocess
import time

from lens_window import click_at, wait_for, xdotool

ALL = "9,907 of 9,907 packets, 100.0 %"
TOP = "192.168.24.221"
PEER = "18.197.187.162"
# Published: 5,844 packets with 3,050,235 bytes to the peer, 3,417 with 564,612 back.
THERE = f"{TOP} → {PEER}"
BACK = f"{PEER} → {TOP}"
THERE_SAYS = f"{THERE}: 5,844 packets, 3,050,235 bytes"
BACK_SAYS = f"{BACK}: 3,417 packets, 564,612 bytes"
THERE_ONLY = "5,844 of 9,907 packets, 59.0 %"
BOTH_WAYS = "9,261 of 9,907 packets, 93.5 %"
MATRIX = re.compile("^(Payload|Packets) from host to host")
# The strongest shade in each style: only the cell from the top source to its peer has it, and its sample in the legend.
STRONGEST = {"light": bytes((0x1c, 0x71, 0xc8)), "dark": bytes((0x62, 0xa8, 0xe5))}


def start(lens, **options):
    window = lens.start_ring(**options)
    window.find(("page tab",), "Matrix").click()
    says(window, THERE_SAYS)
    return window


def says(window, text):
    """What the cell says that the keys are on."""
    wait_for(lambda: text in window.image(MATRIX).name, f"the matrix to say {text!r}")


def spin_hosts(window, n):
    """Into the entry of the spin button, which AT-SPI of GTK 4.8 does not find at a point."""
    spin = window.find(("spin button",), "Hosts shown", showing=False)
    left, top = window.origin_of(spin.toplevel())
    x, y, _, height = spin.extents
    click_at(left + x + 12, top + y + height // 2)
    window.key("ctrl+a")
    window.type(str(n))
    window.key("Return")


def take_focus(window):
    """With Tab, from the spin button before it."""
    for _ in range(4):
        if window.image(MATRIX).is_focused:
            return
        window.key("Tab")
        time.sleep(0.3)
    assert window.image(MATRIX).is_focused


class Grid:
    """Where the cells are on the screen: told by the one of the strongest shade, which is the second of the first row."""

    def __init__(self, window, style):
        self.chart = window.image(MATRIX)
        self.strongest = STRONGEST[style]
        self.chart.wait_until_still()
        self.scroll_up_to_cells()
        xdotool("mousemove", 1, 1)
        found = wait_for(self._find_strongest, "the strongest cell")
        bottom = max(row for _, row in found)
        columns = [column for column, row in found if row == bottom]
        self.cell = max(columns) - min(columns) + 2  # and the gap
        # In the chart.
        self.x = min(columns) - self.cell // 2
        self.y = bottom - self.cell // 2 + 1

    def scroll_up_to_cells(self):
        """With the wheel, beside the chart, until its upper half is to be seen, where the window is low."""
        top = self.chart.toplevel()
        tabs = self.chart.window.find(("page tab list",), "Chart pages").extents
        bottom = self.chart.window.find(("slider",), "Timeline").extents[1] - 30

        def is_there():
            x, y, width, height = self.chart.extents
            if y + height <= bottom or y < tabs[1] + tabs[3] + 40:
                return True
            origin = self.chart.window.origin_of(top)
            xdotool("mousemove", origin[0] + tabs[0] + tabs[2] - 5, origin[1] + bottom - 40, "click", 5)
            time.sleep(0.3)
            return False

        wait_for(is_there, "the cells to be seen")
        self.chart.wait_until_still()

    def _place(self):
        left, top = self.chart.window.origin_of(self.chart.toplevel())
        x, y, width, height = self.chart.extents
        return left + x, top + y, width, height

    def _find_strongest(self):
        left, top, width, height = self._place()
        shot = subprocess.run(["import", "-window", "root", "png:-"], stdout=subprocess.PIPE, check=True).stdout
        pixels = subprocess.run(["convert", "png:-", "-crop", f"{width}x{height}+{left}+{top}", "+repage", "-extent", f"{width}x{height}",
                                 "-depth", "8", "rgb:-"], input=shot, stdout=subprocess.PIPE, check=True).stdout
        found, at = [], pixels.find(self.strongest)
        while at >= 0:
            if at % 3 == 0:
                found.append((at // 3 % width, at // 3 // width))
            at = pixels.find(self.strongest, at + 1)
        return found

    def point(self, row, column):
        """-1 for a name, near the cells."""
        self.chart.wait_until_still()
        left, top, _, _ = self._place()
        return left + self.x + column * self.cell, top + self.y + row * self.cell

    def click(self, row, column, modifier=None):
        click_at(*self.point(row, column), modifier)


def test_clicking_cells_filters(lens):
    window = start(lens)
    grid = Grid(window, lens.style)
    grid.click(0, 1)
    window.label(THERE_ONLY)
    window.label(THERE)
    says(window, THERE_SAYS)
    # The hosts stay where they are, so that the next cell can be added.
    grid.click(1, 0, "ctrl")
    window.label(BOTH_WAYS)
    window.label(BACK)
    says(window, BACK_SAYS)
    grid.click(1, 0, "ctrl")
    window.label(THERE_ONLY)
    says(window, f"{BACK}: none of its 3,417 packets passes the filter")
    grid.click(0, 1)
    window.label(ALL)


def test_clicking_names_filters_to_hosts(lens):
    window = start(lens)
    grid = Grid(window, lens.style)
    grid.click(1, -1)
    window.label(f"host {PEER}")
    window.label(BOTH_WAYS)
    says(window, f"Sent by {PEER}: 3,417 packets, 564,612 bytes")
    window.key("Escape")
    window.label(ALL)
    grid.click(-1, 1)
    window.label(f"host {PEER}")
    says(window, f"Received by {PEER}: 5,844 packets, 3,050,235 bytes")
    window.key("Escape")
    window.label(ALL)
    # Nothing was ever sent there: nothing happens but that it says so.
    grid.click(1, 2)
    says(window, f"{PEER} → 3.213.247.79: nothing")
    window.label(ALL)


def test_keys(lens):
    window = start(lens)
    spin_hosts(window, 11)
    take_focus(window)
    says(window, THERE_SAYS)
    window.key("Down", "Left")
    says(window, BACK_SAYS)
    window.key("Return")
    window.label("3,417 of 9,907 packets, 34.5 %")
    window.label(BACK)
    window.key("Up", "Right")
    says(window, f"{THERE}: none of its 5,844 packets passes the filter")
    window.key("ctrl+Return")
    window.label(BOTH_WAYS)
    says(window, THERE_SAYS)
    window.key("Escape")
    window.label(ALL)
    window.key("Home", "Left")
    says(window, f"Sent by {TOP}:")
    window.key("Up")  # the corner is nobody's
    says(window, f"Sent by {TOP}:")
    window.key("Down", "Return")
    window.label(f"host {PEER}")
    window.key("alt+Left")
    window.label(ALL)


def test_fewer_hosts_and_packets(lens):
    window = start(lens)
    spin_hosts(window, 2)
    take_focus(window)
    says(window, THERE_SAYS)
    window.key("End")
    says(window, f"{TOP} → 8 other hosts: ")
    window.key("Return")  # it is no one connection
    window.label(ALL)
    window.find(("combo box",), "Shade by").click()
    window.key("Down", "Return")
    window.image(re.compile("^Packets from host to host"))


def test_as_a_table(lens):
    window = start(lens)
    window.button("Show “Host to host” as a table").click()
    table = window.find(("tree table", "table"), re.compile("^Payload from host to host"))
    texts = {widget.name for widget in table.inside() if widget.role == "label"}
    assert {TOP, PEER, "5,844", "3,050,235", "3,417", "564,612", "Source", "Destination"} <= texts, texts


def test_small_and_dark(lens):
    window = start(lens, style="dark", size=(900, 600))
    chart = window.image(MATRIX)
    chart.wait_until_still()
    tabs = window.find(("page tab list",), "Chart pages")
    # All columns are there without scrolling sideways: the picture is inside of the pages' width.
    assert tabs.extents[0] <= chart.extents[0], (tabs.extents, chart.extents)
    assert chart.extents[0] + chart.extents[2] <= tabs.extents[0] + tabs.extents[2], (tabs.extents, chart.extents)
    # The keys work on what is below the edge as well.
    spin_hosts(window, 11)
    take_focus(window)
    window.key("Down", "Left")
    says(window, BACK_SAYS)


def walk_hosts(window):
    """The hosts that the matrix shows by name, from the first row to the last."""
    window.key("Home", "Left")
    hosts = []
    for _ in range(40):
        time.sleep(0.3)
        host = re.search("Sent by ([0-9.]+): ", window.image(MATRIX).name)
        if host is None or host.group(1) in hosts:
            break
        hosts.append(host.group(1))
        window.key("Down")
    return hosts


def test_the_pdf_shows_the_same_hosts(lens):
    """Under a filter too, which most of them are left out by."""
    window = start(lens)
    spin_hosts(window, 6)
    take_focus(window)
    hosts = walk_hosts(window)
    assert len(hosts) == 6 and hosts[0] == TOP, hosts
    window.key("Up", "Up", "Up", "Up", "Up", "Up", "Up", "Right", "Right", "Return")
    window.label(THERE)
    window.label(THERE_ONLY)
    assert walk_hosts(window) == hosts
    path = lens.path("matrix.pdf")
    window.button(re.compile("^Save “Host to host” as PDF$")).click()
    window.choose_file("Save as PDF", path)
    wait_for(lambda: os.path.exists(path), "the PDF to be written")
    text = subprocess.run(["pdftotext", "-raw", path, "-"], stdout=subprocess.PIPE, text=True, check=True).stdout
    # As a row; names above the columns are on their side.
    missing = [host for host in hosts if not re.search(rf"(^|\s){re.escape(host)}($|\s)", text)]
    assert not missing, (missing, text)


def matrix_rows(window):
    """Source, destination and packets of each row, as the table has them."""
    table = window.find(("tree table", "table"), MATRIX)
    texts = [widget.name for widget in table.inside() if widget.role == "label"]
    return [texts[at:at + 3] for at in range(5, len(texts), 5)]


def click_row(window, source, destination, clicks=1):
    table = window.find(("tree table", "table"), MATRIX)
    texts = [widget for widget in table.inside() if widget.role == "label"]
    cell = next(after for before, after in zip(texts, texts[1:]) if (before.name, after.name) == (source, destination))
    cell.bring_inside()
    x, y = cell.middle()
    xdotool("mousemove", x, y, "click", "--repeat", clicks, "--delay", 80, 1)


def test_rows_of_the_table_filter(lens):
    """As the cells of the matrix do: Return and a double click to one, Ctrl+Return adds. What passes no more stays, with nothing."""
    window = start(lens)
    window.button("Show “Host to host” as a table").click()
    wait_for(lambda: [TOP, PEER, "5,844"] in matrix_rows(window), "the rows")
    n_rows = len(matrix_rows(window))
    click_row(window, TOP, PEER)
    time.sleep(0.5)
    window.label(ALL)  # a click selects what is copied
    window.key("Return")
    window.label(THERE_ONLY)
    window.label(THERE)
    wait_for(lambda: [PEER, TOP, "0"] in matrix_rows(window) and len(matrix_rows(window)) == n_rows, "the row the other way")
    click_row(window, PEER, TOP)
    window.key("ctrl+Return")
    window.label(BOTH_WAYS)
    window.label(BACK)
    wait_for(lambda: [PEER, TOP, "3,417"] in matrix_rows(window), "its packets")
    # The keys are still on that row.
    window.key("ctrl+Return")
    window.label(THERE_ONLY)
    click_row(window, PEER, TOP, 2)
    window.label("3,417 of 9,907 packets, 34.5 %")
    wait_for(lambda: [TOP, PEER, "0"] in matrix_rows(window) and [PEER, TOP, "3,417"] in matrix_rows(window), "the other rows")
    window.key("Return")
    window.label(ALL)
