/* Sections and lines. */
#include "engine/data/text/ini_text.h"

#include <string.h>

typedef struct {
    const char *path;
    IniFunc func;
    gpointer data;
    GError **error;
    char *section;
    int line;
} Reader;

static gboolean fail(const Reader *self, const char *advice, const char *what, const char *text)
{
    wm_error_set(self->error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->path, .line = self->line, .advice = advice},
                 "%s “%.80s”", what, text);
    return FALSE;
}

const char *ini_find_outside_quotes(const char *text, const char *mark)
{
    const size_t n = strlen(mark);
    gboolean is_quoted = FALSE;
    for (; *text; text++) {
        if (*text == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && strncmp(text, mark, n) == 0)
            return text;
    }
    return NULL;
}

char *ini_unquote(const char *text, gboolean *is_quoted)
{
    const size_t n = strlen(text);
    const gboolean has_quotes = n >= 2 && text[0] == '"' && text[n - 1] == '"';
    if (is_quoted)
        *is_quoted = has_quotes;
    if (!has_quotes)
        return g_strdup(text);
    GString *out = g_string_new(NULL);
    for (size_t i = 1; i + 1 < n; i++) {
        g_string_append_c(out, text[i]);
        if (text[i] == '"' && text[i + 1] == '"' && i + 2 < n)
            i++;
    }
    return g_string_free(out, FALSE);
}

/* `text` is the line's own copy, trimmed. */
static gboolean read_entry(Reader *self, char *text)
{
    char *equals = (char *)ini_find_outside_quotes(text, "=");
    if (!equals)
        return fail(self, "write key = value", "a line has no “=”:", text);
    if (!self->section)
        return fail(self, "a recipe has sections and key = value lines: begin with [file] or [columns]",
                    "a line stands before the first section:", text);
    IniEntry entry = {.section = self->section, .line = self->line};
    entry.is_negated = equals > text && equals[-1] == '!';
    entry.value = g_strstrip(equals + 1);
    equals[entry.is_negated ? -1 : 0] = 0;
    g_autofree char *key = ini_unquote(g_strchomp(text), &entry.is_quoted_key);
    if (!*key && !entry.is_quoted_key)
        return fail(self, "write key = value; an empty text is \"\"", "a line has no key:", entry.value);
    entry.key = key;
    return self->func(&entry, self->data, self->error);
}

/* What follows a section on its line: entries with two or more spaces, or a tab, between them; or a comment. */
static gboolean read_rest(Reader *self, char *text)
{
    g_strdelimit(text, "\t", ' ');
    for (char *at = g_strchug(text); *at && *at != '#' && *at != ';';) {
        char *gap = (char *)ini_find_outside_quotes(at, "  ");
        if (gap)
            *gap = 0;
        if (!read_entry(self, at))
            return FALSE;
        if (!gap)
            break;
        at = g_strchug(gap + 1);
    }
    return TRUE;
}

static gboolean read_section(Reader *self, char *text)
{
    char *end = strchr(text, ']');
    if (!end)
        return fail(self, "write [file]", "a section is not closed:", text);
    *end = 0;
    g_free(self->section);
    self->section = g_strdup(g_strstrip(text + 1));
    const IniEntry entry = {.section = self->section, .value = "", .line = self->line};
    return self->func(&entry, self->data, self->error) && read_rest(self, end + 1);
}

/* A marker may begin with a bracket ([c] = suppressed): a section's name is followed by no “=” of its own. */
static gboolean is_section(const char *text)
{
    const char *end = *text == '[' ? strchr(text, ']') : NULL;
    for (end = end ? end + 1 : NULL; end && g_ascii_isspace(*end);)
        end++;
    return *text == '[' && !(end && *end == '=');
}

gboolean ini_text_read(const char *text, const char *path, IniFunc func, gpointer data, GError **error)
{
    Reader self = {.path = path, .func = func, .data = data, .error = error};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gboolean is_read = TRUE;
    for (char **line = lines; *line && is_read; line++) {
        self.line++;
        char *trimmed = g_strstrip(*line);
        if (!*trimmed || *trimmed == '#' || *trimmed == ';')
            continue;
        is_read = is_section(trimmed) ? read_section(&self, trimmed) : read_entry(&self, trimmed);
    }
    g_free(self.section);
    return is_read;
}
