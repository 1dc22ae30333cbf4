#include "lens-column-titles.h"

#include "lens-column-keys.h"

static GtkWidget *
get_header (GtkColumnView *view)
{
  return gtk_widget_get_first_child (GTK_WIDGET (view));
}

GtkWidget *
lens_column_titles_get (GtkColumnView *view, guint index)
{
  GtkWidget *title = gtk_widget_get_first_child (get_header (view));

  for (; title != NULL && index > 0; index--)
    title = gtk_widget_get_next_sibling (title);
  return title;
}

static GtkColumnView *
get_view (GtkWidget *title)
{
  return GTK_COLUMN_VIEW (gtk_widget_get_ancestor (title, GTK_TYPE_COLUMN_VIEW));
}

/* GTK says on the arrow beside the words how it sorts by a column. */
static gboolean
is_ascending (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "ascending"))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_ascending (child))
      return TRUE;
  return FALSE;
}

void
lens_column_titles_sort (GtkColumnView *view, guint index)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (view), index);
  GtkWidget *title = lens_column_titles_get (view, index);

  if (column != NULL && title != NULL)
    gtk_column_view_sort_by_column (view, column,
                                    is_ascending (title) ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static void
sort (GtkWidget *title)
{
  guint index = 0;

  for (GtkWidget *before = gtk_widget_get_prev_sibling (title); before != NULL;
       before = gtk_widget_get_prev_sibling (before))
    index++;
  lens_column_titles_sort (get_view (title), index);
}

/* With the keys, and in view. */
static gboolean
go_to (GtkWidget *title)
{
  GtkColumnView *view;
  GtkAdjustment *place;
  graphene_rect_t bounds;

  if (title == NULL || !gtk_widget_grab_focus (title))
    return FALSE;
  view = get_view (title);
  place = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));
  if (place != NULL && gtk_widget_compute_bounds (title, GTK_WIDGET (view), &bounds))
    {
      double left = gtk_adjustment_get_value (place) + (double) bounds.origin.x;

      gtk_adjustment_clamp_page (place, left, left + (double) bounds.size.width);
    }
  return TRUE;
}

static gboolean
is_inside (GtkWidget *outer)
{
  GtkRoot *root = gtk_widget_get_root (outer);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == outer || gtk_widget_is_ancestor (focus, outer));
}

/* To the row that is selected, where it is in view, or that had the keys last. */
static gboolean
go_to_rows (GtkWidget *list)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0 && gtk_widget_get_mapped (row))
      return gtk_widget_grab_focus (row);
  return gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);
}

static gboolean
has_selected_row (GtkWidget *list)
{
  g_autoptr (GtkBitset) selected
      = gtk_selection_model_get_selection (gtk_list_view_get_model (GTK_LIST_VIEW (list)));

  return !gtk_bitset_is_empty (selected);
}

/* Where no row is selected, the first is. */
static gboolean
go_down (GtkWidget *list)
{
  if (!has_selected_row (list))
    {
      gtk_widget_activate_action (list, "list.scroll-to-item", "u", 0);
      gtk_widget_activate_action (list, "list.select-item", "(ubb)", 0, FALSE, FALSE);
    }
  return go_to_rows (list);
}

static gboolean
key_cb (GtkEventController *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        gpointer user_data)
{
  GtkWidget *title = gtk_event_controller_get_widget (controller);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      sort (title);
      return TRUE;
    case GDK_KEY_Left:
      (void) go_to (gtk_widget_get_prev_sibling (title));
      return TRUE;
    case GDK_KEY_Right:
      (void) go_to (gtk_widget_get_next_sibling (title));
      return TRUE;
    case GDK_KEY_Down:
      return go_down (lens_column_keys_get_list (get_view (title)));
    default:
      return FALSE;
    }
}

void
lens_column_titles_set_up (GtkColumnView *view, guint64 figures)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  GtkWidget *title = lens_column_titles_get (view, 0);

  /* GTK keeps the keys from all that is in it. */
  gtk_widget_set_can_focus (get_header (view), TRUE);
  gtk_widget_set_focusable (get_header (view), FALSE);
  for (guint i = 0; title != NULL; i++, title = gtk_widget_get_next_sibling (title))
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      GtkEventController *keys;

      if (column != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        gtk_column_view_column_get_title (column), -1);
      if (i < 64 && (figures >> i & 1) != 0 && gtk_widget_get_first_child (title) != NULL)
        gtk_widget_set_halign (gtk_widget_get_first_child (title), GTK_ALIGN_END);
      if (gtk_widget_get_focusable (title))
        continue;
      gtk_widget_set_focusable (title, TRUE);
      keys = gtk_event_controller_key_new ();
      g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), NULL);
      gtk_widget_add_controller (title, keys);
    }
}

gboolean
lens_list_focus (GtkWidget *list, GtkDirectionType direction, gboolean *result)
{
  if ((direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD) || !is_inside (list))
    return FALSE;
  *result = FALSE;
  return TRUE;
}

gboolean
lens_column_titles_focus (GtkColumnView *view, GtkDirectionType direction, gboolean *result)
{
  gboolean is_at_titles = is_inside (get_header (view));
  gboolean is_at_rows = is_inside (lens_column_keys_get_list (view));

  if (direction == GTK_DIR_TAB_FORWARD)
    *result = is_at_rows     ? FALSE
              : is_at_titles ? go_to_rows (lens_column_keys_get_list (view))
                             : go_to (lens_column_titles_get (view, 0));
  else if (direction == GTK_DIR_TAB_BACKWARD)
    *result = is_at_titles ? FALSE
              : is_at_rows
                  ? go_to (lens_column_titles_get (view, 0))
                  : go_to_rows (lens_column_keys_get_list (view)) || go_to (lens_column_titles_get (view, 0));
  else
    return FALSE;
  return TRUE;
}
