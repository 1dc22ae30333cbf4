/* The parts of a LensWindow: lens-window.c owns it, lens-window-open.c brings captures into it, lens-window-actions.c is what menus, buttons
 * and keys do. Main thread. */
#pragma once

#include "lens-capture-page.h"
#include "lens-history-button.h"
#include "lens-load-job.h"
#include "lens-packet-saver.h"
#include "lens-properties-window.h"
#include "lens-window.h"

G_BEGIN_DECLS

struct _LensWindow
{
  AdwApplicationWindow parent_instance;
  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkMenuButton *export_button;
  LensHistoryButton *back_button;
  LensHistoryButton *forward_button;
  GtkStack *stack;
  GtkLabel *loading_label;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  AdwStatusPage *error_page;
  LensCapturePage *capture_page;
  LensPacketSaver *packet_saver;

  LensSession *session;
  LensLoadJob *load;                       /* that runs (nullable) */
  gboolean is_filling;                     /* the load has given packets already, they are shown */
  LensCapture *loaded;                     /* owned (nullable): is shown once its page has been drawn */
  guint loaded_timeout_id;                 /* until that is so */
  char **paths;                            /* of the capture that is shown (nullable) */
  gboolean can_read_again;                 /* none of them is a pipe */
  GtkFileChooserNative *chooser;           /* (nullable) */
  LensPropertiesWindow *properties_window; /* weak (nullable) */
  GtkWidget *figures_dialog;               /* weak (nullable) */
  char *first_expression;                  /* (nullable) filters the next capture from the start */
};

gboolean lens_window_has_capture (LensWindow *window);

/* @name: "start", "loading", "error" or "capture". Actions follow it. */
void lens_window_show_page (LensWindow *window, const char *name);
void lens_window_update_title (LensWindow *window);

/* What has been shown of it stays. */
void lens_window_cancel_load (LensWindow *window);

/* Asks for files and opens them. */
void lens_window_choose_files (LensWindow *window);

/* The same files again, however much they unpack to. */
void lens_window_open_again (LensWindow *window);

/* Opens files that are dropped onto the window. */
void lens_window_accept_drops (LensWindow *window);

/* Every "win." action, and the key that needs no accelerator. */
void lens_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
