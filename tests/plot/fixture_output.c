#include "plot/fixture_output.h"

#include <glib/gstdio.h>
#include <string.h>

char *fixture_html(const WmDocument *document)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) html = wm_document_to_html(document, &error);
    g_assert_no_error(error);
    gsize size;
    const char *data = g_bytes_get_data(html, &size);
    return g_strndup(data, size);
}

bool fixture_has_pdf_tools(void)
{
    g_autofree char *path = g_find_program_in_path("pdftotext");
    return path != NULL;
}

static char *run(const char *const *command)
{
    char *output = NULL;
    g_autoptr(GError) error = NULL;
    g_spawn_sync(NULL, (char **)(guintptr)command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output,
                 NULL, NULL, &error);
    g_assert_no_error(error);
    return output;
}

static char *write_pdf(const WmDocument *document)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) pdf = wm_document_to_pdf(document, &error);
    g_assert_no_error(error);
    char *path = NULL;
    const int file = g_file_open_tmp("waymark-XXXXXX.pdf", &path, &error);
    g_assert_no_error(error);
    g_close(file, NULL);
    gsize size;
    const char *data = g_bytes_get_data(pdf, &size);
    g_file_set_contents(path, data, (gssize)size, &error);
    g_assert_no_error(error);
    return path;
}

char *fixture_pdf_text(const WmDocument *document)
{
    g_autofree char *path = write_pdf(document);
    char *text = run((const char *const[]){"pdftotext", "-raw", path, "-", NULL});
    g_unlink(path);
    return text;
}

char *fixture_pdf_tool(const WmDocument *document, const char *tool)
{
    g_autofree char *path = write_pdf(document);
    char *text = run((const char *const[]){tool, path, NULL});
    g_unlink(path);
    return text;
}

/* Past a tag; of the elements that hold no words, past their end. */
static const char *skip_tag(const char *p)
{
    static const char *const WORDLESS[][2] = {{"<style", "</style>"}, {"<svg", "</svg>"}};
    for (size_t i = 0; i < G_N_ELEMENTS(WORDLESS); i++)
        if (g_str_has_prefix(p, WORDLESS[i][0]))
            p = strstr(p, WORDLESS[i][1]);
    return strchr(p, '>') + 1;
}

char *fixture_words(const char *text)
{
    GString *words = g_string_new(NULL);
    const bool is_html = g_str_has_prefix(text, "<!DOCTYPE");
    while (*text) {
        const size_t space = g_ascii_isspace(*text) ? 1 : g_str_has_prefix(text, "\xC2\xA0") ? 2 : 0;
        if (space && words->len > 0 && words->str[words->len - 1] != ' ')
            g_string_append_c(words, ' ');
        else if (!space && !(is_html && *text == '<'))
            g_string_append_c(words, *text);
        text = is_html && *text == '<' ? skip_tag(text) : text + (space ? space : 1);
    }
    return g_string_free(words, FALSE);
}

size_t fixture_count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *p = strstr(text, part); p; p = strstr(p + strlen(part), part))
        n++;
    return n;
}

GPtrArray *fixture_attributes(const char *html, const char *name)
{
    GPtrArray *values = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *opening = g_strdup_printf(" %s=\"", name);
    for (const char *p = strstr(html, opening); p; p = strstr(p, opening)) {
        p += strlen(opening);
        g_ptr_array_add(values, g_strndup(p, strcspn(p, "\"")));
    }
    return values;
}

static bool is_void(const char *name)
{
    return g_str_has_prefix(name, "!DOCTYPE") || strcmp(name, "br") == 0 || strcmp(name, "meta") == 0;
}

/* One tag at `p`, after its "<": whether it keeps the balance. */
static bool take_tag(const char *p, GPtrArray *open)
{
    const bool is_end = *p == '/';
    p += is_end;
    g_autofree char *name = g_strndup(p, strcspn(p, " >/\n"));
    const char *close = strchr(p, '>');
    if (is_void(name) || (close && close[-1] == '/'))
        return true;
    if (!is_end) {
        g_ptr_array_add(open, g_steal_pointer(&name));
        return true;
    }
    const bool is_match = open->len > 0 && strcmp(g_ptr_array_index(open, open->len - 1), name) == 0;
    if (is_match)
        g_ptr_array_set_size(open, (int)open->len - 1);
    return is_match;
}

bool fixture_is_balanced(const char *html, const char **where)
{
    g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func(g_free);
    for (const char *p = strchr(html, '<'); p; p = strchr(p + 1, '<')) {
        *where = p;
        if (!take_tag(p + 1, open))
            return false;
    }
    return open->len == 0;
}
