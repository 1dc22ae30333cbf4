#!/usr/bin/python3
"""take_screenshots.py PROGRAM FOLDER: makes the pictures of the README from the real window."""

import os
import subprocess
import sys
import time

from run_tests import run_apart

WIDTH, HEIGHT = 1280, 800


def save(window, name):
    """What is shown, once it stands still."""
    window.resize(WIDTH, HEIGHT)
    window.button("18.197.187.162").wait_until_still()
    # Out of the way, so that nothing is highlighted; charts are drawn when there is time.
    subprocess.run(["xdotool", "mousemove", "1390", "940"], check=True)
    time.sleep(3)
    path = os.path.join(os.environ["LENS_SCREENSHOTS"], name)
    subprocess.run(["import", "-window", "root", "-crop", f"{WIDTH}x{HEIGHT}+0+0", "+repage", "-strip", "-depth", "8",
                    "-define", "png:compression-level=9", path], check=True)


def light(lens):
    window = lens.start_ring(style="light", size=(1280, 800))
    window.find(("page tab",), "Over time").click()
    save(window, "window-light.png")


def dark(lens):
    window = lens.start_ring(style="dark", size=(1280, 800))
    window.button("18.197.187.162").click()
    window.label("9,261 of 9,907 packets, 93.5 %")
    window.find(("page tab",), "Bursts").click()
    save(window, "window-dark.png")


if __name__ == "__main__":
    program, os.environ["LENS_SCREENSHOTS"] = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    for name in ("light", "dark"):
        status, said = run_apart(program, os.path.abspath(__file__), name)
        if status != 0:
            sys.exit(said)
