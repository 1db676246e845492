/* What changed between a month and its previous as-at. */
#include "engine/data/issue/diff_private.h"

#include <math.h>
#include <string.h>

#include "engine/data/issue/issued_private.h"
#include "engine/data/text/number_text.h"

static const char *const KIND_NAMES[WM_N_DIFF_KINDS] = {
    [WM_DIFF_METHOD] = "method",   [WM_DIFF_PLAN] = "plan",         [WM_DIFF_STATUS] = "status",
    [WM_DIFF_OUTLOOK] = "outlook", [WM_DIFF_REVISION] = "revision", [WM_DIFF_READING] = "reading",
};

static const struct {
    const char *name, *words;
} CAUSES[WM_N_CAUSES] = {
    [WM_CAUSE_METHOD] = {"method", "the method is another one"},
    [WM_CAUSE_LATE_DROPS] = {"late_drops", "files of that time were taken in, or withdrawn, only afterwards"},
    [WM_CAUSE_PLAN] = {"plan", "the plan was edited"},
    [WM_CAUSE_REVISION] = {"revision", "earlier figures were revised"},
    [WM_CAUSE_READING] = {"reading", "new readings came"},
    [WM_CAUSE_PERSON] = {"person", "a person set a status, or that ran out"},
    [WM_CAUSE_TIME] = {"time", "a date passed"},
};

const char *wm_diff_kind_name(WmDiffKind kind)
{
    return KIND_NAMES[kind];
}

char *wm_diff_causes_text(unsigned causes)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < WM_N_CAUSES; i++)
        if (causes >> i & 1)
            g_string_append_printf(text, "%s%s", text->len ? "; " : "", CAUSES[i].words);
    return g_string_free(text, FALSE);
}

char *wm_diff_causes_names(unsigned causes)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < WM_N_CAUSES; i++)
        if (causes >> i & 1)
            g_string_append_printf(text, "%s%s", text->len ? " " : "", CAUSES[i].name);
    return g_string_free(text, FALSE);
}

WmDiffRow *diff_add(WmDiff *self, WmDiffKind kind, size_t i_series, const char *item, const char *was, const char *now,
                    unsigned causes, const char *sentence)
{
    GStringChunk *texts = self->storage->texts;
    const WmDiffRow row = {.kind = kind,
                           .i_series = i_series,
                           .item = g_string_chunk_insert_const(texts, item),
                           .was = g_string_chunk_insert_const(texts, was),
                           .now = g_string_chunk_insert_const(texts, now),
                           .causes = causes,
                           .sentence = g_string_chunk_insert_const(texts, sentence)};
    g_array_append_val(self->storage->rows, row);
    self->n_kind[kind]++;
    return &g_array_index(self->storage->rows, WmDiffRow, self->storage->rows->len - 1);
}

void diff_add_edit(WmDiff *self, const WmDiffEdit *edit, const char *item, const char *was, const char *now, const char *sentence)
{
    GStringChunk *texts = self->storage->texts;
    WmDiffEdit *copy = &diff_add(self, WM_DIFF_PLAN, SIZE_MAX, item, was, now, 0, sentence)->edit;
    copy->file = g_string_chunk_insert_const(texts, edit->file);
    copy->column = g_string_chunk_insert_const(texts, edit->column);
    for (size_t i = 0; i < WM_DIFF_MAX_KEYS; i++)
        copy->keys[i] = g_string_chunk_insert_const(texts, edit->keys[i] ? edit->keys[i] : "");
}

/* ---- what was told then ---- */

/* Cells by what tells their rows apart, joined. */
typedef struct {
    GHashTable *status, *outlook, *value; /* char * -> char * */
} Told;

static void told_clear(Told *self)
{
    g_hash_table_unref(self->status);
    g_hash_table_unref(self->outlook);
    g_hash_table_unref(self->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Told, told_clear)

static char *key_of(const char *indicator, const char *unit, const char *cohort, const char *period)
{
    return g_strjoin("\x1F", indicator, unit, cohort, period, NULL);
}

static void note(GHashTable *table, char *key, const char *text)
{
    g_hash_table_insert(table, key, g_strdup(text));
}

static void take_told(const IssuedRow *row, gpointer data)
{
    Told *told = data;
    const char *indicator = issued_cell(row, "indicator"), *unit = issued_cell(row, "unit"), *cohort = issued_cell(row, "cohort"),
               *status = issued_cell(row, "status");
    if (*status) {
        note(told->status, key_of(indicator, unit, cohort, ""), status);
        note(told->outlook, key_of(indicator, unit, cohort, ""), issued_cell(row, "outlook"));
    } else {
        note(told->value, key_of(indicator, unit, cohort, issued_cell(row, "period")), issued_cell(row, "value"));
    }
}

/* As recomputed today. */
static void recompute_told(Told *told, const WmMonth *then)
{
    for (size_t i = 0; i < then->n_series; i++) {
        const WmSeries *series = &then->series[i];
        note(told->status, key_of(series->indicator, series->unit, series->cohort, ""),
             wm_rag_name(series->assessment.verdict.status));
        note(told->outlook, key_of(series->indicator, series->unit, series->cohort, ""),
             wm_outlook_name(series->assessment.outlook));
        for (size_t k = 0; k < series->n_readings; k++) {
            char period[WM_PERIOD_TEXT];
            note(told->value,
                 key_of(series->indicator, series->unit, series->cohort, wm_period_format_iso(series->readings[k].period, period)),
                 NUMBER_TEXT(series->readings[k].value));
        }
    }
}

/* ---- a series ---- */

static const WmSeries *same_series(const WmMonth *month, const WmSeries *series)
{
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *one = &month->series[i];
        if (strcmp(one->indicator, series->indicator) == 0 && strcmp(one->unit, series->unit) == 0 &&
            strcmp(one->cohort, series->cohort) == 0)
            return one;
    }
    return NULL;
}

typedef struct {
    WmDiff *diff;
    const Told *told;
    const WmMonth *then;   /* recomputed, with the plan as it was where that is known */
    const WmMonth *edited; /* the same with the plan of now */
    size_t i_series;
    const WmSeries *series;
    size_t n_new, n_revised;
} Work;

static void compare_readings(Work *self)
{
    const WmSeries *series = self->series;
    g_autofree char *name = wm_series_name(series);
    for (size_t k = 0; k < series->n_readings; k++) {
        const WmReading *reading = &series->readings[k];
        char period[WM_PERIOD_TEXT], was[WM_VALUE_TEXT], now[WM_VALUE_TEXT], words[WM_PERIOD_TEXT];
        g_autofree char *key =
            key_of(series->indicator, series->unit, series->cohort, wm_period_format_iso(reading->period, period));
        const char *told = g_hash_table_lookup(self->told->value, key);
        const double before = told && *told ? g_ascii_strtod(told, NULL) : NAN;
        const int decimals = series->measure.decimals;
        const bool is_same =
            isnan(before) ? isnan(reading->value) : wm_round(before, decimals) == wm_round(reading->value, decimals);
        if (told && is_same)
            continue;
        wm_value_format_pair(before, reading->value, &series->measure, series->measure_unit, was, now);
        wm_period_format(reading->period, words);
        g_autofree char *sentence = told ? g_strdup_printf("%s: %s is %s, was %s.", name, words, now, was)
                                         : g_strdup_printf("%s: %s in %s is new.", name, now, words);
        diff_add(self->diff, told ? WM_DIFF_REVISION : WM_DIFF_READING, self->i_series, period, told ? was : "", now, 0, sentence)
            ->is_material =
            told && wm_materiality(&self->diff->month->plan->settings, &series->measure, before, reading->value) >= 1;
        self->n_revised += told != NULL;
        self->n_new += told == NULL;
    }
}

static unsigned bit(WmCause cause)
{
    return 1u << cause;
}

static bool is_other_method(const WmDiff *diff)
{
    return diff->issued && diff->issued->method_version != WM_METHOD_VERSION;
}

/* What came since the figures of then were put right. */
static unsigned cause_of_since(const Work *self, WmVerdict before, WmVerdict now)
{
    const bool was_set = before.mark == WM_OVERRIDDEN, is_set = now.mark == WM_OVERRIDDEN;
    if (was_set != is_set || (is_set && wm_verdict_computed(before) == wm_verdict_computed(now)))
        return bit(WM_CAUSE_PERSON);
    return bit(self->n_new ? WM_CAUSE_READING : WM_CAUSE_TIME);
}

static void compare_status(Work *self)
{
    const WmSeries *series = self->series, *then = same_series(self->then, series);
    g_autofree char *key = key_of(series->indicator, series->unit, series->cohort, "");
    const char *told = g_hash_table_lookup(self->told->status, key);
    const WmVerdict now = series->assessment.verdict;
    unsigned causes = 0;
    char words[WM_VERDICT_TEXT];
    if (!told || strcmp(told, wm_rag_name(now.status)) == 0)
        return;
    const WmRag recomputed = then ? then->assessment.verdict.status : series->previous.verdict.status;
    if (strcmp(told, wm_rag_name(recomputed)) != 0)
        causes |= bit(is_other_method(self->diff) ? WM_CAUSE_METHOD : WM_CAUSE_LATE_DROPS);
    if (recomputed != series->previous.verdict.status)
        causes |= bit(WM_CAUSE_PLAN);
    if (series->previous.verdict.status != series->hindsight.status)
        causes |= bit(WM_CAUSE_REVISION);
    if (series->hindsight.status != now.status)
        causes |= cause_of_since(self, series->hindsight, now);
    g_autofree char *why = wm_diff_causes_text(causes), *name = wm_series_name(series);
    g_autofree char *sentence = g_strdup_printf("%s: %s, was %s: %s.", name, wm_verdict_format(now, words), told, why);
    diff_add(self->diff, WM_DIFF_STATUS, self->i_series, "", told, wm_rag_name(now.status), causes, sentence);
}

static void compare_outlook(Work *self)
{
    const WmSeries *series = self->series, *then = same_series(self->then, series), *edited = same_series(self->edited, series);
    g_autofree char *key = key_of(series->indicator, series->unit, series->cohort, "");
    const char *told = g_hash_table_lookup(self->told->outlook, key), *now = wm_outlook_name(series->assessment.outlook);
    unsigned causes = 0;
    if (!told || !then || !edited || strcmp(told, now) == 0)
        return;
    if (strcmp(told, wm_outlook_name(then->assessment.outlook)) != 0)
        causes |= bit(is_other_method(self->diff) ? WM_CAUSE_METHOD : WM_CAUSE_LATE_DROPS);
    if (then->assessment.outlook != edited->assessment.outlook)
        causes |= bit(WM_CAUSE_PLAN);
    if (edited->assessment.outlook != series->assessment.outlook)
        causes |= (self->n_revised ? bit(WM_CAUSE_REVISION) : 0) | (self->n_new ? bit(WM_CAUSE_READING) : 0);
    if (causes == 0)
        causes = bit(WM_CAUSE_TIME);
    g_autofree char *why = wm_diff_causes_text(causes), *name = wm_series_name(series);
    g_autofree char *sentence = g_strdup_printf("%s: the outlook is %s, was %s: %s.", name, now, told, why);
    diff_add(self->diff, WM_DIFF_OUTLOOK, self->i_series, "", told, now, causes, sentence);
}

/* ---- the whole ---- */

static void compare_method(WmDiff *self)
{
    if (!is_other_method(self))
        return;
    g_autofree char *was = g_strdup_printf("%d", self->issued->method_version);
    g_autofree char *sentence = g_strdup_printf("The method version is %d, was %s.", WM_METHOD_VERSION, was);
    diff_add(self, WM_DIFF_METHOD, SIZE_MAX, "method_version", was, G_STRINGIFY(WM_METHOD_VERSION), 0, sentence);
}

static gint by_kind(gconstpointer a, gconstpointer b)
{
    const WmDiffRow *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->i_series > y->i_series) - (x->i_series < y->i_series);
}

static void compare_series(WmDiff *self, const Told *told, const WmMonth *then, const WmMonth *edited)
{
    for (size_t i = 0; i < self->month->n_series; i++) {
        Work work = {self, told, then, edited, i, &self->month->series[i], 0, 0};
        compare_readings(&work);
        compare_status(&work);
        compare_outlook(&work);
    }
}

static gboolean compare(WmDiff *self, WmStore *store, GError **error)
{
    g_autofree char *folder = self->issued ? g_build_filename(self->issued->folder, ISSUED_PLAN, NULL) : NULL;
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = folder ? wm_plan_read(folder, problems, error) : NULL;
    if (folder && (!plan || !diff_plans(self, folder, self->month->plan->folder, error)))
        return FALSE;
    g_autoptr(WmMonth) then = wm_month_new(plan ? plan : self->month->plan, store, self->from, WM_NO_DAY, problems, error);
    g_autoptr(WmMonth) edited = NULL;
    if (then && self->n_kind[WM_DIFF_PLAN])
        edited = wm_month_new(self->month->plan, store, self->from, WM_NO_DAY, problems, error);
    if (!then || (self->n_kind[WM_DIFF_PLAN] && !edited))
        return FALSE;
    g_auto(Told) told = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                         g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                         g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    if (!self->issued)
        recompute_told(&told, then);
    else if (!issued_read_table(self->issued, "assessments.csv", take_told, &told, error) ||
             !issued_read_table(self->issued, "readings.csv", take_told, &told, error))
        return FALSE;
    compare_method(self);
    compare_series(self, &told, then, edited ? edited : then);
    return TRUE;
}

static WmDiff *diff_alloc(void)
{
    WmDiff *self = g_new0(WmDiff, 1);
    self->storage = g_new0(WmDiffStorage, 1);
    self->storage->rows = g_array_new(FALSE, FALSE, sizeof(WmDiffRow));
    self->storage->texts = g_string_chunk_new(8192);
    return self;
}

static void show_rows(WmDiff *self)
{
    self->rows = &g_array_index(self->storage->rows, WmDiffRow, 0);
    self->n_rows = self->storage->rows->len;
}

WmDiff *wm_diff_of_plans(const char *was, const char *now, GError **error)
{
    g_autoptr(WmDiff) self = diff_alloc();
    self->from = self->to = WM_NO_DAY;
    self->knows_plan = true;
    if (!diff_plans(self, was, now, error))
        return NULL;
    show_rows(self);
    return g_steal_pointer(&self);
}

WmDiff *wm_diff_new(const WmMonth *month, WmStore *store, const WmIssued *issued, GError **error)
{
    g_autoptr(WmDiff) self = diff_alloc();
    self->month = month;
    self->issued = issued;
    self->knows_plan = issued != NULL;
    self->from = month->previous_as_at;
    self->to = month->as_at;
    if (!compare(self, store, error))
        return NULL;
    g_array_sort(self->storage->rows, by_kind); /* stable */
    show_rows(self);
    return g_steal_pointer(&self);
}

void wm_diff_free(WmDiff *self)
{
    if (!self)
        return;
    g_array_unref(self->storage->rows);
    g_string_chunk_free(self->storage->texts);
    g_free(self->storage);
    g_free(self);
}
