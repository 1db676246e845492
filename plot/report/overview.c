/* How many measures stand where, and what came of the milestones since the last report. */
#include "plot/report/overview.h"

#include <math.h>
#include <string.h>

#include "plot/report/sections.h"
#include "plot/report/wording.h"

const WmRag WM_RAG_ORDER[WM_N_RAGS] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};

/* ---- by theme, and by outcome ---- */

typedef struct {
    size_t n, n_status[WM_N_RAGS], n_better, n_worse;
} Tally;

static void count(Tally *tally, const WmSeries *series)
{
    const WmRag rag = series->assessment.verdict.status;
    const int way = series->previous.as_at == WM_NO_DAY ? 0 : wm_verdict_way(series->previous.verdict, series->assessment.verdict);
    tally->n++;
    tally->n_status[rag]++;
    tally->n_better += way > 0;
    tally->n_worse += way < 0;
}

#define N_COLUMNS (WM_N_RAGS + 4)

static WmTable *tally_table(WmDocument *document, const char *caption, const char *of)
{
    WmColumn columns[N_COLUMNS] = {{of, WM_ALIGN_START, true}, {"Measures", WM_ALIGN_END, false}};
    size_t n = 2;
    for (size_t i = 0; i < WM_N_RAGS; i++)
        columns[n++] = (WmColumn){wm_status_look(WM_RAG_ORDER[i])->word, WM_ALIGN_END, false};
    columns[n++] = (WmColumn){"Better", WM_ALIGN_END, false};
    columns[n++] = (WmColumn){"Worse", WM_ALIGN_END, false};
    return wm_document_table(document, caption, columns, n);
}

static void add_tally(WmDocument *document, WmTable *table, WmProse *name, const Tally *tally)
{
    WmProse *cells[N_COLUMNS];
    size_t n = 0;
    cells[n++] = name;
    cells[n++] = wm_document_prosef(document, "%zu", tally->n);
    for (size_t i = 0; i < WM_N_RAGS; i++)
        cells[n++] = wm_document_prosef(document, "%zu", tally->n_status[WM_RAG_ORDER[i]]);
    cells[n++] = wm_document_prosef(document, "%zu", tally->n_better);
    cells[n++] = wm_document_prosef(document, "%zu", tally->n_worse);
    wm_table_row(document, table, cells);
}

void wm_overview_add_themes(WmDocument *document, const WmMonth *month, const GArray *sections)
{
    WmTable *table = tally_table(document, "Themes at a glance", "Theme");
    for (guint i = 0; i < sections->len; i++) {
        const WmSection *section = &g_array_index(sections, WmSection, i);
        WmProse *name = wm_document_prose(document, "");
        Tally tally = {0};
        for (guint k = 0; k < section->parts->len; k++) {
            const GArray *indices = g_array_index(section->parts, WmSectionPart, k).series;
            for (guint j = 0; j < indices->len; j++)
                count(&tally, &month->series[g_array_index(indices, size_t, j)]);
        }
        wm_prose_add_link(name, section->title, wm_document_id(document, "theme", i));
        add_tally(document, table, name, &tally);
    }
    wm_document_add_table(document, table);
}

/* An indicator's tags, as written. New. */
static GStrv tags_of(const WmMonth *month, const WmSeries *series)
{
    const WmIndicator *indicator = wm_plan_indicator(month->plan, series->indicator);
    GStrv tags = g_strsplit(indicator ? indicator->tags : "", ";", -1);
    for (char **tag = tags; *tag; tag++)
        g_strstrip(*tag);
    return tags;
}

/* The plan's tags in the order in which they first come. New. */
static GPtrArray *find_tags(const WmMonth *month)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < month->n_series; i++) {
        g_auto(GStrv) tags = tags_of(month, &month->series[i]);
        for (char **tag = tags; *tag; tag++)
            if (**tag && !g_ptr_array_find_with_equal_func(found, *tag, g_str_equal, NULL))
                g_ptr_array_add(found, g_strdup(*tag));
    }
    return found;
}

void wm_overview_add_outcomes(WmDocument *document, const WmMonth *month)
{
    g_autoptr(GPtrArray) names = find_tags(month);
    if (names->len == 0)
        return;
    WmTable *table = tally_table(document, "Outcomes at a glance", "Outcome");
    for (guint i = 0; i < names->len; i++) {
        Tally tally = {0};
        for (size_t k = 0; k < month->n_series; k++) {
            g_auto(GStrv) tags = tags_of(month, &month->series[k]);
            if (g_strv_contains((const char *const *)tags, g_ptr_array_index(names, i)))
                count(&tally, &month->series[k]);
        }
        add_tally(document, table, wm_document_prose(document, g_ptr_array_index(names, i)), &tally);
    }
    wm_document_add_table(document, table);
}

/* ---- milestones ---- */

static bool fell_due(const WmMonth *month, const WmSeriesMilestone *one)
{
    return !isnan(one->target) && one->outcome.state != WM_MILESTONE_AHEAD && one->due > month->previous_as_at &&
           one->due <= month->as_at;
}

static WmProse *say_outcomes(WmDocument *document, const WmMonth *month, size_t *n_all)
{
    size_t n_outcome[WM_MILESTONE_RECOVERED + 1] = {0};
    WmProse *prose = wm_document_prose(document, "");
    *n_all = 0;
    for (size_t i = 0; i < month->n_series; i++)
        for (size_t k = 0; k < month->series[i].n_milestones; k++)
            if (fell_due(month, &month->series[i].milestones[k])) {
                n_outcome[month->series[i].milestones[k].outcome.state]++;
                *n_all += 1;
            }
    wm_prose_addf(prose, WM_RUN_STRONG, "%s fell due after %s and by %s:", wm_say_count(document, *n_all, "milestone"),
                  wm_say_day(document, month->previous_as_at), wm_say_day(document, month->as_at));
    wm_prose_addf(prose, WM_RUN_PLAIN, " %s.", wm_say_outcomes(document, n_outcome));
    return prose;
}

static void add_milestones_of(WmDocument *document, WmTable *table, const WmMonth *month, const WmSeries *series)
{
    for (size_t k = 0; k < series->n_milestones; k++) {
        const WmSeriesMilestone *one = &series->milestones[k];
        char target[WM_VALUE_TEXT];
        if (!fell_due(month, one))
            continue;
        const WmReading *reading = one->outcome.i_reading < series->n_readings ? &series->readings[one->outcome.i_reading] : NULL;
        wm_target_format(one->target, &series->measure, series->measure_unit, target);
        wm_table_row(document, table,
                     (WmProse *[]){wm_document_prose(document, wm_say_name(document, series)),
                                   wm_document_prose(document, wm_say_month(document, one->due)),
                                   wm_document_prose(document, target),
                                   wm_say_stacked(document, reading ? wm_say_value(document, series, reading->value) : "",
                                                  reading ? wm_say_period(document, reading->period) : ""),
                                   wm_document_prose(document, wm_say_outcome(one->outcome.state))});
    }
}

void wm_overview_add_milestones(WmDocument *document, const WmMonth *month, const GArray *sections)
{
    static const WmColumn COLUMNS[] = {{"Measure", WM_ALIGN_START, true},
                                       {"Due", WM_ALIGN_START, false},
                                       {"Target", WM_ALIGN_END, false},
                                       {"Judged by", WM_ALIGN_END, false},
                                       {"What came of it", WM_ALIGN_START, false}};
    size_t n;
    WmProse *said = say_outcomes(document, month, &n);
    wm_document_heading(document, 2, "milestones", "Milestones of the year");
    if (n == 0) {
        wm_document_paragraph(document, wm_document_prose(document, "None fell due."));
        return;
    }
    wm_document_paragraph(document, said)->is_kept = true;
    WmTable *table = wm_document_table(document, "", COLUMNS, G_N_ELEMENTS(COLUMNS));
    table->label = "Every milestone that fell due, and what came of it";
    table->is_dense = true;
    for (guint i = 0; i < sections->len; i++)
        for (guint k = 0; k < g_array_index(sections, WmSection, i).parts->len; k++) {
            const WmSectionPart *part = &g_array_index(g_array_index(sections, WmSection, i).parts, WmSectionPart, k);
            for (guint j = 0; j < part->series->len; j++)
                add_milestones_of(document, table, month, &month->series[g_array_index(part->series, size_t, j)]);
        }
    wm_document_add_table(document, table);
}
