#include "lens-graph-layout-choice.h"

#include <glib/gi18n.h>

#define N_HOSTS_KEY "lens-n-hosts"

static gsize
get_n_hosts (GtkDropDown *drop_down)
{
  return GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (drop_down), N_HOSTS_KEY));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *reason = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (reason), 0);
  gtk_widget_add_css_class (reason, "caption");
  gtk_widget_add_css_class (reason, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), reason);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const LensLayoutEngineInfo *info
      = lens_layout_engine_get_info ((LensLayoutEngine) gtk_list_item_get_position (item));
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *name = gtk_widget_get_first_child (box);
  GtkWidget *reason = gtk_widget_get_last_child (box);
  gboolean can_bear = get_n_hosts (user_data) <= info->max_hosts;
  g_autofree char *text = g_strdup_printf (
      ngettext ("For at most %u host", "For at most %u hosts", info->max_hosts), (guint) info->max_hosts);

  gtk_label_set_label (GTK_LABEL (name), _ (info->name));
  gtk_label_set_label (GTK_LABEL (reason), text);
  gtk_widget_set_visible (reason, !can_bear);
  gtk_widget_set_sensitive (box, can_bear);
  gtk_list_item_set_activatable (item, can_bear);
  gtk_list_item_set_selectable (item, can_bear);
}

/* Anew whenever it changes what rows say: those that are there are bound once. */
static void
set_list_factory (GtkDropDown *drop_down)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), drop_down);
  gtk_drop_down_set_list_factory (drop_down, factory);
}

void
lens_graph_layout_choice_set_up (GtkDropDown *drop_down)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (LensLayoutEngine engine = 0; engine < LENS_N_LAYOUTS; engine++)
    gtk_string_list_append (names, _ (lens_layout_engine_get_info (engine)->name));
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (names));
  set_list_factory (drop_down);
}

void
lens_graph_layout_choice_set_n_hosts (GtkDropDown *drop_down, gsize n_hosts)
{
  if (get_n_hosts (drop_down) == n_hosts)
    return;
  g_object_set_data (G_OBJECT (drop_down), N_HOSTS_KEY, GSIZE_TO_POINTER (n_hosts));
  set_list_factory (drop_down);
}
