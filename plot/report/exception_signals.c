/* Real or noise: how many measures signal, beside how many chance alone would give, and the control charts of those that are no
 * exceptions. */
#include "plot/report/exception_parts.h"
#include "plot/report/signal_words.h"
#include "plot/report/spc_figure.h"
#include "plot/report/wording.h"

#include <math.h>

#define MAX_CHARTS 12 /* of measures that are no exceptions; the table has them all */
#define MAX_ROWS   60

/* "1.4"; where it rounds to nothing "fewer than 0.1". */
static const char *say_expected(WmDocument *document, double n)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return n < 0.05 ? "fewer than 0.1" : wm_document_textf(document, "about %s", g_ascii_formatd(text, sizeof text, "%.1f", n));
}

static WmProse *say_totals(WmDocument *document, const WmMonth *month)
{
    const WmSignalTotals *t = &month->signals;
    if (t->n_judged == 0)
        return wm_document_prose(document, "No measure has readings enough to tell real change from noise.");
    const char *judged = wm_say_count(document, t->n_judged, "measure");
    WmProse *prose = wm_document_prose(document, "");
    if (t->n_signals == 0)
        wm_prose_addf(prose, WM_RUN_STRONG, "None of %s signals a real change at its latest reading; chance alone would give %s.",
                      judged, say_expected(document, t->n_expected));
    else
        wm_prose_addf(prose, WM_RUN_STRONG, "%zu of %s %s a real change at the latest reading; chance alone would give %s.",
                      t->n_signals, judged, t->n_signals == 1 ? "signals" : "signal", say_expected(document, t->n_expected));
    if (t->n_signals && t->n_discoveries)
        wm_prose_addf(prose, WM_RUN_PLAIN, " %zu of them stand%s a stricter test, by which at most one in twenty is false.",
                      t->n_discoveries, t->n_discoveries == 1 ? "s" : "");
    else if (t->n_signals)
        wm_prose_add(prose, WM_RUN_PLAIN, " None of them stands a stricter test, by which at most one in twenty is false.");
    return prose;
}

static const WmColumn COLUMNS[] = {
    {"Measure", WM_ALIGN_START, true},
    {"What the control chart shows", WM_ALIGN_START, false},
    {"Chance alone shows as much in", WM_ALIGN_START, false},
    {"If nothing changes", WM_ALIGN_START, false},
};

static void add_row(WmDocument *document, WmTable *table, const WmSeries *series)
{
    const char *assurance = wm_say_assurance(document, series), *rarity = wm_say_rarity(document, series);
    WmProse *cells[] = {
        wm_document_prose(document, wm_say_name(document, series)),
        wm_document_prose(document, wm_say_signal(document, series)),
        wm_document_prose(document, *rarity ? rarity : WM_DASH),
        wm_document_prose(document, *assurance ? assurance : WM_DASH),
    };
    G_STATIC_ASSERT(G_N_ELEMENTS(cells) == G_N_ELEMENTS(COLUMNS));
    if (*wm_say_caution(series)) {
        wm_prose_break(cells[1]);
        wm_prose_add(cells[1], WM_RUN_SMALL, wm_say_caution(series));
    }
    wm_table_row(document, table, cells);
}

static void add_table(WmDocument *document, const WmMonth *month)
{
    WmTable *table = wm_document_table(document, "Measures with a signal at the latest reading", COLUMNS, G_N_ELEMENTS(COLUMNS));
    size_t n = 0;
    for (size_t i = 0; i < month->n_series; i++)
        if (wm_series_has_signal(&month->series[i]) && n++ < MAX_ROWS)
            add_row(document, table, &month->series[i]);
    if (n == 0)
        return;
    wm_document_add_table(document, table);
    if (n > MAX_ROWS)
        wm_document_paragraph(
            document, wm_document_prosef(document, "The first %d of %zu are shown; all are in assessments.csv.", MAX_ROWS, n));
}

/* Exceptions have their control chart beside their trajectory. */
static void add_charts(WmDocument *document, const WmMonth *month)
{
    size_t n = 0;
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *series = &month->series[i];
        if (!wm_series_has_signal(series) || series->is_exception || n++ >= MAX_CHARTS)
            continue;
        WmBlock *heading = wm_document_heading(document, 3, wm_document_id(document, "signal", n), wm_say_name(document, series));
        heading->status = series->assessment.verdict;
        wm_document_paragraph(document, wm_document_prose(document, series->sentence))->is_kept = true;
        wm_document_add_control_chart(document, series, month->n_exceptions + n);
    }
    if (n > MAX_CHARTS)
        wm_document_paragraph(document,
                              wm_document_prosef(document, "The control charts of %zu more are not shown here.", n - MAX_CHARTS));
}

void wm_exception_add_signals(WmDocument *document, const WmMonth *month)
{
    wm_document_heading(document, 2, "signals", "Real or noise");
    wm_document_paragraph(document, say_totals(document, month))->is_kept = month->signals.n_signals > 0;
    add_table(document, month);
    add_charts(document, month);
}
