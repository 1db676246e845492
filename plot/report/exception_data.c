/* The data behind the report: drops received, and findings about them. */
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

#include <string.h>

static const WmColumn DROP_COLUMNS[] = {
    {"Received", WM_ALIGN_START, true}, {"File", WM_ALIGN_START, false},  {"Rows", WM_ALIGN_END, false},
    {"Loaded", WM_ALIGN_END, false},    {"Revised", WM_ALIGN_END, false}, {"Unchanged", WM_ALIGN_END, false},
    {"Set aside", WM_ALIGN_END, false},
};

static WmProse *say_number(WmDocument *document, gint64 n)
{
    static const WmMeasure WHOLE = {.kind = WM_KIND_COUNT};
    char text[WM_VALUE_TEXT];
    return wm_document_prose(document, wm_value_format((double)n, &WHOLE, "", text));
}

static WmProse *say_file(WmDocument *document, const WmDropInfo *drop, WmDay as_at)
{
    if (!wm_drop_is_withdrawn(drop, as_at))
        return wm_document_prose(document, drop->file);
    return wm_document_prosef(document, drop->replaced_by ? "%s, read again %s" : "%s, withdrawn %s", drop->file,
                              wm_say_day(document, drop->withdrawn));
}

static void add_drop(WmDocument *document, WmTable *table, const WmDropInfo *drop, WmDay as_at)
{
    WmProse *cells[] = {
        wm_document_prose(document, wm_say_day(document, drop->since)),
        say_file(document, drop, as_at),
        say_number(document, drop->n_rows),
        say_number(document, drop->n_loaded),
        say_number(document, drop->n_revised),
        say_number(document, drop->n_unchanged),
        say_number(document, drop->n_quarantined),
    };
    G_STATIC_ASSERT(G_N_ELEMENTS(cells) == G_N_ELEMENTS(DROP_COLUMNS));
    wm_table_row(document, table, cells);
}

/* Received or withdrawn since the last report. */
static bool is_news(const WmMonth *month, const WmDropInfo *drop)
{
    return month->previous_as_at == WM_NO_DAY || drop->since > month->previous_as_at ||
           (wm_drop_is_withdrawn(drop, month->as_at) && !wm_drop_is_withdrawn(drop, month->previous_as_at));
}

static void add_drops(WmDocument *document, const WmMonth *month)
{
    const bool has_previous = month->previous_as_at != WM_NO_DAY;
    WmTable *table = wm_document_table(document, has_previous ? "Files received since the last report" : "Files received",
                                       DROP_COLUMNS, G_N_ELEMENTS(DROP_COLUMNS));
    size_t n_before = 0;
    for (size_t i = 0; i < month->n_drops; i++) {
        const WmDropInfo *drop = &month->drops[i];
        if (is_news(month, drop))
            add_drop(document, table, drop, month->as_at);
        else
            n_before += !wm_drop_is_withdrawn(drop, month->as_at);
    }
    if (table->rows->len == 0) {
        wm_document_paragraph(document, wm_document_prose(document, "No file has been received since the last report."));
    } else {
        wm_document_add_table(document, table);
    }
    if (n_before)
        wm_document_paragraph(document, wm_document_prosef(document, "%s came before that, and still count%s.",
                                                           wm_say_count(document, n_before, "file"), n_before == 1 ? "s" : ""));
}

#define MAX_ALIKE 4 /* findings of one kind that are shown: the rest say the same of other rows */

/* How many of each a board's paper shows. All of them are in checks.csv, and the notes, which ask nothing of anyone, only there. */
static const struct {
    WmSeverity severity;
    const char *caption;
    size_t max_shown;
} SEVERITIES[] = {
    {WM_SEVERITY_ERROR, "Errors: what cannot be right", 30},
    {WM_SEVERITY_WARNING, "Warnings: used, but worth a look", 20},
};

static const WmColumn FINDING_COLUMNS[] = {
    {"Where", WM_ALIGN_START, true}, {"What was found", WM_ALIGN_START, false}, {"What to do", WM_ALIGN_START, false}};

static const char *say_place(WmDocument *document, const WmProblem *problem)
{
    if (problem->line == 0)
        return wm_document_text(document, problem->file);
    if (problem->column == 0)
        return wm_document_textf(document, "%s:%d", problem->file, problem->line);
    return wm_document_textf(document, "%s:%d:%d", problem->file, problem->line, problem->column);
}

static bool is_word(char letter)
{
    return g_ascii_isalnum(letter) || letter == '_';
}

/* `id` stands by itself at `at` in `text`: WSOA-5.3 does not in WSOA-5.3a or WSOA-5.3.1, and does in "of WSOA-5.3." */
static bool is_alone(const char *text, const char *at, size_t length)
{
    const char *after = at + length;
    const bool goes_on = is_word(*after) || ((*after == '.' || *after == '-') && is_word(after[1]));
    return !goes_on && (at == text || !(is_word(at[-1]) || at[-1] == '-' || at[-1] == '.'));
}

const char *wm_say_of_measure(WmDocument *document, const WmMonth *month, const char *indicator, const char *text)
{
    const WmSeries *series = NULL;
    for (size_t i = 0; i < month->n_series && !series && *indicator; i++)
        if (strcmp(month->series[i].indicator, indicator) == 0)
            series = &month->series[i];
    if (!series || !*series->title)
        return wm_document_text(document, text);
    g_autoptr(GString) said = g_string_new(NULL);
    const size_t length = strlen(indicator);
    const char *from = text;
    for (const char *at = strstr(text, indicator); at; at = strstr(at + length, indicator)) {
        if (!is_alone(text, at, length))
            continue;
        g_string_append_len(said, from, at - from);
        g_string_append_printf(said, "\xE2\x80\x9C%s\xE2\x80\x9D", series->title);
        from = at + length;
    }
    g_string_append(said, from);
    return wm_document_text(document, said->str);
}

/* How many findings of a code have been met, this one included. */
static size_t count_code(GHashTable *met, const char *code)
{
    const size_t n = GPOINTER_TO_SIZE(g_hash_table_lookup(met, code)) + 1;
    g_hash_table_insert(met, (gpointer)(guintptr)code, GSIZE_TO_POINTER(n));
    return n;
}

/* "Not shown, and all in checks.csv: 12 more of target_unresolved". */
static void add_unshown(WmDocument *document, const WmProblems *problems, GHashTable *unshown)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        const char *code = wm_problems_at(problems, i)->code;
        const size_t n = GPOINTER_TO_SIZE(g_hash_table_lookup(unshown, code));
        const WmCheck *check = n ? wm_check_find(code) : NULL;
        g_autofree char *sentence = g_strdup(check ? check->sentence : code);
        if (g_str_has_suffix(sentence, "."))
            sentence[strlen(sentence) - 1] = 0;
        if (n)
            g_string_append_printf(text, "%s%zu more like “%s”", text->len ? "; " : "", n, sentence);
        g_hash_table_remove(unshown, code);
    }
    if (text->len)
        wm_document_paragraph(document, wm_document_prosef(document, "Not shown here, but in checks.csv: %s.", text->str));
}

static void add_findings(WmDocument *document, const WmMonth *month, size_t i_severity)
{
    const WmProblems *problems = month->problems;
    g_autoptr(GHashTable) met = g_hash_table_new(g_str_hash, g_str_equal), unshown = g_hash_table_new(g_str_hash, g_str_equal);
    WmTable *table = wm_document_table(document, SEVERITIES[i_severity].caption, FINDING_COLUMNS, G_N_ELEMENTS(FINDING_COLUMNS));
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        const WmProblem *problem = wm_problems_at(problems, i);
        if (problem->severity != SEVERITIES[i_severity].severity)
            continue;
        if (count_code(met, problem->code) > MAX_ALIKE || table->rows->len >= SEVERITIES[i_severity].max_shown)
            count_code(unshown, problem->code);
        else
            wm_table_row(
                document, table,
                (WmProse *[]){wm_document_prose(document, say_place(document, problem)),
                              wm_document_prose(document, wm_say_of_measure(document, month, problem->indicator, problem->message)),
                              wm_document_prose(document, problem->advice)});
    }
    if (table->rows->len)
        wm_document_add_table(document, table);
    add_unshown(document, problems, unshown);
}

void wm_exception_add_data(WmDocument *document, const WmMonth *month)
{
    const size_t n = month->problems ? wm_problems_n(month->problems) : 0;
    wm_document_heading(document, 2, "data", "The data behind this report");
    add_drops(document, month);
    if (month->is_public) {
        wm_document_paragraph(document, wm_document_prose(document, "What was found about the data is in the internal pack."));
        return;
    }
    if (n == 0) {
        wm_document_paragraph(document, wm_document_prose(document, "Nothing was found wrong with the plan or its data."));
        return;
    }
    const size_t n_errors = wm_problems_count(month->problems, WM_SEVERITY_ERROR);
    const size_t n_warnings = wm_problems_count(month->problems, WM_SEVERITY_WARNING) - n_errors;
    wm_document_paragraph(
        document,
        wm_document_prosef(document, "The checks of the plan and its data found %s, %s, and %s for the analyst (in checks.csv).",
                           wm_say_count(document, n_errors, "error"), wm_say_count(document, n_warnings, "warning"),
                           wm_say_count(document, n - n_errors - n_warnings, "note")));
    for (size_t i = 0; i < G_N_ELEMENTS(SEVERITIES); i++)
        add_findings(document, month, i);
}
