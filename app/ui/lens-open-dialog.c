#include "lens-open-dialog.h"

#include <glib/gi18n.h>

GtkFileChooserNative *
lens_open_dialog_new (GtkWindow *parent)
{
  static const char *const suffixes[] = { "pcap", "pcapng", "cap", "dmp", "ntar", "gz", "zst", "lz4" };
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Open a Capture"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  g_autoptr (GtkFileFilter) captures = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (captures, _ ("Packet captures"));
  gtk_file_filter_add_mime_type (captures, "application/vnd.tcpdump.pcap");
  gtk_file_filter_add_mime_type (captures, "application/x-pcapng");
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (captures, suffixes[i]);
  /* tcpdump numbers the files of a ring buffer. */
  gtk_file_filter_add_pattern (captures, "*.pcap[0-9]*");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), captures);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  return dialog;
}

GPtrArray *
lens_open_dialog_get_files (GtkFileChooserNative *dialog)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (chosen, g_list_model_get_item (files, i));
  return chosen;
}
