/* Decimal points and decimal commas. */
#include "engine/data/text/figure_text.h"

#include <math.h>
#include <string.h>

/* The blanks that part thousands: a space, a no-break space, a narrow one. The length of the one at `at`, or 0. */
static size_t blank_length(const char *at)
{
    static const char *const BLANKS[] = {" ", "\xC2\xA0", "\xE2\x80\xAF"};
    for (size_t i = 0; i < G_N_ELEMENTS(BLANKS); i++)
        if (strncmp(at, BLANKS[i], strlen(BLANKS[i])) == 0)
            return strlen(BLANKS[i]);
    return 0;
}

static char *with_points(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *at = text; *at;) {
        const size_t n = blank_length(at);
        const gboolean parts_digits = n > 0 && at > text && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(at[n]);
        g_string_append_c(out, *at == ',' ? '.' : *at == '.' || parts_digits ? ',' : *at);
        at += parts_digits ? n : 1;
    }
    return g_string_free(out, FALSE);
}

gboolean figure_text_read(const char *text, gboolean has_decimal_commas, WmValueText *out)
{
    g_autofree char *plain = has_decimal_commas ? with_points(text) : NULL;
    return wm_value_parse(plain ? plain : text, out);
}

gboolean figure_text_has_decimal_comma(const char *text)
{
    WmValueText value;
    return strchr(text, ',') && !wm_value_parse(text, &value) && figure_text_read(text, TRUE, &value) && !isnan(value.value);
}
