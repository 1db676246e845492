/* Formats that hide numbers. */
#include "engine/data/xlsx/xlsx_mask.h"

#include <string.h>

#define MAX_SECTIONS 3 /* that are for numbers; the fourth is for texts */
#define HIDDEN       "number hidden by its format"

typedef struct {
    GString *text;         /* what it shows of its own */
    gboolean shows_number; /* a digit, a part of a date, General, or @ */
    char comparison[3];    /* "<", ">=" …; "" for no condition */
    double bound;
} Section;

typedef struct {
    Section sections[MAX_SECTIONS];
    guint n;
} Code;

static void code_clear(Code *self)
{
    for (guint i = 0; i < self->n; i++)
        g_string_free(self->sections[i].text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Code, code_clear)

/* [<5], [Red], [$£-809], [h]: a condition is kept, elapsed time shows the number. Returns where it ends. */
static const char *read_bracket(Section *self, const char *at)
{
    const char *close = strchr(at, ']');
    const size_t n = strspn(at + 1, "<>=");
    if (n >= 1 && n <= 2) {
        memcpy(self->comparison, at + 1, n);
        self->comparison[n] = 0;
        self->bound = g_ascii_strtod(at + 1 + n, NULL);
    }
    const size_t n_elapsed = strspn(at + 1, "hHmMsS");
    self->shows_number |= n_elapsed > 0 && at[1 + n_elapsed] == ']';
    return close ? close + 1 : at + strlen(at);
}

static const char *read_quoted(Section *self, const char *at)
{
    const char *close = strchr(at + 1, '"');
    const char *end = close ? close : at + strlen(at);
    g_string_append_len(self->text, at + 1, end - at - 1);
    return close ? close + 1 : end;
}

/* One thing of a section; returns where it ends. */
static const char *read_one(Section *self, const char *at)
{
    static const char GENERAL[] = "General";
    const char *after = at[1] ? g_utf8_next_char(at + 1) : at + 1;
    switch (*at) {
    case '"':
        return read_quoted(self, at);
    case '[':
        return read_bracket(self, at);
    case '\\': /* the letter behind it, as it is */
        g_string_append_len(self->text, at + 1, after - at - 1);
        return after;
    case '_': /* a blank as wide as the letter behind it */
        g_string_append_c(self->text, ' ');
        return after;
    case '*': /* the letter behind it fills the cell */
        return after;
    }
    if (g_ascii_strncasecmp(at, GENERAL, strlen(GENERAL)) == 0) {
        self->shows_number = TRUE;
        return at + strlen(GENERAL);
    }
    self->shows_number |= strchr("0#?@%ymdhseYMDHSE", *at) != NULL;
    g_string_append_c(self->text, *at);
    return at + 1;
}

static void code_read(const char *at, Code *self)
{
    *self = (Code){.n = 0};
    while (self->n < MAX_SECTIONS) {
        Section *section = &self->sections[self->n++];
        section->text = g_string_new(NULL);
        while (*at && *at != ';')
            at = read_one(section, at);
        if (!*at++)
            return;
    }
}

static gboolean holds(const Section *self, double value)
{
    static const struct {
        const char *comparison;
        gboolean less, equal, more;
    } COMPARISONS[] = {{"<", TRUE, FALSE, FALSE}, {"<=", TRUE, TRUE, FALSE}, {"=", FALSE, TRUE, FALSE},
                       {">", FALSE, FALSE, TRUE}, {">=", FALSE, TRUE, TRUE}, {"<>", TRUE, FALSE, TRUE}};
    for (size_t i = 0; i < G_N_ELEMENTS(COMPARISONS); i++)
        if (strcmp(COMPARISONS[i].comparison, self->comparison) == 0)
            return value < self->bound ? COMPARISONS[i].less : value > self->bound ? COMPARISONS[i].more : COMPARISONS[i].equal;
    return FALSE;
}

/* Without conditions the sections are for numbers above, below and at nought, and the first also for those that have none of
 * their own. With them: the first that holds, else the last. NULL where none is for the number. */
static const Section *section_of(const Code *self, double value)
{
    const Section *first = &self->sections[0], *second = &self->sections[1];
    if (self->n == 1)
        return !*first->comparison || holds(first, value) ? first : NULL;
    if (*first->comparison ? holds(first, value) : value > 0 || (self->n == 2 && value == 0 && !*second->comparison))
        return first;
    if (self->n == 2)
        return !*second->comparison || holds(second, value) ? second : first;
    if (*second->comparison ? holds(second, value) : value < 0)
        return second;
    return &self->sections[2];
}

gboolean xlsx_code_may_mask(const char *code)
{
    g_auto(Code) self;
    code_read(code, &self);
    for (guint i = 0; *code && i < self.n; i++) /* no code at all is General */
        if (!self.sections[i].shows_number)
            return TRUE;
    return FALSE;
}

/* Blanks and dashes. */
static gboolean is_dash(const char *text)
{
    for (; *text; text = g_utf8_next_char(text)) {
        const gunichar c = g_utf8_get_char(text);
        if (!g_unichar_isspace(c) && c != '-' && c != 0x2013 && c != 0x2014)
            return FALSE;
    }
    return TRUE;
}

gboolean xlsx_append_mask(GString *out, const char *code, double value)
{
    g_auto(Code) self;
    code_read(code, &self);
    const Section *section = section_of(&self, value);
    if (!section || section->shows_number)
        return FALSE;
    g_strstrip(section->text->str);
    if (value == 0 && is_dash(section->text->str))
        return FALSE;
    g_string_append(out, *section->text->str ? section->text->str : HIDDEN);
    return TRUE;
}
