/* Findings about a plan and its data. */
#include <waymark/problems.h>

#include <string.h>

#include "engine/data/month/problems_private.h"

static const char *const SEVERITY_NAMES[WM_N_SEVERITIES] = {"info", "warning", "error"};

typedef struct {
    const char *file, *place, *words;
} Renamed;

struct WmProblems {
    GArray *items;   /* of WmProblem */
    GArray *renamed; /* of Renamed */
    GStringChunk *texts;
};

WmProblems *wm_problems_new(void)
{
    WmProblems *self = g_new0(WmProblems, 1);
    self->items = g_array_new(FALSE, FALSE, sizeof(WmProblem));
    self->renamed = g_array_new(FALSE, FALSE, sizeof(Renamed));
    self->texts = g_string_chunk_new(4096);
    return self;
}

void wm_problems_free(WmProblems *self)
{
    if (!self)
        return;
    g_array_unref(self->items);
    g_array_unref(self->renamed);
    g_string_chunk_free(self->texts);
    g_free(self);
}

void problems_rename_place(WmProblems *self, const char *file, const char *place, const char *words)
{
    const Renamed one = {g_string_chunk_insert_const(self->texts, file), g_string_chunk_insert_const(self->texts, place),
                         g_string_chunk_insert_const(self->texts, words)};
    g_array_append_val(self->renamed, one);
}

static const char *place_of(const WmProblems *self, const char *file)
{
    for (guint i = 0; i < self->renamed->len; i++)
        if (strcmp(g_array_index(self->renamed, Renamed, i).file, file) == 0)
            return g_array_index(self->renamed, Renamed, i).place;
    return file;
}

/* A sentence with the names of renamed files replaced, where they stand as words. New. */
static char *in_words(const WmProblems *self, const char *sentence)
{
    GString *text = g_string_new(sentence);
    for (guint i = 0; i < self->renamed->len; i++) {
        const Renamed *one = &g_array_index(self->renamed, Renamed, i);
        g_autofree char *file = g_strconcat(" ", one->file, NULL), *words = g_strconcat(" ", one->words, NULL);
        g_string_replace(text, file, words, 0);
    }
    return g_string_free(text, FALSE);
}

void wm_problems_add(WmProblems *self, const WmProblem *problem)
{
    WmProblem copy = *problem;
    const char **texts[] = {&copy.file, &copy.code, &copy.message, &copy.advice, &copy.indicator};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = *texts[i] ? *texts[i] : "";
    g_autofree char *message = in_words(self, copy.message), *advice = in_words(self, copy.advice);
    copy.file = place_of(self, copy.file);
    copy.message = message;
    copy.advice = advice;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = g_string_chunk_insert_const(self->texts, *texts[i]);
    g_array_append_val(self->items, copy);
}

typedef struct {
    WmProblem problem;
    guint order;
} Ordered;

static int by_place(gconstpointer a, gconstpointer b)
{
    const Ordered *x = a, *y = b;
    const int by_file = strcmp(x->problem.file, y->problem.file);
    if (by_file)
        return by_file;
    if (x->problem.line != y->problem.line)
        return x->problem.line < y->problem.line ? -1 : 1;
    if (x->problem.column != y->problem.column)
        return x->problem.column < y->problem.column ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

void wm_problems_sort(WmProblems *self)
{
    g_autoptr(GArray) ordered = g_array_new(FALSE, FALSE, sizeof(Ordered));
    for (guint i = 0; i < self->items->len; i++) {
        const Ordered one = {g_array_index(self->items, WmProblem, i), i};
        g_array_append_val(ordered, one);
    }
    g_array_sort(ordered, by_place);
    for (guint i = 0; i < self->items->len; i++)
        g_array_index(self->items, WmProblem, i) = g_array_index(ordered, Ordered, i).problem;
}

size_t wm_problems_n(const WmProblems *self)
{
    return self->items->len;
}

const WmProblem *wm_problems_at(const WmProblems *self, size_t i)
{
    return &g_array_index(self->items, WmProblem, i);
}

size_t wm_problems_count(const WmProblems *self, WmSeverity at_least)
{
    size_t n = 0;
    for (size_t i = 0; i < wm_problems_n(self); i++)
        n += wm_problems_at(self, i)->severity >= at_least;
    return n;
}

const char *wm_severity_name(WmSeverity severity)
{
    return SEVERITY_NAMES[severity];
}

/* What people wrote may hold line ends, which would break the line, or bytes that command a terminal. */
static void blank_control_characters(char *text)
{
    for (char *c = text; *c; c++)
        if (g_ascii_iscntrl(*c))
            *c = ' ';
}

char *wm_problem_format(const WmProblem *problem)
{
    GString *text = g_string_new(problem->file);
    if (problem->line)
        g_string_append_printf(text, ":%d", problem->line);
    if (problem->line && problem->column)
        g_string_append_printf(text, ":%d", problem->column);
    g_string_append_printf(text, ": %s: %s", wm_severity_name(problem->severity), problem->message);
    if (*problem->advice)
        g_string_append_printf(text, "; %s", problem->advice);
    blank_control_characters(text->str);
    return g_string_free(text, FALSE);
}
