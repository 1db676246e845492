/* The control chart of a series as a figure, with the numbers behind it: picture and table are of one analysis. */
#include "plot/report/spc_figure.h"

#include <math.h>

#include "plot/chart/on_cairo.h"
#include "plot/chart/spc_chart_parts.h"
#include "plot/report/signal_words.h"
#include "plot/report/wording.h"

static GBytes *write_chart(gconstpointer subject, const WmChartOptions *options, GError **error)
{
    return wm_chart_spc(subject, NULL, options, error);
}

static bool draw_chart(gconstpointer subject, const WmChartOptions *options, void *cairo, GError **error)
{
    return wm_chart_spc_on_cairo(subject, options, cairo, error);
}

static const WmPicture CONTROL_CHART = {write_chart, draw_chart};

enum { COLUMN_PERIOD, COLUMN_READING, COLUMN_CENTRE, COLUMN_LOWER, COLUMN_UPPER, COLUMN_TARGET, COLUMN_SIGNAL, N_COLUMNS };

static WmProse *say_level(WmDocument *document, const WmSeries *series, double level)
{
    char text[WM_VALUE_TEXT];
    return wm_document_prose(document, isnan(level) ? WM_DASH : wm_spc_level_format(level, series, text));
}

/* "run, concern; left out of the limits" */
static WmProse *say_signal(WmDocument *document, const WmSpcVerdict *point)
{
    static const char *const EFFECTS[WM_N_EFFECTS] = {[WM_EFFECT_COMMON] = "",
                                                      [WM_EFFECT_IMPROVEMENT] = "improvement",
                                                      [WM_EFFECT_CONCERN] = "concern",
                                                      [WM_EFFECT_NEUTRAL_HIGH] = "high",
                                                      [WM_EFFECT_NEUTRAL_LOW] = "low"};
    g_autoptr(GString) text = g_string_new(NULL);
    if (point->signal != WM_SIGNAL_NONE)
        g_string_append_printf(text, "%s, %s", wm_signal_name(point->signal), EFFECTS[point->effect]);
    g_strdelimit(text->str, "_", ' ');
    if (point->is_excluded)
        g_string_append_printf(text, "%sleft out of the limits", text->len ? "; " : "");
    return wm_document_prose(document, text->str);
}

static void add_row(WmDocument *document, WmTable *table, const WmSeries *series, const WmSpcVerdict *point, size_t i)
{
    const WmReading *reading = &series->readings[i];
    const char *state = wm_say_state(reading->state);
    const char *none = *state ? state : WM_DASH;
    WmProse *cells[N_COLUMNS] = {
        [COLUMN_PERIOD] = wm_document_prose(document, wm_say_period(document, reading->period)),
        [COLUMN_READING] = wm_document_prose(document, isnan(point->value) ? none : wm_say_value(document, series, point->value)),
        [COLUMN_CENTRE] = say_level(document, series, point->centre),
        [COLUMN_LOWER] = say_level(document, series, point->lower),
        [COLUMN_UPPER] = say_level(document, series, point->upper),
        [COLUMN_TARGET] = say_level(document, series, point->target),
        [COLUMN_SIGNAL] = say_signal(document, point),
    };
    wm_table_row(document, table, cells);
}

static const WmTable *data_table(WmDocument *document, const WmSeries *series, const WmSpc *spc)
{
    const bool is_path = spc->target_shape == WM_SPC_TARGET_MOVING;
    const WmColumn columns[N_COLUMNS] = {
        [COLUMN_PERIOD] = {"Period", WM_ALIGN_START, true},
        [COLUMN_READING] = {"Reading", WM_ALIGN_END, false},
        [COLUMN_CENTRE] = {spc->chart == WM_SPC_RUN ? "Median" : "Mean", WM_ALIGN_END, false},
        [COLUMN_LOWER] = {"Lower limit", WM_ALIGN_END, false},
        [COLUMN_UPPER] = {"Upper limit", WM_ALIGN_END, false},
        [COLUMN_TARGET] = {is_path ? "Path" : "Target", WM_ALIGN_END, false},
        [COLUMN_SIGNAL] = {"Signal", WM_ALIGN_START, false},
    };
    const char *caption = wm_document_textf(document, "Limits and signals: %s", wm_say_name(document, series));
    WmTable *table = wm_document_table(document, caption, columns, N_COLUMNS);
    for (size_t i = 0; i < spc->n_points; i++) {
        const size_t phase = spc->points[i].i_phase;
        if (spc->n_phases > 1 && i == spc->phases[phase].i_first)
            wm_table_group(document, table,
                           wm_document_textf(document, "Limits from %s", wm_say_period(document, series->readings[i].period)));
        add_row(document, table, series, &spc->points[i], i);
    }
    return table;
}

#define PAPER_HEIGHT_PX 340 /* two with their words on a page, or one below a trajectory */

/* Why this chart, how rare the reading is, what to bear in mind, and where limits could be set afresh. */
static const char *caption_of(WmDocument *document, const WmSeries *series)
{
    const WmSignals *s = &series->signals;
    const char *rarity = wm_say_rarity(document, series), *caution = wm_say_caution(series);
    char suggestion[WM_SUGGESTION_TEXT];
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "%s, %s.", wm_spc_chart_title(s->chart), wm_spc_reason_text(s->chart_reason));
    if (*rarity && s->latest.is_beyond_noise)
        g_string_append_printf(text, " Chance alone would show as much in %s.", rarity);
    if (*caution)
        g_string_append_printf(text, " %s", caution);
    if (*wm_series_suggestion_text(series, suggestion))
        g_string_append_printf(text, " By the Stable Shift Algorithm %s.", suggestion);
    return wm_document_text(document, text->str);
}

void wm_document_add_control_chart(WmDocument *document, const WmSeries *series, size_t i_figure)
{
    WmSpc spc;
    WmSpcScratch *scratch = wm_spc_chart_series(series, &spc);
    g_autofree char *alt = wm_chart_spc_alt(series, &spc);
    wm_document_figure(document, &(WmFigure){.id = wm_document_id(document, "control", i_figure),
                                             .picture = &CONTROL_CHART,
                                             .subject = series,
                                             .alt = alt,
                                             .caption = caption_of(document, series),
                                             .data = data_table(document, series, &spc),
                                             .paper_height_px = PAPER_HEIGHT_PX});
    wm_spc_scratch_free(scratch);
}
