/* Names of hosts in BPF expressions: libpcap asks the network for them, as often as it compiles one. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @expression with an address of the same family in the place of each such name, so that it can be checked without asking anybody. A port's or
 * a protocol's name stays: the system has a list of those. @first_name: (out) (transfer full): the first one, NULL where there is none.
 * (transfer full); NULL where nothing can stand in, as after “gateway”, which takes names alone. */
char *lens_bpf_names_stand_in (const char *expression, char **first_name);

/* @expression with the addresses that each name of a host has, asked for here and now: “host (192.0.2.1 or 2001:db8::1)”. So that
 * whoever compiles the result, and however often, asks nobody and means the same hosts. A name that has none, or that is not asked for in the
 * same way (of a network, a gateway, the link layer), stays. (transfer full) */
char *lens_bpf_names_look_up (const char *expression);

G_END_DECLS
