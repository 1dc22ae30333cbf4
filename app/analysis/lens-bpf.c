#include "lens-bpf.h"

#include "lens-bpf-names.h"
#include "lens-error.h"
#include "lens-text.h"
#include "lens-worker.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <string.h>

#define LINKTYPE_ETHERNET 1

/* What a program says of a packet that passes is how much of it to keep, so it must not be 0. */
#define SNAP_LENGTH 262144

/* How much of an expression or of libpcap's reason is said. */
#define MAX_TEXT_CHARS 200

typedef struct
{
  guint32 link_type;
  gboolean is_big_endian;
  struct bpf_program program; /* empty where it did not compile */
  char *reason;               /* owned (nullable): why it did not */
} Program;

struct _LensBpf
{
  char *expression; /* what is said of it */
  char *compiled;   /* what is compiled */
  GArray *programs; /* (element-type Program) */
  guint latest;     /* index of the one used last: packets of a kind come together */
};

static void
program_clear (gpointer data)
{
  Program *program = data;

  pcap_freecode (&program->program);
  g_free (program->reason);
}

/* @compiled: what says the same, and is compiled. */
static LensBpf *
new_for (const char *expression, const char *compiled)
{
  LensBpf *bpf = g_new0 (LensBpf, 1);

  bpf->expression = g_strdup (expression);
  bpf->compiled = g_strdup (compiled);
  bpf->programs = g_array_new (FALSE, TRUE, sizeof (Program));
  g_array_set_clear_func (bpf->programs, program_clear);
  return bpf;
}

LensBpf *
lens_bpf_new (const char *expression)
{
  return new_for (expression, expression);
}

LensBpf *
lens_bpf_new_asking (const char *expression)
{
  /* One that is refused for its length asks nobody. */
  g_autofree char *compiled = strlen (expression) <= LENS_BPF_MAX_EXPRESSION_BYTES
                                  ? lens_bpf_names_look_up (expression)
                                  : g_strdup (expression);

  return new_for (expression, compiled);
}

void
lens_bpf_free (LensBpf *bpf)
{
  g_array_unref (bpf->programs);
  g_free (bpf->expression);
  g_free (bpf->compiled);
  g_free (bpf);
}

static void
put_u32 (guint8 *bytes, gboolean is_big_endian, guint32 value)
{
  value = is_big_endian ? GUINT32_TO_BE (value) : GUINT32_TO_LE (value);
  memcpy (bytes, &value, sizeof value);
}

/* A libpcap handle as if a pcap file of such packets had been opened. Not pcap_open_dead(): that wants a DLT_, whose numbers differ from
 * those in files on some systems, and knows no byte order, which the BSD loopback header is in. */
static pcap_t *
open_header (guint32 link_type, gboolean is_big_endian, char reason[PCAP_ERRBUF_SIZE])
{
  guint8 header[24] = { 0 };
  FILE *file;
  pcap_t *pcap;

  put_u32 (header, is_big_endian, 0xa1b2c3d4);
  put_u32 (header + 4, is_big_endian, is_big_endian ? 0x00020004 : 0x00040002); /* version 2.4, two halves */
  put_u32 (header + 16, is_big_endian, SNAP_LENGTH);
  put_u32 (header + 20, is_big_endian, link_type);
  file = fmemopen (header, sizeof header, "rb");
  if (file == NULL)
    {
      g_strlcpy (reason, g_strerror (errno), PCAP_ERRBUF_SIZE);
      return NULL;
    }
  pcap = pcap_fopen_offline (file, reason);
  if (pcap == NULL)
    fclose (file);
  return pcap;
}

static void
compile_program (const char *expression, Program *program)
{
  char reason[PCAP_ERRBUF_SIZE] = "";
  pcap_t *pcap;

  if (strlen (expression) > LENS_BPF_MAX_EXPRESSION_BYTES)
    {
      program->reason = g_strdup_printf (_ ("it is longer than %u bytes"), LENS_BPF_MAX_EXPRESSION_BYTES);
      return;
    }
  pcap = open_header (program->link_type, program->is_big_endian, reason);
  if (pcap == NULL)
    {
      program->reason = g_strdup (reason);
      return;
    }
  if (pcap_compile (pcap, &program->program, expression, 1, PCAP_NETMASK_UNKNOWN) != 0)
    {
      program->reason = g_strdup (pcap_geterr (pcap));
      program->program = (struct bpf_program){ 0 };
    }
  pcap_close (pcap);
}

/* The program for such packets, compiled where it is the first time. */
static const Program *
get_program (LensBpf *bpf, guint32 link_type, gboolean is_big_endian)
{
  Program program = { .link_type = link_type, .is_big_endian = is_big_endian };

  for (guint i = 0; i < bpf->programs->len; i++)
    {
      guint index = (bpf->latest + i) % bpf->programs->len;
      const Program *known = &g_array_index (bpf->programs, Program, index);

      if (known->link_type == link_type && !known->is_big_endian == !is_big_endian)
        {
          bpf->latest = index;
          return known;
        }
    }
  compile_program (bpf->compiled, &program);
  g_array_append_val (bpf->programs, program);
  bpf->latest = bpf->programs->len - 1;
  return &g_array_index (bpf->programs, Program, bpf->latest);
}

gboolean
lens_bpf_compile (LensBpf *bpf, guint32 link_type, gboolean is_big_endian, GError **error)
{
  const Program *program = get_program (bpf, link_type, is_big_endian);
  g_autofree char *expression = NULL;
  g_autofree char *reason = NULL;

  if (program->reason == NULL)
    return TRUE;
  expression = lens_text_make_safe_string (bpf->expression, MAX_TEXT_CHARS);
  reason = lens_text_make_safe_string (program->reason, MAX_TEXT_CHARS);
  /* Translators: the expression, and libpcap's reason, which is in English. */
  g_set_error (
      error, LENS_ERROR, LENS_ERROR_FILTER,
      _ ("“%s” is no filter that can be used here: %s. Write it as for tcpdump, such as “tcp port 443”."),
      expression, reason);
  return FALSE;
}

gboolean
lens_bpf_matches (LensBpf *bpf,
                  guint32 link_type,
                  gboolean is_big_endian,
                  const guint8 *bytes,
                  guint32 captured_bytes,
                  guint32 wire_bytes)
{
  const Program *program = get_program (bpf, link_type, is_big_endian);

  return program->reason == NULL
         && bpf_filter (program->program.bf_insns, bytes, wire_bytes, captured_bytes) != 0;
}

gboolean
lens_bpf_check (LensBpf *bpf, const LensCapture *capture, GError **error)
{
  g_autoptr (GError) first = NULL;
  gsize n_files = capture != NULL ? lens_capture_get_n_files (capture) : 0;
  gsize n_interfaces = 0;

  for (gsize i = 0; i < n_files; i++)
    {
      const LensCaptureInfo *info = lens_capture_get_file (capture, i)->info;

      for (guint j = 0; info != NULL && j < info->interfaces->len; j++, n_interfaces++)
        {
          const LensCaptureInterface *interface = info->interfaces->pdata[j];

          if (lens_bpf_compile (bpf, interface->link_type, lens_capture_info_is_big_endian (info, j),
                                first == NULL ? &first : NULL))
            return TRUE;
        }
    }
  if (n_interfaces == 0)
    return lens_bpf_compile (bpf, LINKTYPE_ETHERNET, FALSE, error);
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* The same without asking anybody for a name. */
static gboolean
check_form (const char *expression, const LensCapture *capture, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *compiled = lens_bpf_names_stand_in (expression, &name);
  g_autoptr (LensBpf) bpf = NULL;

  if (compiled == NULL)
    return TRUE;
  bpf = new_for (expression, compiled);
  return lens_bpf_check (bpf, capture, error);
}

typedef struct
{
  char *expression;
  LensBpfNames names;
  LensCapture *capture; /* (nullable) */
} CheckJob;

static void
check_job_free (CheckJob *job)
{
  g_clear_pointer (&job->capture, lens_capture_unref);
  g_free (job->expression);
  g_free (job);
}

static void
check_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const CheckJob *job = task_data;
  g_autoptr (LensBpf) bpf = NULL;
  gboolean is_good;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->names == LENS_BPF_NAMES_ASK)
    bpf = lens_bpf_new_asking (job->expression);
  is_good = bpf != NULL ? lens_bpf_check (bpf, job->capture, &error)
                        : check_form (job->expression, job->capture, &error);
  if (is_good)
    g_task_return_pointer (task, g_strdup (bpf != NULL ? bpf->compiled : job->expression), g_free);
  else
    g_task_return_error (task, error);
}

void
lens_bpf_check_async (const char *expression,
                      LensBpfNames names,
                      LensCapture *capture,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  CheckJob *job = g_new0 (CheckJob, 1);

  job->expression = g_strdup (expression);
  job->names = names;
  job->capture = capture != NULL ? lens_capture_ref (capture) : NULL;
  g_task_set_task_data (task, job, (GDestroyNotify) check_job_free);
  /* The answer of a name server may take a minute, and nothing can end the wait for it. */
  g_task_set_return_on_cancel (task, TRUE);
  lens_worker_run (task, check_worker);
}

char *
lens_bpf_check_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
