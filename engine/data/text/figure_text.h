/* engine/data/text/figure_text.h: figures as a file writes them, with decimal points or decimal commas. */
#ifndef WM_DATA_FIGURE_TEXT_H
#define WM_DATA_FIGURE_TEXT_H

#include <glib.h>
#include <waymark/value.h>

/* wm_value_parse; in a file of decimal commas points and commas change places, and blanks between digits part thousands:
 * 1.234,5 and 1 234,5. */
gboolean figure_text_read(const char *text, gboolean has_decimal_commas, WmValueText *out);

/* Whether a text that is no figure would be one if its comma were a decimal one: 687,7 and 0,512. */
gboolean figure_text_has_decimal_comma(const char *text);

#endif
