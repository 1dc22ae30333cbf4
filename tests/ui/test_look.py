"""What every start must do: names for assistive technology, the dark theme, small windows, every chart page."""

import re
import subprocess

from lens_window import Failure, wait_for, xdotool

ALL = "9,907 of 9,907 packets, 100.0 %"
PAGES = ("Overview", "Addresses", "Matrix", "Ports", "Over time", "Bursts")
# Roles that a person meets; GTK has boxes and gizmos of its own in between.
MET = ("push button", "toggle button", "image", "label", "combo box", "spin button", "page tab", "check box", "entry",
       "tree table", "progress bar", "slider")


def assert_names(window):
    bad = [f"{widget.role} {widget.name!r}" for toplevel in window.toplevels for widget in toplevel.walk()
           if widget.role in MET and widget.is_showing and (not widget.name or re.match("Gtk|Adw|Lens", widget.name))]
    if bad:
        raise Failure("without a name of its own: " + ", ".join(bad))


def chart_comes(window):
    """Where the window is small the first chart of a page may be below what is seen."""
    if next(window.all(("image",), re.compile(".")), None):
        return True
    tab = window.find(("page tab",), PAGES[0])
    x, y = tab.middle()
    xdotool("mousemove", x, y + 150, "click", 5)
    return False


def look_at_every_page(window, check=lambda window: None):
    for name in PAGES:
        window.find(("page tab",), name).click()
        wait_for(lambda: chart_comes(window), f"a chart on {name}")
        check(window)


def measured(x, y, width, height, form):
    """Figures of a part of the screen, in grey, as ImageMagick's @form names them."""
    shot = subprocess.run(["import", "-window", "root", "png:-"], stdout=subprocess.PIPE, check=True).stdout
    done = subprocess.run(["convert", "png:-", "-crop", f"{width}x{height}+{x}+{y}", "+repage", "-colorspace", "Gray",
                           "-format", form, "info:"], input=shot, stdout=subprocess.PIPE, check=True)
    return [float(figure) for figure in done.stdout.split()]


def brightness(window, widget):
    """The mean brightness of what a widget shows, 0 to 1."""
    left, top = window.origin_of(widget.toplevel())
    x, y, width, height = widget.extents
    return measured(left + x, top + y, width, height, "%[fx:mean]")[0]


def contrast(window, widget):
    """Between the lightest and the darkest of what a widget shows at half its height: WCAG 2.1. The frame of the window moves all a few pixels down."""
    left, top = window.origin_of(widget.toplevel())
    x, y, width, height = widget.extents
    figures = measured(left + x, top + y + height // 2 + 3, width, height // 2, "%[fx:minima] %[fx:maxima]")
    dark, light = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
                   for value in figures)
    return (light + 0.05) / (dark + 0.05)


def test_quiet_words_can_be_read(lens):
    for style in ("light", "dark"):
        window = lens.start_ring(style=style)
        said = window.find(("label",), re.compile("^9,907 of 9,907 packets, 100.0 % · Other"))
        said.wait_until_still()
        wait_for(lambda: contrast(window, said) >= 4.5, f"enough contrast of a subtitle, not {contrast(window, said)}")
        window.find(("page tab",), "Over time").click()
        series = window.button("Show 3.213.247.79")
        series.click()
        xdotool("mousemove", 1, 1)
        wait_for(lambda: not series.is_pressed, "the series to be hidden")
        wait_for(lambda: contrast(window, series) >= 4.5, f"enough contrast of it, not {contrast(window, series)}")
        window.close()


def test_names_of_the_start_page(lens):
    window = lens.start()
    window.button("Open a Capture")
    assert_names(window)


def test_every_page_light(lens):
    window = lens.start_ring(style="light")
    look_at_every_page(window, assert_names)
    window.find(("page tab",), "Overview").click()
    chart = window.image("Packets per layer")
    chart.wait_until_still()
    wait_for(lambda: brightness(window, chart) > 0.6, "a light chart")


def test_every_page_dark(lens):
    window = lens.start_ring(style="dark")
    look_at_every_page(window)
    window.find(("page tab",), "Overview").click()
    chart = window.image("Packets per layer")
    chart.wait_until_still()
    wait_for(lambda: brightness(window, chart) < 0.4, "a dark chart")


def test_small_window(lens):
    window = lens.start_ring(size=(900, 600))
    frame = window.toplevels[0]
    wait_for(lambda: frame.extents[2] <= 900 and frame.extents[3] <= 600, "the window to be small")
    look_at_every_page(window)
    window.button("18.197.187.162").click()
    window.label("9,261 of 9,907 packets, 93.5 %")
    # Nothing sticks out.
    for name in ("Export", "Main menu", "Open", "Zoom in"):
        x, y, width, height = window.button(name).extents
        assert x >= 0 and y >= 0 and x + width <= 900 and y + height <= 600, name
    # Tabs are as wide as their words: of one width the long ones would be cut.
    tabs = {name: window.find(("page tab",), name).extents for name in ("Addresses", "Over time", "Ports", "Packets")}
    for name in ("Addresses", "Over time"):
        assert tabs[name][2] > tabs["Ports"][2] + 15, tabs
    assert tabs["Packets"][0] + tabs["Packets"][2] <= 900, tabs
    # The switch of the scale is among the other buttons, and no row of its own.
    window.find(("page tab",), "Overview").click()
    log = window.button("Logarithmic scale of “Packets per layer”").extents
    table = window.button("Show “Packets per layer” as a table").extents
    assert abs(log[1] - table[1]) < 4 and log[0] + log[2] <= table[0] + 1, (log, table)
    picture = window.image("Packets per layer")
    picture.wait_until_still()
    assert picture.extents[1] - (table[1] + table[3]) < 45, (picture.extents, table)


def test_chart_as_a_table(lens):
    window = lens.start_ring()
    window.button("Show “Packets per layer” as a table").click()
    table = window.find(("tree table", "table"), "Packets per layer")
    texts = {widget.name for widget in table.inside() if widget.role == "label"}
    assert {"UDP", "9,266"} <= texts, texts
    window.button("Show “Packets per layer” as a table").click()
    window.image("Packets per layer")
