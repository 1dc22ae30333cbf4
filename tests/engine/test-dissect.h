/* What holds for the fields of every packet, whatever its bytes: shared by tests and the fuzz target. */
#pragma once

#include "lens-dissect.h"

#include <string.h>

static inline void
assert_is_address (const LensFieldTree *tree, const char *id, const LensAddress *address)
{
  const LensField *field = lens_field_tree_find_id (tree, id);
  char text[LENS_ADDRESS_TEXT_SIZE];

  g_assert_nonnull (field);
  g_assert_cmpstr (field->value, ==, lens_address_format (address, text));
}

static inline void
assert_is_number (const LensFieldTree *tree, const char *id, guint64 value)
{
  const LensField *field = lens_field_tree_find_id (tree, id);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);

  g_assert_nonnull (field);
  g_assert_cmpstr (field->value, ==, text);
}

/* Fields lie in the packet and in what they are a part of, and every byte belongs to one. */
static inline void
assert_fields_are_sound (const LensFieldTree *tree, gsize n_bytes)
{
  gsize n = lens_field_tree_get_n (tree);

  g_assert_cmpuint (n, >, 0);
  for (gsize i = 0; i < n; i++)
    {
      const LensField *field = lens_field_tree_get (tree, i);
      gsize parent = lens_field_tree_get_parent (tree, i);

      g_assert_true (field->name != NULL && *field->name != '\0');
      g_assert_cmpuint (field->n_bytes, <=, n_bytes);
      g_assert_cmpuint (field->offset, <=, n_bytes - field->n_bytes);
      g_assert_true ((parent == LENS_FIELD_NONE) == (field->depth == 0));
      if (parent == LENS_FIELD_NONE)
        continue;
      g_assert_cmpuint (lens_field_tree_get (tree, parent)->depth, ==, field->depth - 1);
      g_assert_true (lens_field_tree_has_parts (tree, parent));
      if (field->n_bytes == 0)
        continue;
      g_assert_cmpuint (field->offset, >=, lens_field_tree_get (tree, parent)->offset);
      g_assert_cmpuint (field->offset + field->n_bytes, <=,
                        lens_field_tree_get (tree, parent)->offset
                            + lens_field_tree_get (tree, parent)->n_bytes);
    }
  for (gsize at = 0; at < n_bytes; at++)
    {
      gsize place = lens_field_tree_find_byte (tree, at);

      g_assert_cmpuint (place, <, n);
      g_assert_true (at - lens_field_tree_get (tree, place)->offset
                     < lens_field_tree_get (tree, place)->n_bytes);
    }
  g_assert_cmpuint (lens_field_tree_find_byte (tree, n_bytes), ==, LENS_FIELD_NONE);
}

/* The fields say what lens_decode() says. */
static inline void
assert_fields_agree (const LensFieldTree *tree, const LensPacket *packet, gsize n_bytes, guint32 wire_bytes)
{
  const LensField *payload = lens_field_tree_find_id (tree, "Raw_load");
  gsize payload_bytes = payload != NULL ? payload->n_bytes : 0;
  gboolean has_header = packet->layer == LENS_LAYER_TCP || packet->layer == LENS_LAYER_UDP
                        || packet->layer == LENS_LAYER_ICMP;

  if (packet->ip_version == 0)
    return;
  assert_is_number (tree, "IP_version", packet->ip_version);
  assert_is_address (tree, "IP_src", &packet->source);
  if (packet->ip_version == 6
      || g_strcmp0 (lens_field_tree_find_id (tree, "IP_ihl")->value, "5") == 0) /* else a source route may */
    assert_is_address (tree, "IP_dst", &packet->destination);
  if (packet->layer == LENS_LAYER_TCP || packet->layer == LENS_LAYER_UDP)
    {
      gboolean is_tcp = packet->layer == LENS_LAYER_TCP;

      assert_is_number (tree, is_tcp ? "TCP_sport" : "UDP_sport", packet->source_port);
      assert_is_number (tree, is_tcp ? "TCP_dport" : "UDP_dport", packet->destination_port);
    }
  if (has_header)
    g_assert_cmpuint (payload_bytes, <=, packet->payload_bytes);
  if (has_header && packet->status == LENS_DECODE_OK && n_bytes >= wire_bytes)
    g_assert_cmpuint (payload_bytes, ==, packet->payload_bytes);
}

static inline void
assert_dissected (guint32 link_type, const guint8 *bytes, guint32 n_bytes, guint32 wire_bytes)
{
  g_autoptr (LensFieldTree) tree = lens_dissect (link_type, bytes, n_bytes, wire_bytes);
  g_autofree char *text = lens_field_tree_to_text (tree);
  LensPacket packet;

  lens_decode (link_type, bytes, n_bytes, wire_bytes, &packet);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  assert_fields_are_sound (tree, n_bytes);
  assert_fields_agree (tree, &packet, n_bytes, wire_bytes);
}
