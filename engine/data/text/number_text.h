/* engine/data/text/number_text.h: numbers for machines: shortest text that reads back to the same double, no locale. */
#ifndef WM_DATA_NUMBER_TEXT_H
#define WM_DATA_NUMBER_TEXT_H

#include <glib.h>

/* Write `value` into `text`; "" for NAN and infinities, never "-0". Returns text. */
const char *number_text(double value, char text[G_ASCII_DTOSTR_BUF_SIZE]);

/* The same text, kept until the block that it stands in ends: for an argument or an element of an array. */
#define NUMBER_TEXT(value) number_text((value), (char[G_ASCII_DTOSTR_BUF_SIZE]){0})

/* Append a CSV field, quoted where RFC 4180 asks for it. */
void csv_append_field(GString *out, const char *text);

/* Append a row of n fields and a line end. */
void csv_append_row(GString *out, const char *const *fields, size_t n);

#endif
