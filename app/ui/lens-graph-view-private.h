/* The parts of a LensGraphView: lens-graph-view.c owns it and follows the session, lens-graph-view-layout.c has what it shows laid out,
 * lens-graph-view-steps.c opens, adds and focuses, which can be undone. Main thread. */
#pragma once

#include "lens-graph-canvas.h"
#include "lens-graph-options.h"
#include "lens-graph-search.h"
#include "lens-graph-view.h"

G_BEGIN_DECLS

struct _LensGraphView
{
  GtkBox parent_instance;

  LensGraphCanvas *canvas;
  GtkDropDown *layout_choice;
  GtkDropDown *weight_choice;
  GtkSpinButton *hosts_spin;
  LensGraphOptions *more_popover;
  GtkWidget *undo_button;
  GtkWidget *unpin_button;
  GtkWidget *stop_button;
  LensGraphSearch *search;
  GtkWidget *menu;
  GtkSpinner *spinner;
  GtkRevealer *problem_revealer;
  GtkLabel *problem_label;
  GtkLabel *empty_label;
  GtkLabel *hidden_label;
  GtkLabel *undrawn_label;
  GtkEventControllerMotion *zoom_pointer; /* on the zoom buttons */
  GtkLabel *instead_label;
  GtkWidget *focus_box;
  GtkLabel *focus_label;
  GtkSpinButton *steps_spin;
  GtkWidget *zoom_box;

  LensSession *session;
  LensAnalysis *whole; /* what the graph is, or is being, made from */
  LensHostGraphOptions options;
  GArray *past; /* owned (element-type LensHostGraphOptions): before each step that can be undone */
  GArray
      *future; /* owned (element-type LensHostGraphOptions): after each that was, the last one undone last */
  LensLayoutEngine engine;        /* of the picture that is, or is being, made */
  LensLayoutEngine wanted_engine; /* what somebody chose: another than that while it can't do so many hosts */
  GCancellable *layout;  /* of the layout that runs, from making its graph to showing it (nullable) */
  gboolean is_in_helper; /* the helper program has it */
  gboolean is_unasked;   /* the graph grew, nobody asked for it */
  gboolean wants_circle; /* it was stopped before there was any picture */
  GCancellable *growth;  /* of the graph that is made to be shown without a layout (nullable) */
  GCancellable *marking; /* of the marks that are worked out for the graph that is shown (nullable) */
  LensAddress found;     /* the host that was searched for and is in the middle; version 0 for none */
  gboolean is_adding; /* the graph that is made, or to be laid out, has a host more that was searched for */
  guint prepare_id;   /* until all buttons of the graph to be laid out are made */
  guint options_timeout_id;
  guint growth_timeout_id;  /* until a graph that grew is laid out anew */
  gsize n_laid_out;         /* nodes when that was done last */
  gint64 laid_out_us;       /* when, monotonic time */
  gboolean is_behind;       /* the capture grew while either ran */
  gboolean keeps_undrawn;   /* edges were too many to be drawn: that keeps its place */
  double undrawn_gone_zoom; /* where that went last; 0: fitted, where it doesn't */
  gboolean is_filling;      /* layout_choice is being filled, nobody chose */
};

/* Lays out what view->options say of view->whole; what is shown stays until that is done. */
void lens_graph_view_start_layout (LensGraphView *view);
void lens_graph_view_stop_layout (LensGraphView *view);

/* The same because somebody wants it: what is shown stays, and that is said. */
void lens_graph_view_cancel_layout (LensGraphView *view);

/* Brings the graph that is shown to view->whole and to view->options, once a worker made it: of a million connections it takes longer than a
 * frame. For what somebody did, in the place of one that is being made; or, for a capture that grows, after that one. */
void lens_graph_view_update (LensGraphView *view);
void lens_graph_view_grow (LensGraphView *view);

/* The filter's marks on the graph that is shown, once a worker found them. */
void lens_graph_view_update_marks (LensGraphView *view);

/* Gives the keys to the node of @address, a host's or, where @prefix_bits are not 0, a group's, or to the node that it is in, or to the strongest that
 * is in it; version 0, or where there is none: to the strongest of all. */
void lens_graph_view_give_keys (LensGraphView *view, const LensAddress *address, guint8 prefix_bits);

/* Steps that can be undone. @focus: a subnet, or a host with all its bits; version 0 ends it. */
void lens_graph_view_open_others (LensGraphView *view);
void lens_graph_view_set_focus (LensGraphView *view, const LensSubnet *focus, guint steps);
void lens_graph_view_add_host (LensGraphView *view, const LensAddress *address);
void lens_graph_view_set_group_open (LensGraphView *view, const LensSubnet *subnet, gboolean is_open);
void lens_graph_view_undo (LensGraphView *view);
void lens_graph_view_redo (LensGraphView *view);

/* What somebody chose in the bar (transfer full): undoing does not go behind a number of hosts or a grouping. */
void lens_graph_view_take_options (LensGraphView *view, const LensHostGraphOptions *options);

/* Another capture: nothing was opened or can be undone. */
void lens_graph_view_clear_steps (LensGraphView *view);

G_END_DECLS
