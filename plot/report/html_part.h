/* plot/report/html_part.h: the parts of a document that recur in every block: shapes, statuses, running text, tables. */
#ifndef WM_PLOT_HTML_PART_H
#define WM_PLOT_HTML_PART_H

#include "plot/report/document.h"
#include "plot/report/html_writer.h"

G_BEGIN_DECLS

void wm_html_shape(WmHtml *html, WmRag rag);
void wm_html_status(WmHtml *html, WmVerdict verdict);
void wm_html_link(WmHtml *html, const char *text, const char *target);
void wm_html_prose(WmHtml *html, const WmProse *prose);

/** A table, or nothing when it has no rows. */
void wm_html_table(WmHtml *html, const WmTable *table);

G_END_DECLS
#endif
