/* Numbers and fields for machines. */
#include "engine/data/text/number_text.h"

#include <math.h>
#include <string.h>

const char *number_text(double value, char text[G_ASCII_DTOSTR_BUF_SIZE])
{
    static const char *const FORMATS[] = {"%.15g", "%.16g", "%.17g"};
    text[0] = 0;
    if (!isfinite(value))
        return text;
    for (size_t i = 0; i < G_N_ELEMENTS(FORMATS); i++) {
        g_ascii_formatd(text, G_ASCII_DTOSTR_BUF_SIZE, FORMATS[i], value == 0 ? 0.0 : value);
        if (g_ascii_strtod(text, NULL) == value)
            break;
    }
    return text;
}

/* Readers trim blanks around a bare field. */
static gboolean is_blank_at_an_end(const char *text)
{
    return *text && (strchr(" \t", *text) || strchr(" \t", text[strlen(text) - 1]));
}

void csv_append_field(GString *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n") && !is_blank_at_an_end(text)) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *c);
    }
    g_string_append_c(out, '"');
}

void csv_append_row(GString *out, const char *const *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            g_string_append_c(out, ',');
        csv_append_field(out, fields[i]);
    }
    g_string_append_c(out, '\n');
}
