/* Patterns. */
#include "engine/data/text/text_pattern.h"

#include <string.h>

#define MAX_STEPS 100000 /* of a match with places: a text that needs more is no column's name */

static const char *const FIELD_NAMES[N_FIELDS] = {
    [FIELD_INDICATOR] = "indicator",     [FIELD_UNIT] = "unit",   [FIELD_COHORT] = "cohort",
    [FIELD_PERIOD] = "period",           [FIELD_VALUE] = "value", [FIELD_NUMERATOR] = "numerator",
    [FIELD_DENOMINATOR] = "denominator", [FIELD_STATE] = "state", [FIELD_NOTE] = "note",
};

/* Fields that a name can hold. */
static const Field PLACES[] = {FIELD_PERIOD, FIELD_INDICATOR, FIELD_COHORT, FIELD_UNIT};

const char *field_name(Field field)
{
    return FIELD_NAMES[field];
}

int field_find(const char *name)
{
    for (int i = 0; i < N_FIELDS; i++)
        if (g_ascii_strcasecmp(FIELD_NAMES[i], name) == 0)
            return i;
    return -1;
}

/* The field whose place begins here, its length in *length; -1 for none. */
static int place_at(const char *text, size_t *length)
{
    if (*text != '{')
        return -1;
    for (size_t i = 0; i < G_N_ELEMENTS(PLACES); i++) {
        const size_t n = strlen(FIELD_NAMES[PLACES[i]]);
        if (g_ascii_strncasecmp(text + 1, FIELD_NAMES[PLACES[i]], n) == 0 && text[1 + n] == '}') {
            *length = n + 2;
            return (int)PLACES[i];
        }
    }
    return -1;
}

gboolean pattern_is_wild(const char *pattern)
{
    return strpbrk(pattern, "*?") != NULL;
}

gboolean pattern_has_place(const char *pattern)
{
    size_t length;
    for (const char *at = strchr(pattern, '{'); at; at = strchr(at + 1, '{'))
        if (place_at(at, &length) >= 0)
            return TRUE;
    return FALSE;
}

static gboolean same_letter(char a, char b)
{
    return g_ascii_tolower(a) == g_ascii_tolower(b);
}

/* The usual two-pointer match: a mismatch lets the last star take one character more. */
gboolean pattern_fits(const char *pattern, const char *text)
{
    const char *star = NULL, *from = NULL;
    while (*text) {
        if (*pattern == '*') {
            star = ++pattern;
            from = text;
        } else if (*pattern == '?') {
            pattern++;
            text = g_utf8_next_char(text);
        } else if (same_letter(*pattern, *text)) {
            pattern++;
            text++;
        } else if (star) {
            pattern = star;
            text = from = g_utf8_next_char(from);
        } else
            return FALSE;
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == 0;
}

typedef struct {
    CaptureFunc accepts;
    gpointer data;
    Captures *out;
    int n_steps;
} Match;

static gboolean fits_from(Match *self, const char *pattern, const char *text);

/* A star takes as little as it can, a place as much as makes sense. */
static gboolean fits_star(Match *self, const char *rest, const char *text)
{
    for (;; text++) {
        if (fits_from(self, rest, text))
            return TRUE;
        if (!*text)
            return FALSE;
    }
}

static gboolean fits_place(Match *self, Field field, const char *rest, const char *text)
{
    for (const char *end = text + strlen(text); end > text; end--) {
        g_autofree char *taken = g_strstrip(g_strndup(text, (gsize)(end - text)));
        if (!*taken || !fits_from(self, rest, end) || !self->accepts(field, taken, self->data))
            continue;
        g_free(self->out->texts[field]);
        self->out->texts[field] = g_steal_pointer(&taken);
        return TRUE;
    }
    return FALSE;
}

static gboolean fits_from(Match *self, const char *pattern, const char *text)
{
    size_t length;
    for (;; pattern++) {
        if (++self->n_steps > MAX_STEPS)
            return FALSE;
        const int field = place_at(pattern, &length);
        if (field >= 0)
            return fits_place(self, (Field)field, pattern + length, text);
        if (*pattern == '*')
            return fits_star(self, pattern + 1, text);
        if (!*pattern || !*text)
            return *pattern == *text;
        if (*pattern == '?')
            text = g_utf8_next_char(text);
        else if (!same_letter(*pattern, *text++))
            return FALSE;
    }
}

gboolean pattern_capture(const char *pattern, const char *text, CaptureFunc accepts, gpointer data, Captures *out)
{
    *out = (Captures){{NULL}};
    Match self = {accepts, data, out, 0};
    if (fits_from(&self, pattern, text))
        return TRUE;
    captures_clear(out);
    return FALSE;
}

void captures_clear(Captures *self)
{
    for (int i = 0; i < N_FIELDS; i++)
        g_clear_pointer(&self->texts[i], g_free);
}

/* Superscripts 1 2 3, and 0 4 … 9. */
static size_t superscript_length(const char *text, size_t n)
{
    static const char *const SHORT[] = {"\xC2\xB9", "\xC2\xB2", "\xC2\xB3"};
    for (size_t i = 0; i < G_N_ELEMENTS(SHORT); i++)
        if (n >= 2 && memcmp(text + n - 2, SHORT[i], 2) == 0)
            return 2;
    const guchar last = n >= 3 ? (guchar)text[n - 1] : 0;
    return n >= 3 && memcmp(text + n - 3, "\xE2\x81", 2) == 0 && (last == 0xB0 || (last >= 0xB4 && last <= 0xB9)) ? 3 : 0;
}

/* "[note 2]", "[2]", "(3)" at the end. */
static size_t bracket_length(const char *text, size_t n)
{
    if (n < 3 || !strchr(")]", text[n - 1]))
        return 0;
    const char open = text[n - 1] == ']' ? '[' : '(';
    size_t i = n - 1;
    while (i > 0 && text[i - 1] != open)
        i--;
    const char *inner = text + i;
    if (i <= 1) /* nothing opens it, or nothing stands before it */
        return 0;
    if (g_ascii_strncasecmp(inner, "note", 4) == 0)
        inner += 4;
    const size_t n_inner = (size_t)(text + n - 1 - inner);
    return n_inner > 0 && strspn(inner, "0123456789, ") == n_inner ? n - i + 1 : 0;
}

static size_t digits_length(const char *text, size_t n)
{
    size_t i = n;
    while (i > 0 && (g_ascii_isdigit(text[i - 1]) || (text[i - 1] == ',' && i < n)))
        i--;
    const gboolean is_behind_word = i > 0 && i < n && (g_ascii_isalpha(text[i - 1]) || strchr(")]%", text[i - 1]));
    return is_behind_word ? n - i : 0;
}

size_t text_length_without_marks(const char *text)
{
    static size_t (*const MARKS[])(const char *, size_t) = {superscript_length, bracket_length, digits_length};
    size_t n = strlen(text);
    for (gboolean is_cut = TRUE; is_cut;) {
        is_cut = FALSE;
        while (n > 0 && text[n - 1] == ' ')
            n--;
        for (size_t i = 0; i < G_N_ELEMENTS(MARKS); i++) {
            const size_t mark = MARKS[i](text, n);
            n -= mark;
            is_cut |= mark > 0;
        }
    }
    return n;
}
