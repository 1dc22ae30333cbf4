"""drag_source.py FILE...: a small window in a corner that files can be dragged out of, as out of a file manager."""

import sys

import gi

gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402

TITLE = "Files to drag"


def activate(application):
    window = Gtk.ApplicationWindow(application=application, title=TITLE, default_width=200, default_height=100)
    label = Gtk.Label(label=TITLE)
    uris = "".join(Gio.File.new_for_path(path).get_uri() + "\r\n" for path in sys.argv[1:])
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.set_content(Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(uris.encode())))
    label.add_controller(source)
    window.set_child(label)
    window.present()


if __name__ == "__main__":
    program = Gtk.Application(application_id="com.example.DragSource")
    program.connect("activate", activate)
    program.run([])
