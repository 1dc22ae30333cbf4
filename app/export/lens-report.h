/* The report: the graph and every chart of an analysis, one page each, as one PDF. Main thread (PLplot). */
#pragma once

#include "lens-analysis.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full). Runs the layout helper and a main loop of its own until it is done; a layout that fails is replaced by a
 * circle, which *@warning (transfer full) (nullable) says. */
GBytes *lens_report_render (LensAnalysis *analysis, char **warning, GError **error);

/* Any thread: what stands at the foot of each page, of a report as of whatever else is saved: the capture's name, how much of it is shown, by which filter,
 * and from when to when it goes: "ring.pcap · 610 of 9,907 packets, 6.2 % · tcp port 443 · 2021-04-07T17:53:54.420350000Z to
 * 2021-04-07T17:57:06.650777000Z". (transfer full) */
char *lens_report_describe (LensAnalysis *analysis);

G_END_DECLS
