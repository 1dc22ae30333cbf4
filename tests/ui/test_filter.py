"""One selection drives every view: clicking a host, and all the ways back."""

import re

from lens_window import click_at, wait_for

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
    page(window, "Over time")
    window.image(re.compile("^Payload sizes over time from 192.168.24.221"))


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
