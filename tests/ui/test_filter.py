"""One selection drives every view: clicking a host, and all the ways back."""

import os
import re
import shutil
import subprocess
import time

from lens_window import click_at, wait_for, xdotool

ALL = "9,907 of 9,907 packets, 100.0 %"
HOST = "18.197.187.162"
# 5,844 packets to it and 3,417 from it, as published; 9,261 / 9,907 = 93.48 %
HOST_ONLY = "9,261 of 9,907 packets, 93.5 %"
CHIP = f"host {HOST}"
REMOVE_CHIP = f"Remove filter host {HOST}"


def description_says(window, chart, *texts):
    wait_for(lambda: all(text in window.image(chart).description for text in texts),
             f"“{chart}” to say {' and '.join(texts)}")


def page(window, name):
    window.find(("page tab",), name).click()


def filter_to_host(window):
    window.button(HOST).click()
    window.label(HOST_ONLY)
    window.label(CHIP)


def assert_everything(window):
    window.label(ALL)
    wait_for(lambda: not window.has_label(CHIP), "the chip to go")
    wait_for(lambda: not window.button(HOST).is_pressed, "the node not to be selected")


def test_clicking_a_host_filters_every_view(lens):
    window = lens.start_ring()
    description_says(window, "Packets per layer", "All: 9,907 packets", "IP: 9,877 packets")
    filter_to_host(window)
    assert window.button(HOST).is_pressed
    assert not window.button("192.168.24.221").is_pressed
    description_says(window, "Packets per layer", "All: 9,261 packets", "IP: 9,261 packets")
    page(window, "Addresses")
    # Published: all that was sent to the host, and all it sent, went from and to 192.168.24.221.
    description_says(window, re.compile("by source address"), "192.168.24.221: 3,050,235 bytes",
                     f"{HOST}: 564,612 bytes")
    # Of the host that is looked at.
    page(window, "Over time")
    window.image(re.compile(f"^Payload sizes over time from {re.escape(HOST)}"))


def test_clicking_again_clears(lens):
    window = lens.start_ring()
    filter_to_host(window)
    window.button(HOST).click()
    assert_everything(window)


def test_escape_clears(lens):
    window = lens.start_ring()
    filter_to_host(window)
    window.key("Escape")
    assert_everything(window)


def test_the_cross_of_the_chip_clears(lens):
    window = lens.start_ring()
    filter_to_host(window)
    window.button(REMOVE_CHIP).click()
    assert_everything(window)


def test_clear_all_clears_two(lens):
    window = lens.start_ring()
    filter_to_host(window)
    window.button("3.213.247.79").click(modifier="ctrl")
    window.label("host 3.213.247.79")
    window.label(CHIP)
    window.button("Clear all filters").click()
    assert_everything(window)


def test_back_and_forward_walk_the_history(lens):
    window = lens.start_ring()
    filter_to_host(window)
    window.button("Back").click()
    assert_everything(window)
    window.button("Forward").click()
    window.label(HOST_ONLY)
    window.label(CHIP)
    window.key("alt+Left")
    assert_everything(window)
    assert not window.button("Back", showing=False).is_sensitive


def test_clicking_another_host_replaces(lens):
    window = lens.start_ring()
    filter_to_host(window)
    window.button("3.213.247.79").click()
    # 128 packets to it and 97 from it, as published.
    window.label("225 of 9,907 packets, 2.3 %")
    assert not window.has_label(CHIP)


def test_clicking_a_bar_filters(lens):
    window = lens.start_ring()
    page(window, "Addresses")
    chart = window.image(re.compile("by source address"))
    chart.wait_until_still()
    left, top = window.origin_of(chart.toplevel())
    x, y, width, height = chart.extents
    click_at(left + x + width // 3, top + y + height // 2)
    wait_for(lambda: not window.has_label(ALL), "a bar to filter")
    window.key("Escape")
    assert_everything(window)


def test_filter_from_the_command_line(lens):
    """A window that begins with an expression as its filter; without it everything is shown."""
    window = lens.start("--filter", "tcp port 443", lens.capture("ring.pcap"))
    window.label("417 of 9,907 packets, 4.2 %")
    window.label("tcp port 443")
    window.button("Remove filter tcp port 443").click()
    window.label(ALL)


OFF = f"Options of filter host {HOST}, which is off"
OPTIONS = f"Options of filter host {HOST}"
# 9,907 - 9,261
WITHOUT_HOST = "646 of 9,907 packets, 6.5 %"


def inside_popover(button, name):
    """A popover hangs on its button, which counts as one thing otherwise."""
    return wait_for(lambda: next((widget for widget in button.inside() if widget.name == name), None),
                    f"{name!r} in the popover")


def n_x_windows(window):
    return len(xdotool("search", "--onlyvisible", "--pid", window.process.pid))


def wait_no_popover(window):
    """A popover is a window of its own; when it is gone it lets go of the pointer."""
    wait_for(lambda: n_x_windows(window) == 1, "popovers and tooltips to go")
    time.sleep(0.3)


def choose(window, options, item):
    """An item of a chip's menu."""
    button = window.button(options)
    button.click()
    found = inside_popover(button, item)
    xdotool("mousemove", 1300, 900)  # away from any tooltip
    found.accessible.get_action_iface().do_action(0)
    wait_no_popover(window)


def has_keys(button):
    """The toggle button inside is what the keys are on."""
    return button.is_focused or any(widget.is_focused for widget in button.inside())


def tab_to(window, button):
    for _ in range(60):
        if has_keys(button):
            return
        window.key("Tab")
    raise AssertionError(f"Tab does not come to {button.name!r}")


def test_a_chip_leaves_out_and_switches_off(lens):
    window = lens.start_ring()
    filter_to_host(window)
    choose(window, OPTIONS, "Leave these packets out")
    window.label(f"not host {HOST}")
    window.label(WITHOUT_HOST)
    choose(window, f"Options of filter not host {HOST}", "Leave these packets out")
    window.label(HOST_ONLY)
    choose(window, OPTIONS, "Switched on")
    window.label(ALL)
    window.label(CHIP)  # still there
    choose(window, OFF, "Switched on")
    window.label(HOST_ONLY)
    choose(window, OPTIONS, "Remove")
    assert_everything(window)


def test_a_chip_by_middle_click_and_keys(lens):
    window = lens.start_ring()
    filter_to_host(window)
    x, y = window.label(CHIP).middle()
    xdotool("mousemove", x, y, "click", 2)
    window.label(ALL)
    window.button(OFF)
    xdotool("mousemove", x, y, "click", 2)
    window.label(HOST_ONLY)
    options = window.button(OPTIONS)
    tab_to(window, options)
    # The menu begins with the first item.
    window.key("space")
    inside_popover(options, "Leave these packets out")
    time.sleep(0.5)
    window.key("Return")
    window.label(WITHOUT_HOST)
    wait_for(lambda: has_keys(window.button(f"Options of filter not host {HOST}")),
             "the keys to be back on the chip")
    window.key("Delete")
    window.label(ALL)
    assert not window.has_label(f"not host {HOST}")


def test_side_buttons_walk_the_history(lens):
    window = lens.start_ring()
    filter_to_host(window)
    xdotool("click", 8)
    assert_everything(window)
    xdotool("click", 9)
    window.label(HOST_ONLY)
    # A click after them is one.
    window.button(REMOVE_CHIP).click()
    assert_everything(window)


def test_bpf_expression(lens):
    window = lens.start_ring()
    button = window.button("Filter by a BPF expression")
    window.key("ctrl+l")
    entry = inside_popover(button, "BPF expression")
    add = inside_popover(button, "Add")
    time.sleep(0.5)
    window.type("udp por")
    wait_for(lambda: "syntax error" in entry.description, "libpcap's reason")
    wait_for(lambda: any("syntax error" in widget.name for widget in button.inside() if widget.role == "label"),
             "libpcap's reason below the entry")
    assert not add.is_sensitive
    window.key("Return")  # adds nothing
    window.type("t 443 or arp or udp")
    wait_for(lambda: add.is_sensitive and "syntax error" not in entry.description, "the expression to be good")
    window.key("Return")
    window.label("udp port 443 or arp or udp")
    done = subprocess.run(["tcpdump", "-nn", "-r", lens.capture("ring.pcap"), "udp port 443 or arp or udp"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True)
    window.label(re.compile(f"^{len(done.stdout.splitlines()):,} of 9,907 packets"))
    # Typed and sent at once, with no time to look at it: the next one is added as soon as it is known to be good.
    window.key("ctrl+l")
    time.sleep(0.5)
    window.type("arp")
    window.key("Return")
    window.label("arp")
    # Of two expressions both have to pass.
    done = subprocess.run(["tcpdump", "-nn", "-r", lens.capture("ring.pcap"), "arp"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True, text=True)
    window.label(re.compile(f"^{len(done.stdout.splitlines()):,} of 9,907 packets"))


def test_bpf_expression_with_a_name(lens):
    """Nobody is asked for a name while it is typed, only when it is added."""
    window = lens.start_ring()
    button = window.button("Filter by a BPF expression")
    window.key("ctrl+l")
    entry = inside_popover(button, "BPF expression")
    add = inside_popover(button, "Add")
    time.sleep(0.5)
    window.type("not host no-such-name.invalid")
    wait_for(lambda: add.is_sensitive, "a name to be no mistake")
    assert "“no-such-name.invalid” is a name" in entry.description, entry.description
    window.key("ctrl+a")
    window.type("not host localhost")
    wait_for(lambda: add.is_sensitive and "“localhost” is a name" in entry.description, "the other name")
    window.key("Return")
    window.label(re.compile(r"^not host \(?(::1|127\.0\.0\.1)"))  # the address that was found, so that it stays the same
    window.label(ALL)  # of 127.0.0.1 there is nothing


def test_figures_that_cannot_be_had(lens):
    """An expression needs the file once more."""
    path = lens.path("gone.pcap")
    shutil.copy(lens.capture("ring.pcap"), path)
    window = lens.start(path)
    window.label(ALL)
    os.unlink(path)
    button = window.button("Filter by a BPF expression")
    window.key("ctrl+l")
    inside_popover(button, "BPF expression")
    time.sleep(0.5)
    window.type("arp or rarp")
    window.key("Return")
    window.label(re.compile("^What is shown is not of this filter. .*gone.pcap"))
    window.label(ALL)
    window.button("Remove filter arp or rarp").click()
    window.wait_no_label(re.compile("^What is shown is not"))


def open_form(window, kind):
    """The popover that a filter is filled in in, at the kind of that place in its list."""
    button = window.button("Add filter")
    window.key("ctrl+k")
    wait_for(lambda: n_x_windows(window) > 1, "the form")
    time.sleep(0.5)
    # The keys are on the kind.
    choose_by_keys(window, kind)
    return button


def choose_by_keys(window, place):
    for key in ["space", "Home"] + ["Down"] * place + ["Return"]:
        window.key(key)
        time.sleep(0.3)


def tell_form(window, *texts):
    """Types each text where the keys are and goes on; a number chooses in a drop-down."""
    for text in texts:
        window.key("Tab")
        if isinstance(text, int):
            choose_by_keys(window, text)
        else:
            window.type(text)


def shares(window, n):
    """Waits for n of ring.pcap's packets to pass."""
    window.label(re.compile(f"^{n:,} of 9,907 packets, "))
    wait_no_popover(window)


def tcpdump_counts(lens, expression):
    done = subprocess.run(["tcpdump", "-nn", "-r", lens.capture("ring.pcap"), expression],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True)
    return len(done.stdout.splitlines())


def test_fill_in_hosts(lens):
    window = lens.start_ring()
    button = open_form(window, 0)
    tell_form(window, "18.197.187")
    add = inside_popover(button, "Add")
    inside_popover(button, "“18.197.187” is no address. Write it as 192.0.2.1 or 2001:db8::1.")
    assert not add.is_sensitive
    window.key("Return")  # adds nothing
    window.type(".161")
    inside_popover(button, "No packet of this capture is from or to 18.197.187.161")
    window.key("BackSpace")
    window.type("2")
    wait_for(lambda: add.is_sensitive, "the address to be good")
    window.key("Return")
    window.label(CHIP)
    window.label(HOST_ONLY)
    wait_no_popover(window)
    window.key("Escape")
    open_form(window, 1)
    tell_form(window, HOST, "192.168.24.221")
    window.key("Return")
    window.label(f"{HOST} ↔ 192.168.24.221")
    shares(window, 9261)
    window.key("Escape")
    open_form(window, 1)
    tell_form(window, HOST, "192.168.24.221", 1)
    window.key("shift+Tab", "Return")
    window.label(f"{HOST} → 192.168.24.221")
    shares(window, 3417)


def test_fill_in_ports(lens):
    window = lens.start_ring()
    button = open_form(window, 2)
    tell_form(window, "4x")
    inside_popover(button, "“4x” is no port. A port is a number from 0 to 65535.")
    window.key("ctrl+a")
    window.type("443")
    window.key("Return")
    window.label("port 443")
    shares(window, tcpdump_counts(lens, "port 443"))
    window.key("Escape")
    # Destination, TCP; the kind is as it was left.
    open_form(window, 2)
    tell_form(window, "443", 2, 1)
    window.key("shift+Tab", "shift+Tab", "Return")
    window.label("TCP destination port 443")
    shares(window, tcpdump_counts(lens, "tcp dst port 443"))


def test_fill_in_protocol_and_flow(lens):
    window = lens.start_ring()
    button = open_form(window, 3)
    inside_popover(button, "UDP: 9,266 packets")
    tell_form(window, 1)
    window.key("Tab", "space", "Tab", "Return")  # leave them out, Add
    window.label("not protocol TCP")
    shares(window, 9907 - 610)
    window.key("Escape")
    expression = f"udp and src host 192.168.24.221 and dst host {HOST}"
    line = subprocess.run(["tcpdump", "-nn", "-t", "-c", "1", "-r", lens.capture("ring.pcap"), expression],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True).stdout
    source_port, port = re.match(r"IP [0-9.]+\.(\d+) > [0-9.]+\.(\d+):", line).groups()
    open_form(window, 4)
    tell_form(window, 0, "192.168.24.221", source_port, HOST, port)
    window.key("Return")
    window.label(f"UDP 192.168.24.221:{source_port} → {HOST}:{port}")
    shares(window, tcpdump_counts(lens, f"{expression} and src port {source_port} and dst port {port}"))


def test_history_as_a_list(lens):
    window = lens.start_ring()
    filter_to_host(window)
    window.button("3.213.247.79").click()
    window.label("225 of 9,907 packets, 2.3 %")
    xdotool("mousemove", 1300, 900)
    wait_no_popover(window)
    back = window.button("Back", showing=False)
    x, y = back.middle()
    xdotool("mousemove", x, y, "click", 3)
    names = ["Everything", CHIP]
    wait_for(lambda: sorted(widget.name for widget in back.inside() if widget.role == "menu item") == names,
             "the filters before")
    time.sleep(0.5)
    window.key("Down", "Return")
    assert_everything(window)
    wait_no_popover(window)
    # A long press of Forward lists both too, the next one first.
    forward = window.button("Forward", showing=False)
    x, y = forward.middle()
    xdotool("mousemove", x, y, "mousedown", 1)
    wait_for(lambda: len([widget for widget in forward.inside() if widget.role == "menu item"]) == 2,
             "the filters after")
    xdotool("mouseup", 1)
    time.sleep(0.5)
    window.key("Return")
    window.label(HOST_ONLY)


def test_what_is_saved_says_what_part_it_is_of(lens):
    window = lens.start_ring()
    filter_to_host(window)
    for keys, name in (("ctrl+shift+g", "graph.pdf"), ("ctrl+s", "page.pdf"), ("ctrl+shift+s", "report.pdf")):
        window.key(keys)
        window.choose_file("Save as PDF", lens.path(name))
        wait_for(lambda: os.path.exists(lens.path(name)), f"{name} to be saved")
        text = subprocess.run(["pdftotext", "-layout", lens.path(name), "-"], stdout=subprocess.PIPE, text=True,
                              check=True).stdout
        pages = text.split("\f")[:-1]
        foot = f"ring.pcap · {HOST_ONLY} · {CHIP} · 2021-04-07T17:53:54.420350000Z to 2021-04-07T17:57:06.650777000Z"
        assert pages and all(foot in page for page in pages), pages
        assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def type_expression(window, expression):
    window.key("ctrl+l")
    time.sleep(0.8)
    window.key("ctrl+a")
    window.type(expression)
    time.sleep(0.5)
    window.key("Return")


def test_chips_take_few_rows(lens):
    """In a small window one long address leaves the bar at one row and four at two; what is cut in a chip is whole in its name."""
    window = lens.start_ring(size=(900, 600))
    add = window.button("Add filter")
    _, top, _, height = add.extents
    addresses = [f"host 2001:db8:85a3:8d3:1319:8a2e:370:734{i}" for i in range(4)]
    for n, address in enumerate(addresses, 1):
        type_expression(window, address)
        remove = window.button(f"Remove filter {address}")
        remove.wait_until_still()
        assert add.extents[1] <= top + 2, "what adds filters goes down"
        rows = {window.button(f"Remove filter {text}").extents[1] for text in addresses[:n]}
        assert len(rows) == (1 if n == 1 else 2), (n, rows)
    x, _, width, _ = window.button("Clear all filters").extents
    assert x + width <= 900
    for text in addresses:
        x, _, width, _ = window.button(f"Remove filter {text}").extents
        assert 0 <= x and x + width <= 900, text


def test_long_steps_of_the_history_are_told_apart(lens):
    """Filters that begin with the same terms: the list says of each what was added last."""
    window = lens.start_ring()
    added = [f"host 2001:db8:85a3:8d3:1319:8a2e:370:734{i}" for i in range(5)]
    for address in added:
        type_expression(window, address)
        window.button(f"Remove filter {address}")
    back = window.button("Back", showing=False)
    x, y = back.middle()
    xdotool("mousemove", x, y, "click", 3)
    steps = wait_for(lambda: [widget.name for widget in back.inside() if widget.role == "menu item"], "the filters before")
    assert len(set(steps)) == len(added) and steps[-1] == "Everything", steps
    assert all(name.endswith(address[-12:]) for name, address in zip(steps, reversed(added[:-1]))), steps
    window.key("Escape")


def test_side_buttons_close_popovers(lens):
    """Beside a popover or in it, in a menu, and in a list of a popover: they are closed, and the history is walked one step."""
    window = lens.start_ring()
    filter_to_host(window)
    form, menu = window.button("Add filter"), window.button("Main menu")

    def opened(button, n_windows=2, key=None):
        xdotool("mousemove", 5, 940)
        wait_no_popover(window)
        window.key("ctrl+k") if button is form else button.click()
        if key:
            time.sleep(0.5)
            window.key(key)
        xdotool("mousemove", 5, 940)  # away from any tooltip
        wait_for(lambda: n_x_windows(window) == n_windows, "what was opened")
        time.sleep(0.5)

    def inside(button):
        x, y, _, height = button.extents
        return x + 12, y + height + 40

    opened(form)
    xdotool("mousemove", 870, 300, "click", 8)
    assert_everything(window)
    opened(form)
    xdotool("mousemove", *inside(form), "click", 9)
    window.label(HOST_ONLY)
    opened(menu)
    x, y, width, height = menu.extents
    xdotool("mousemove", x + width // 2, y + height + 40, "click", 8)
    assert_everything(window)
    # The list of the kinds, where the keys are.
    opened(form, 3, "space")
    xdotool("mousemove", inside(form)[0] + 120, inside(form)[1] + 60, "click", 9)
    window.label(HOST_ONLY)
    xdotool("mousemove", 870, 300)
    wait_no_popover(window)
    # A click after them is one, and so is another step.
    xdotool("click", 8)
    assert_everything(window)
    xdotool("click", 9)
    window.label(HOST_ONLY)
    window.button(REMOVE_CHIP).click()
    assert_everything(window)
