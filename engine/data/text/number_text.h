/* engine/data/text/number_text.h: numbers for machines: shortest text that reads back to the same double, no locale. */
#ifndef WM_DATA_NUMBER_TEXT_H
#define WM_DATA_NUMBER_TEXT_H

#include <glib.h>

/* Write `value` into `text`; "" for NAN and infinities, never "-0". Returns text. */
const char *number_text(double value, char text[G_ASCII_DTOSTR_BUF_SIZE]);

/* Append a CSV field, quoted where RFC 4180 asks for it. */
void csv_append_field(GString *out, const char *text);

/* Append a row of n fields and a line end. */
void csv_append_row(GString *out, const char *const *fields, size_t n);

#endif
