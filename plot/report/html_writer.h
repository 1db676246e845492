/* plot/report/html_writer.h: elements of HTML, written through libxml2 so that every text and attribute is escaped.
 *
 * An element is opened, given its attributes, then its content, then closed; an element that holds nothing still gets its end tag,
 * as HTML asks. The first failure is kept and told by wm_html_finish.
 */
#ifndef WM_PLOT_HTML_WRITER_H
#define WM_PLOT_HTML_WRITER_H

#include <waymark/error.h>

G_BEGIN_DECLS

typedef struct WmHtml WmHtml;

WmHtml *wm_html_new(void);
void wm_html_free(WmHtml *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmHtml, wm_html_free)

/** End the file. New bytes, or NULL with WM_ERROR_FILE. Nothing is written after it. */
GBytes *wm_html_finish(WmHtml *self, GError **error);

/** `name` and attribute names are ours, never input. */
void wm_html_open(WmHtml *self, const char *name);
void wm_html_attribute(WmHtml *self, const char *name, const char *value);
void wm_html_close(WmHtml *self);

/** An element of a class, opened; "" for no class. */
void wm_html_open_class(WmHtml *self, const char *name, const char *class_name);

/** Text, escaped. Newlines become line breaks. */
void wm_html_text(WmHtml *self, const char *text);

/** A whole element with one text. */
void wm_html_element(WmHtml *self, const char *name, const char *text);

/** Markup of our own making: style sheets, void elements, the charts' SVG. Never input. */
void wm_html_markup(WmHtml *self, const char *markup);

G_END_DECLS
#endif
