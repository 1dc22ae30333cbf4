#include "lens-bpf-pass.h"

#include "lens-bpf.h"
#include "lens-capture-pass.h"

static gboolean
matches (const LensRecord *record, const LensCaptureInfo *info, gpointer user_data)
{
  return lens_bpf_matches (user_data, record->link_type,
                           lens_capture_info_is_big_endian (info, record->interface), record->bytes,
                           record->captured_bytes, record->wire_bytes);
}

LensRowSet *
lens_bpf_pass_run (const LensCapture *capture,
                   const char *expression,
                   LensProgress *progress,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (LensRowSet) by_position = NULL;

  return lens_bpf_pass_run_more (capture, NULL, expression, &by_position, progress, cancellable, error);
}

LensRowSet *
lens_bpf_pass_run_more (const LensCapture *capture,
                        const LensRowSet *known,
                        const char *expression,
                        LensRowSet **by_position,
                        LensProgress *progress,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (LensBpf) bpf = NULL;

  if (!lens_capture_pass_check (capture, error))
    return NULL;
  bpf = lens_bpf_new_asking (expression);
  if (!lens_bpf_check (bpf, capture, error))
    return NULL;
  return lens_capture_pass_find_more (capture, known, matches, bpf, by_position, progress, cancellable,
                                      error);
}
