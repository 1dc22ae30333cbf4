/* What the layout client and its helper say to each other: short lines of text, every number with a ceiling.
 *
 * Request:   packetlens-layout 1        Reply:   packetlens-layout 1
 *            engine sfdp                         nodes 2
 *            nodes 2                             55.000 14.000
 *            110.000 28.000                      255.000 14.000
 *            110.000 28.000                      end
 *            edges 1
 *            0 1 1000
 *            end
 *
 * Sizes and positions are points, positions the centres of nodes, x to the right, y down. An edge is two nodes and a
 * strength of 1 to 1000. Nodes are numbers: no text of a capture reaches Graphviz.
 */
#pragma once

#define LENS_LAYOUT_PROTOCOL "packetlens-layout 1"
#define LENS_LAYOUT_MAX_NODES 500
#define LENS_LAYOUT_MAX_EDGES (LENS_LAYOUT_MAX_NODES * LENS_LAYOUT_MAX_NODES)
#define LENS_LAYOUT_MAX_STRENGTH 1000
#define LENS_LAYOUT_MAX_SIZE 10000.0 /* points, of a node */
#define LENS_LAYOUT_MAX_POSITION 1e7 /* points */
#define LENS_LAYOUT_MAX_REQUEST_BYTES (8 * 1024 * 1024)
#define LENS_LAYOUT_MAX_REPLY_BYTES (64 * 1024)
