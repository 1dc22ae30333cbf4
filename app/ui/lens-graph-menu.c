#include "lens-graph-menu.h"

#include "lens-clipboard.h"

#include <glib/gi18n.h>

/* A host's menu lists this many of those it talks to, the strongest. */
#define MAX_PEERS 12

/* Menus take an underscore for a mnemonic. */
static char *
escape (const char *text)
{
  GString *escaped = g_string_new (text);

  g_string_replace (escaped, "_", "__", 0);
  return g_string_free (escaped, FALSE);
}

static void
append_for_host (GMenu *menu, const char *label, const char *action, const char *address)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", address);
  g_menu_append_item (menu, item);
}

static void
append_for_two (GMenu *menu,
                const char *label,
                const char *action,
                const LensGraphNode *source,
                const LensGraphNode *destination)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  char source_text[LENS_SUBNET_TEXT_SIZE], destination_text[LENS_SUBNET_TEXT_SIZE];

  g_menu_item_set_action_and_target (item, action, "(ss)", lens_graph_node_format (source, source_text),
                                     lens_graph_node_format (destination, destination_text));
  g_menu_append_item (menu, item);
}

static void
append_section (GMenu *menu, const char *label, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, label, G_MENU_MODEL (section));
}

/* The other end of each edge of @node, strongest first, each once. This way the keys reach connections too. */
static GMenu *
list_peers (const LensHostGraph *graph, gsize node)
{
  GMenu *menu = g_menu_new ();
  gsize n_nodes, n_edges;
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, &n_nodes);
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);
  g_autofree guint8 *is_listed = g_new0 (guint8, n_nodes);

  for (gsize i = 0; i < n_edges && g_menu_model_get_n_items (G_MENU_MODEL (menu)) < MAX_PEERS; i++)
    {
      gsize peer = edges[i].source == node        ? edges[i].destination
                   : edges[i].destination == node ? edges[i].source
                                                  : node;
      g_autofree char *name = NULL;
      g_autofree char *label = NULL;

      if (peer == node || is_listed[peer] || nodes[peer].address.version == 0)
        continue;
      is_listed[peer] = 1;
      name = lens_host_graph_describe_node (graph, peer);
      label = escape (name);
      append_for_two (menu, label, "graph.pair", &nodes[node], &nodes[peer]);
    }
  return menu;
}

static GMenuModel *
new_others_menu (const LensHostGraph *graph)
{
  GMenu *menu = g_menu_new ();
  gsize n_more = lens_host_graph_count_more (graph);
  g_autofree char *label = g_strdup_printf (
      ngettext ("Show the strongest one of them too", "Show the strongest %u of them too", n_more),
      (guint) n_more);

  g_menu_append (menu, label, "graph.open-others");
  return G_MENU_MODEL (menu);
}

static void
append_close (GMenu *menu, const LensSubnet *subnet)
{
  char text[LENS_SUBNET_TEXT_SIZE];
  g_autofree char *label = g_strdup_printf (_ ("Close %s"), lens_subnet_format (subnet, text));

  append_for_host (menu, label, "graph.close-group", text);
}

static void
append_unpin (GMenu *menu, const LensGraphNode *node, const char *name, gboolean is_pinned)
{
  char key[LENS_SUBNET_TEXT_SIZE];
  g_autofree char *escaped = escape (name);
  g_autofree char *label = g_strdup_printf (_ ("Unpin %s"), escaped);

  if (is_pinned)
    append_for_host (menu, label, "graph.unpin", lens_graph_node_format (node, key));
}

static GMenuModel *
new_others_node_menu (const LensHostGraph *graph,
                      const LensGraphNode *node,
                      const char *name,
                      gboolean is_pinned)
{
  GMenu *menu = G_MENU (new_others_menu (graph));

  append_unpin (menu, node, name, is_pinned);
  return G_MENU_MODEL (menu);
}

static void
append_peers (GMenu *menu, const LensHostGraph *graph, gsize node)
{
  g_autoptr (GMenu) peers = list_peers (graph, node);

  if (g_menu_model_get_n_items (G_MENU_MODEL (peers)) > 0)
    g_menu_append_submenu (menu, _ ("Filter to Its Packets with"), G_MENU_MODEL (peers));
}

/* For what is in focus, the way back. */
static void
append_focus (GMenu *menu, const LensHostGraph *graph, const LensGraphNode *node, const char *name)
{
  const LensHostGraphOptions *options = lens_host_graph_get_options (graph);
  LensSubnet subnet = lens_subnet_of_host_or_group (&node->address, node->prefix_bits);
  char key[LENS_SUBNET_TEXT_SIZE];
  g_autofree char *label = g_strdup_printf (_ ("Focus on %s"), name);

  if (lens_subnet_equal (&options->focus, &subnet))
    g_menu_append (menu, _ ("End Focus"), "graph.end-focus");
  else
    append_for_host (menu, label, "graph.focus", lens_graph_node_format (node, key));
}

static GMenuModel *
new_group_menu (const LensHostGraph *graph, gsize node, const LensSubnet *subnet, gboolean is_pinned)
{
  const LensGraphNode *found = &lens_host_graph_get_nodes (graph, NULL)[node];
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) filters = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();
  char text[LENS_SUBNET_TEXT_SIZE];
  g_autofree char *open_label = g_strdup_printf (_ ("Open %s"), lens_subnet_format (subnet, text));
  g_autofree char *filter_label = g_strdup_printf (_ ("Filter to %s"), text);
  g_autofree char *exclude_label = g_strdup_printf (_ ("Exclude %s"), text);
  g_autofree char *packets_label = g_strdup_printf (_ ("Show Packets of %s"), text);
  g_autofree char *copy_label = g_strdup_printf (_ ("Copy %s"), text);

  append_for_host (more, open_label, "graph.open-group", text);
  append_section (menu, NULL, more);
  append_for_host (filters, filter_label, "graph.filter", text);
  append_for_host (filters, exclude_label, "graph.exclude", text);
  append_peers (filters, graph, node);
  append_focus (filters, graph, found, text);
  append_for_host (filters, packets_label, "graph.show-packets", text);
  append_for_host (filters, copy_label, "graph.copy", text);
  append_section (menu, NULL, filters);
  append_unpin (menu, found, text, is_pinned);
  return G_MENU_MODEL (menu);
}

static GMenuModel *
new_node_menu (const LensHostGraph *graph, gsize node, gboolean is_pinned)
{
  const LensGraphNode *found = &lens_host_graph_get_nodes (graph, NULL)[node];
  g_autoptr (GMenu) filters = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();
  char address[LENS_ADDRESS_TEXT_SIZE];
  g_autofree char *name = lens_host_graph_describe_node (graph, node);
  g_autofree char *escaped = escape (name);
  g_autofree char *filter_label = g_strdup_printf (_ ("Filter to %s"), escaped);
  g_autofree char *exclude_label = g_strdup_printf (_ ("Exclude %s"), escaped);
  g_autofree char *packets_label = g_strdup_printf (_ ("Show Packets of %s"), escaped);
  g_autofree char *copy_label = NULL;
  LensSubnet subnet;
  GMenu *menu;

  if (found->address.version == 0)
    return new_others_node_menu (graph, found, name, is_pinned);
  if (lens_host_graph_is_group (graph, node, &subnet))
    return new_group_menu (graph, node, &subnet, is_pinned);
  menu = g_menu_new ();
  copy_label = g_strdup_printf (_ ("Copy %s"), lens_address_format (&found->address, address));
  append_for_host (filters, filter_label, "graph.filter", address);
  append_for_host (filters, exclude_label, "graph.exclude", address);
  append_section (menu, NULL, filters);
  append_peers (more, graph, node);
  append_focus (more, graph, found, escaped);
  append_for_host (more, packets_label, "graph.show-packets", address);
  append_for_host (more, copy_label, "graph.copy", address);
  if (lens_host_graph_find_opened (graph, &found->address, &subnet))
    append_close (more, &subnet);
  append_unpin (more, found, name, is_pinned);
  append_section (menu, NULL, more);
  return G_MENU_MODEL (menu);
}

/* No filter tells the other hosts from those that are shown: they have to be shown too. */
static GMenuModel *
new_others_edge_menu (const LensHostGraph *graph)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuModel) others = new_others_menu (graph);

  g_menu_append_section (menu, _ ("No filter selects the other hosts alone"), others);
  return G_MENU_MODEL (menu);
}

static GMenuModel *
new_edge_menu (const LensHostGraph *graph, gsize edge)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  const LensGraphEdge *found = &lens_host_graph_get_edges (graph, NULL)[edge];
  const LensGraphNode *source = &nodes[found->source];
  const LensGraphNode *destination = &nodes[found->destination];
  g_autofree char *source_name = lens_host_graph_describe_node (graph, found->source);
  g_autofree char *destination_name = lens_host_graph_describe_node (graph, found->destination);
  g_autofree char *source_label = escape (source_name);
  g_autofree char *destination_label = escape (destination_name);
  g_autofree char *one_way = g_strdup_printf ("%s → %s", source_label, destination_label);
  g_autofree char *either_way = g_strdup_printf ("%s ↔ %s", source_label, destination_label);
  g_autoptr (GMenu) filters = NULL;
  g_autoptr (GMenu) packets = g_menu_new ();
  g_autoptr (GMenu) exclusions = NULL;
  GMenu *menu;

  if (source->address.version == 0 || destination->address.version == 0)
    return new_others_edge_menu (graph);
  menu = g_menu_new ();
  filters = g_menu_new ();
  exclusions = g_menu_new ();
  append_for_two (filters, one_way, "graph.connection", source, destination);
  append_for_two (filters, either_way, "graph.pair", source, destination);
  append_section (menu, _ ("Filter to"), filters);
  append_for_two (exclusions, one_way, "graph.exclude-connection", source, destination);
  append_for_two (exclusions, either_way, "graph.exclude-pair", source, destination);
  append_section (menu, _ ("Exclude"), exclusions);
  append_for_two (packets, one_way, "graph.show-packets-of-connection", source, destination);
  append_for_two (packets, either_way, "graph.show-packets-of-pair", source, destination);
  append_section (menu, _ ("Show Packets"), packets);
  return G_MENU_MODEL (menu);
}

GMenuModel *
lens_graph_menu_new (const LensHostGraph *graph, int node, int edge, gboolean is_pinned)
{
  return node >= 0 ? new_node_menu (graph, (gsize) node, is_pinned) : new_edge_menu (graph, (gsize) edge);
}

gboolean
lens_graph_menu_read_end (const char *text, LensSubnet *end)
{
  LensAddress address;

  if (lens_subnet_parse (text, end))
    return TRUE;
  if (!lens_address_parse (text, &address))
    return FALSE;
  *end = lens_subnet_of_host_or_group (&address, 0);
  return TRUE;
}

/* What an action is about, by its parameter. */
static gboolean
read_term (const char *action, GVariant *parameter, LensFilterTerm *term)
{
  gboolean is_pair = g_str_has_suffix (action, "pair");
  const char *source_text, *destination_text;
  LensSubnet source, destination, subnet;
  LensAddress address;

  if (g_variant_is_of_type (parameter, G_VARIANT_TYPE_STRING))
    {
      if (lens_subnet_parse (g_variant_get_string (parameter, NULL), &subnet))
        *term = lens_filter_term_subnet (&subnet, LENS_PORT_EITHER);
      else if (!lens_address_parse (g_variant_get_string (parameter, NULL), &address))
        return FALSE;
      else
        *term = lens_filter_term_host (&address);
    }
  else
    {
      g_variant_get (parameter, "(&s&s)", &source_text, &destination_text);
      if (!lens_graph_menu_read_end (source_text, &source)
          || !lens_graph_menu_read_end (destination_text, &destination))
        return FALSE;
      *term = lens_filter_term_subnets (&source, &destination, is_pair);
    }
  term->is_inverted = g_str_has_prefix (action, "exclude");
  return TRUE;
}

/* An exclusion is one more term; else only that one is left. */
static gboolean
filter_by (LensSession *session, const char *action, GVariant *parameter)
{
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();
  g_autoptr (LensFilter) filter = NULL;
  LensFilterTerm term;

  if (!read_term (action, parameter, &term))
    return FALSE;
  filter = lens_filter_with_term (term.is_inverted ? lens_session_get_filter (session) : empty, &term);
  lens_session_set_filter (session, filter);
  return TRUE;
}

static void
filter_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  filter_by (user_data, g_action_get_name (G_ACTION (action)), parameter);
}

static void
show_packets_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LensSession *session = g_object_get_data (G_OBJECT (action), "lens-session");

  if (filter_by (session, g_action_get_name (G_ACTION (action)), parameter))
    gtk_widget_activate_action (user_data, "page.show-packets", NULL);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lens_clipboard_set_text (user_data, g_variant_get_string (parameter, NULL), NULL);
}

GSimpleActionGroup *
lens_graph_menu_new_actions (LensSession *session, GtkWidget *widget)
{
  static const GActionEntry filters[] = {
    { .name = "filter", .activate = filter_cb, .parameter_type = "s" },
    { .name = "exclude", .activate = filter_cb, .parameter_type = "s" },
    { .name = "connection", .activate = filter_cb, .parameter_type = "(ss)" },
    { .name = "pair", .activate = filter_cb, .parameter_type = "(ss)" },
    { .name = "exclude-connection", .activate = filter_cb, .parameter_type = "(ss)" },
    { .name = "exclude-pair", .activate = filter_cb, .parameter_type = "(ss)" },
  };
  static const GActionEntry packets[] = {
    { .name = "show-packets", .activate = show_packets_cb, .parameter_type = "s" },
    { .name = "show-packets-of-connection", .activate = show_packets_cb, .parameter_type = "(ss)" },
    { .name = "show-packets-of-pair", .activate = show_packets_cb, .parameter_type = "(ss)" },
  };
  static const GActionEntry copies[] = { { .name = "copy", .activate = copy_cb, .parameter_type = "s" } };
  GSimpleActionGroup *actions = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), filters, G_N_ELEMENTS (filters), session);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), packets, G_N_ELEMENTS (packets), widget);
  for (gsize i = 0; i < G_N_ELEMENTS (packets); i++)
    g_object_set_data (G_OBJECT (g_action_map_lookup_action (G_ACTION_MAP (actions), packets[i].name)),
                       "lens-session", session);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), copies, G_N_ELEMENTS (copies), widget);
  return actions;
}
