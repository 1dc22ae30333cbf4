"""Terms that are filled in or clicked on: subnets, layers, malformed packets and spans of time; and the window's keys meanwhile."""

import json
import re
import subprocess
import time

from lens_window import click_at, wait_for, xdotool
from test_filter import ALL, choose, inside_popover, n_x_windows, open_form, shares, tell_form, wait_no_popover

HOST_KIND, LAYER_KIND, TIME_KIND = 0, 5, 6
NOT_IP, MALFORMED = 7, 8


def summary_counts(lens, expression):
    done = subprocess.run([lens.program, "--summary", "--filter", expression, lens.capture("ring.pcap")],
                          stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)["filter"]["packets"]


def test_fill_in_a_subnet(lens):
    window = lens.start_ring()
    button = open_form(window, HOST_KIND)
    tell_form(window, "18.197.0.0/33")
    inside_popover(button, "“18.197.0.0/33” is no subnet. Write it as 10.0.0.0/8 or 2001:db8::/32.")
    window.key("ctrl+a")
    window.type("172.16.0.0/12")
    inside_popover(button, "No packet of this capture is from or to 172.16.0.0/12")
    window.key("ctrl+a")
    window.type("18.197.1.2/16")
    window.key("Return")
    window.label("subnet 18.197.0.0/16")
    shares(window, summary_counts(lens, "ip and net 18.197.0.0/16"))
    choose(window, "Options of filter subnet 18.197.0.0/16", "Leave these packets out")
    window.label("not subnet 18.197.0.0/16")
    shares(window, summary_counts(lens, "not (ip and net 18.197.0.0/16)"))
    choose(window, "Options of filter not subnet 18.197.0.0/16", "Switched on")
    shares(window, 9907)
    window.key("Escape")
    # To it only.
    open_form(window, HOST_KIND)
    tell_form(window, "18.197.0.0/16", 2)
    window.key("shift+Tab", "Return")
    window.label("to subnet 18.197.0.0/16")
    shares(window, summary_counts(lens, "ip and dst net 18.197.0.0/16"))


def test_fill_in_a_layer(lens):
    window = lens.start_ring()
    open_form(window, LAYER_KIND)
    tell_form(window, NOT_IP)
    window.key("Tab", "Tab", "Return")
    window.label("without IP")
    shares(window, summary_counts(lens, "not ip and not ip6"))
    # With malformed ones, which a packet is besides: none is both.
    open_form(window, LAYER_KIND)
    tell_form(window, MALFORMED)
    window.key("Tab", "Tab", "Return")
    window.label("malformed")
    shares(window, 0)
    window.button("Remove filter malformed").click()
    shares(window, 30)
    choose(window, "Options of filter without IP", "Leave these packets out")
    window.label("not without IP")
    shares(window, summary_counts(lens, "ip or ip6"))


def click_bar(window, place, n_bars=5):
    """A bar of the chart of layers, near its foot."""
    chart = window.image(re.compile("^Packets per layer"))
    chart.wait_until_still()
    left, top = window.origin_of(chart.toplevel())
    x, y, width, height = chart.extents
    # The axis takes some of the left; bars are of one width.
    plot_left = x + int(width * 0.14)
    step = (x + width * 0.98 - plot_left) / n_bars
    click_at(int(left + plot_left + step * (place + 0.5)), top + y + int(height * 0.8))


def test_bars_of_layers_filter(lens):
    window = lens.start_ring()
    click_bar(window, 1)
    window.label("layer IP")
    shares(window, 9877)
    click_bar(window, 2)
    window.label("layer UDP")
    shares(window, 9266)
    window.wait_no_label("layer IP")
    # All takes them away.
    click_bar(window, 0)
    shares(window, 9907)
    window.wait_no_label("layer UDP")


def test_type_a_span_of_time(lens):
    window = lens.start_ring()
    button = open_form(window, TIME_KIND)
    tell_form(window, "soon")
    inside_popover(button, "“soon” is no time. Write it as 17:55:53.2, as 2021-04-07 17:55:53, or as seconds from the start.")
    window.key("ctrl+a")
    window.type("17:56:00")
    tell_form(window, "17:55:00")
    inside_popover(button, "The end is before the start.")
    window.key("ctrl+a")
    window.type("17:56:10")
    window.key("Return")
    window.label("17:56:00 – 17:56:10")
    wait_no_popover(window)
    done = subprocess.run(["tcpdump", "-nn", "-tt", "-r", lens.capture("ring.pcap")], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True, text=True)
    times = [float(line.split()[0]) for line in done.stdout.splitlines()]
    first = 1617818160.0  # 2021-04-07 17:56:00 UTC
    expected = sum(first <= second <= first + 10 for second in times)
    assert 0 < expected < 9907
    shares(window, expected)
    # The chip opens it again, filled in; another span takes its place.
    choose_without_end(window, "Options of filter 17:56:00 – 17:56:10", "Edit…")
    change = inside_popover(button, "Change")
    wait_for(lambda: any(widget.text == "17:56:00" for widget in button.inside() if widget.role == "text"),
             "the start to be filled in")
    wait_for(lambda: change.is_sensitive, "the span to be good")
    window.key("Tab", "ctrl+a")
    window.type("0")
    window.key("Tab", "ctrl+a")
    window.type("60.5 s")
    window.key("Return")
    wait_no_popover(window)
    expected = sum(second <= times[0] + 60.5 for second in times)
    shares(window, expected)
    window.wait_no_label("17:56:00 – 17:56:10")


def choose_without_end(window, options, item):
    """An item of a chip's menu after which another popover comes."""
    button = window.button(options)
    button.click()
    found = inside_popover(button, item)
    xdotool("mousemove", 1300, 900)
    found.accessible.get_action_iface().do_action(0)
    time.sleep(1)


def test_keys_of_the_window_while_a_form_is_open(lens):
    window = lens.start_ring()
    window.button("18.197.187.162").click()
    window.wait_no_label(ALL)
    open_form(window, HOST_KIND)
    window.key("alt+Left")
    wait_no_popover(window)
    window.label(ALL)
    window.key("ctrl+l")
    wait_for(lambda: n_x_windows(window) > 1, "the BPF entry")
    time.sleep(0.5)
    window.type("tcp")
    # The entry has its own use of this one.
    window.key("ctrl+a")
    window.type("arp")
    window.key("Return")
    window.label("arp")
    wait_no_popover(window)
    open_form(window, HOST_KIND)
    window.type("ab")
    window.key("ctrl+q")
    assert window.process.wait(timeout=20) == 0
