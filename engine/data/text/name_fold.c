/* Names made alike. */
#include "engine/data/text/name_fold.h"

/* Characters that show nothing: zero-width spaces and joiners, a byte order mark. */
static gboolean is_invisible(gunichar c)
{
    return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

char *name_clean(const char *text)
{
    GString *out = g_string_new(NULL);
    for (; *text; text = g_utf8_next_char(text)) {
        const gunichar c = g_utf8_get_char(text);
        if (!g_unichar_isspace(c) && !is_invisible(c))
            g_string_append_unichar(out, c);
        else if (!is_invisible(c) && out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    return g_strchomp(g_string_free(out, FALSE));
}

static const struct {
    gunichar character;
    const char *plain;
} FOLDS[] = {
    {'&', " and "}, {0x2018, "'"}, {0x2019, "'"}, {0x2010, "-"}, {0x2011, "-"}, {0x2013, "-"}, {0x2014, "-"},
};

char *name_fold(const char *text)
{
    g_autofree char *folded = g_utf8_casefold(text, -1);
    g_autofree char *composed = g_utf8_normalize(folded, -1, G_NORMALIZE_ALL_COMPOSE);
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *at = composed; at && *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        const char *plain = NULL;
        for (size_t i = 0; i < G_N_ELEMENTS(FOLDS); i++)
            if (FOLDS[i].character == c)
                plain = FOLDS[i].plain;
        if (plain)
            g_string_append(out, plain);
        else
            g_string_append_unichar(out, c);
    }
    return name_clean(out->str);
}
