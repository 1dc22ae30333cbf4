/* The parts of lens_capture_facts_new(), for its own files. */
#pragma once

#include "lens-capture-facts.h"

G_BEGIN_DECLS

/* More different values than this are not told one by one. */
#define LENS_FACTS_MAX_VALUES 12

/* Different values in the order they came, joined for people. */
typedef struct
{
  GPtrArray *values; /* (element-type utf8) owned */
  gboolean has_more;
} LensFactValues;

/* @text: (transfer full) (nullable): NULL adds nothing. */
void lens_fact_values_take (LensFactValues *values, char *text);

/* One a line; NULL where there is none. Clears it. (transfer full) */
char *lens_fact_values_join (LensFactValues *values);

/* "1.5 GB", or NULL for 0, which stands for not known. (transfer full) */
char *lens_capture_facts_describe_size (guint64 bytes);

/* A link layer by its proper name, else "link type 147". (transfer full) */
char *lens_capture_facts_describe_link (guint32 link_type);

/* The facts on all files together, and on each where there are several. (transfer full) */
LensFactGroup *lens_capture_facts_of_files (const LensCapture *capture, gsize max_facts);
LensFactGroup *lens_capture_facts_of_each_file (const LensCapture *capture, gsize max_facts, gboolean is_utc);

/* Programs and systems that wrote the files. (transfer full) */
LensFactGroup *lens_capture_facts_of_writers (const LensCapture *capture, gsize max_facts);

/* Packets per link layer. (transfer full) */
LensFactGroup *lens_capture_facts_of_links (const LensCapture *capture, gsize max_facts);

/* Adds a group for each interface, at most @max_facts facts in all. */
void lens_capture_facts_add_interfaces (GPtrArray *groups, const LensCapture *capture, gsize max_facts);

/* "1,234", "at least 1,234", or that the files don't say, from the interfaces' statistics. (transfer full) */
char *lens_capture_facts_describe_dropped (const LensCapture *capture);

/* The different snap lengths. (transfer full) (nullable) */
char *lens_capture_facts_describe_snap_length (const LensCapture *capture);

G_END_DECLS
