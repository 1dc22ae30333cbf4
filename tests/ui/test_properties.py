"""What a capture says of itself: its properties, and the names of its hosts."""

import re
import subprocess

import make_captures
from lens_window import Failure, wait_for

ALL = "53 of 53 packets, 100.0 %"
# As a name is shown: what would hide or turn a part of it is seen.
HOSTILE_SHOWN = re.compile("<b>#gevil</b> &amp; .gnp.exe␛\\[2J")


def open_everything(lens, **options):
    path = lens.path("all.pcapng")
    with open(path, "wb") as file:
        file.write(make_captures.everything())
    window = lens.start(path, **options)
    window.label(ALL)
    window.button("192.0.2.50")
    return window


def menu_item(window, item):
    """The menu hangs on its button, which counts as one thing otherwise."""
    button = window.button("Main menu")
    button.click()
    return wait_for(lambda: next((widget for widget in button.inside()
                                  if widget.name == item and widget.role == "menu item"), None), f"{item!r} in the menu")


def menu(window, item):
    # Not by a click: for AT-SPI the menu is where it would be if it had not been moved to be all on the screen.
    menu_item(window, item).accessible.get_action_iface().do_action(0)


def clipboard(window):
    return subprocess.run(["xclip", "-selection", "clipboard", "-o"], stdout=subprocess.PIPE, text=True,
                          check=True, timeout=30).stdout


def test_everything_is_said(lens):
    window = open_everything(lens)
    menu(window, "Capture properties…")
    # 53 packets in 23 s; 37 were dropped.
    window.read_down("Capture Properties", (
        "all.pcapng", lens.folder, "pcapng", "2021-04-07 17:53:54 UTC", "2021-04-07 17:54:17 UTC", "23 s", "2.3 packets/s",
        "37", "Ethernet", "52 packets", "make_captures.py", "Test OS 1.0", "Test hardware", "little-endian",
        "Interface 1: eth0", "The wired one", "udp or tcp", "5,000", HOSTILE_SHOWN, "96 bytes",
        "A comment on the section", "Packet 3", "Here it begins", "192.0.2.1", "camera.example", "8.8.8.8"))
    window.key("Escape")
    wait_for(lambda: len(window.toplevels) == 1, "the properties to close")
    window.label(ALL)
    # By key, and only once.
    window.key("alt+Return")
    window.dialog("Capture Properties")


def test_copy_as_text(lens):
    window = open_everything(lens)
    window.key("alt+Return")
    window.dialog("Capture Properties")
    window.button("Copy").click()
    window.label("Copied")
    text = clipboard(window)
    for words in ("File\n  Name: all.pcapng\n", "Dropped packets: 37\n", "Packet 3: Here it begins\n",
                  "192.0.2.1: camera.example\n", "<b>#gevil</b>"):
        if words not in text:
            raise Failure(f"{words!r} is not in what was copied:\n{text}")
    assert "\x1b" not in text and "\u202e" not in text


def test_ten_thousand_comments(lens):
    """Rows are made as they are looked at, not all of them."""
    path = lens.path("comments.pcapng")
    n = 10050
    with open(path, "wb") as file:
        file.write(make_captures.many_comments(n))
    window = lens.start(path)
    window.label(f"{n:,} of {n:,} packets, 100.0 %")
    window.key("alt+Return")
    dialog = window.dialog("Capture Properties")
    n_labels = sum(1 for widget in dialog.inside() if widget.role == "label")
    assert 20 < n_labels < 2000, n_labels
    # More than the clipboard takes: what is copied says so, and the window lives on.
    window.button("Copy").click()
    window.toast("Copied as much as the clipboard takes")
    text = clipboard(window)
    assert "Packet 1,000: Comment number 1000 " in text and text.endswith("… and more than the clipboard takes\n")
    window.dialog("Capture Properties")


def test_names_in_graph_and_charts(lens):
    window = open_everything(lens)
    window.button("camera.example")
    window.button("cloud.example")
    window.button(HOSTILE_SHOWN)
    # What could be taken for another address is not believed.
    window.button("192.0.2.99")
    assert next(window.all(("push button", "toggle button"), "8.8.8.8"), None) is None
    window.find(("page tab",), "Addresses").click()
    wait_for(lambda: "camera.example: 4,100 bytes" in window.image(re.compile("by source address")).description,
             "names in the chart")
    # What is filtered by is the address.
    window.button("cloud.example").click()
    window.label("host 192.0.2.7")
    window.label("50 of 53 packets, 94.3 %")
    window.key("Escape")
    window.label(ALL)

    menu(window, "Host names")
    window.button("192.0.2.7")
    window.button("192.0.2.1")
    assert next(window.all(("push button", "toggle button"), "cloud.example"), None) is None
    wait_for(lambda: "192.0.2.1: 4,100 bytes" in window.image(re.compile("by source address")).description,
             "addresses in the chart")
    menu(window, "Host names")
    window.button("cloud.example")


def test_names_in_the_pdf(lens):
    window = open_everything(lens)
    named, unnamed = lens.path("named.pdf"), lens.path("unnamed.pdf")
    # What is saved is the graph that is seen, which is laid out anew for what its hosts are called.
    for path, host in ((named, "cloud.example"), (unnamed, "192.0.2.7")):
        window.button(host)
        window.key("ctrl+shift+s")
        window.choose_file("Save as PDF", path)
        window.toast(f"Saved “{path.rsplit('/', 1)[1]}”")
        menu(window, "Host names")
    named, unnamed = (subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.PIPE, text=True,
                                     check=True).stdout for path in (named, unnamed))
    assert "camera.example" in named and "#gevil" in named, named
    assert "camera.example" not in unnamed and "192.0.2.7" in unnamed, unnamed


def test_no_names_no_switch(lens):
    window = lens.start_ring()
    assert not menu_item(window, "Host names").is_sensitive
    window.key("Escape")
