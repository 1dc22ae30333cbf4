#include "lens-icon-loading.h"

/* As wide as an image in a button is. */
#define SIZE_PX 16

static const char *const names[] = {
  "lens-overview-symbolic",  "lens-addresses-symbolic", "lens-matrix-symbolic",    "lens-ports-symbolic",
  "lens-over-time-symbolic", "lens-bursts-symbolic",    "lens-packets-symbolic",   "lens-table-symbolic",
  "document-save-symbolic",  "edit-copy-symbolic",      "edit-clear-all-symbolic", "system-search-symbolic",
  "view-more-symbolic",      "zoom-out-symbolic",       "zoom-fit-best-symbolic",  "zoom-in-symbolic",
  "window-close-symbolic",
};

typedef struct
{
  GtkWidget *window; /* (transfer none), which owns this */
  GPtrArray *icons;  /* owned (element-type GtkIconPaintable): those that are loaded */
  guint idle_id;
} Loading;

static void
loading_free (gpointer data)
{
  Loading *loading = data;

  g_clear_handle_id (&loading->idle_id, g_source_remove);
  g_ptr_array_unref (loading->icons);
  g_free (loading);
}

/* GTK finds what is asked for in the same way, and is still there, without loading it again. */
static GtkIconPaintable *
load (GtkWidget *window, const char *name)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (window));
  g_autoptr (GIcon) icon = g_themed_icon_new (name);
  GtkIconPaintable *paintable = gtk_icon_theme_lookup_by_gicon (
      theme, icon, SIZE_PX, gtk_widget_get_scale_factor (window), gtk_widget_get_direction (window), 0);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (GDK_PAINTABLE (paintable), snapshot, SIZE_PX, SIZE_PX);
  node = gtk_snapshot_free_to_node (snapshot);
  return paintable;
}

static gboolean
load_next_cb (gpointer user_data)
{
  Loading *loading = user_data;

  g_ptr_array_add (loading->icons, load (loading->window, names[loading->icons->len]));
  if (loading->icons->len < G_N_ELEMENTS (names))
    return G_SOURCE_CONTINUE;
  loading->idle_id = 0;
  return G_SOURCE_REMOVE;
}

static void
map_cb (GtkWidget *window, Loading *loading)
{
  if (loading->idle_id == 0 && loading->icons->len < G_N_ELEMENTS (names))
    loading->idle_id = g_idle_add_full (G_PRIORITY_LOW, load_next_cb, loading, NULL);
}

void
lens_icon_loading_add (GtkWindow *window)
{
  Loading *loading = g_new0 (Loading, 1);

  loading->window = GTK_WIDGET (window);
  loading->icons = g_ptr_array_new_with_free_func (g_object_unref);
  g_object_set_data_full (G_OBJECT (window), "lens-icon-loading", loading, loading_free);
  g_signal_connect (window, "map", G_CALLBACK (map_cb), loading);
}
