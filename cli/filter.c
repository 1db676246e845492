/* Options that the filters share. */
#include "cli/filter.h"

#include <math.h>
#include <string.h>

#include "engine/data/text/number_text.h"

void filter_line_clear(FilterLine *self)
{
    char **texts[] = {&self->frequency, &self->kind, &self->bounds, &self->polarity, &self->priors, &self->events};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}

gboolean filter_fail(GError **error, const char *option, const char *text, const char *advice)
{
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = advice}, "%s “%s” is not understood", option, text);
    return FALSE;
}

void filter_say_strays(const CommonOptions *common, const char *what, size_t n)
{
    if (n == 1)
        say(common, "one of the %s is for a series that has no readings; is its name right?", what);
    else if (n)
        say(common, "%zu %s are for series that have no readings; are their names right?", n, what);
}

void filter_say_notes(const CommonOptions *common, const ForecastBatchNotes *notes)
{
    filter_say_strays(common, "events", notes->n_stray_events);
    if (notes->n_outside)
        say(common, "readings outside the bounds are passed over: %zu", notes->n_outside);
    if (!isnan(notes->beyond))
        say(common, "%s is outside what this kind can be, so that no series has that bound; --bounds passes such readings over",
            NUMBER_TEXT(notes->beyond));
}

gboolean filter_parse_number(const char *text, double *out)
{
    char *end = NULL;
    const double value = g_ascii_strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(value))
        return FALSE;
    *out = value;
    return TRUE;
}

/* LO,HI, either of which may be empty. */
static gboolean take_bounds(const char *text, ForecastBatchOptions *out, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    double *const ends[] = {&out->low, &out->high};
    gboolean is_good = g_strv_length(parts) == 2;
    for (size_t i = 0; is_good && i < 2; i++)
        is_good = *g_strstrip(parts[i]) == '\0' || filter_parse_number(parts[i], ends[i]);
    out->has_bounds = TRUE;
    return (is_good && !(out->low >= out->high)) ||
           filter_fail(error, "--bounds", text, "two numbers, the smaller first, as in 0,100; either may be left out");
}

static void take_priors(const char *text, ForecastBatchOptions *out)
{
    out->source = !text || strcmp(text, "learn") == 0 ? PRIORS_LEARN : strcmp(text, "builtin") == 0 ? PRIORS_BUILTIN : PRIORS_FILE;
    out->prior_path = text;
}

gboolean filter_understand(const FilterLine *line, const CommonOptions *common, ForecastBatchOptions *out, WmPolarity *polarity,
                           GError **error)
{
    *out =
        (ForecastBatchOptions){.period_kind = WM_PERIOD_NONE, .kind = WM_N_KINDS, .low = NAN, .high = NAN, .as_at = common->as_at};
    *polarity = WM_N_POLARITIES;
    WmFrequency frequency;
    if (line->frequency && !wm_frequency_parse(line->frequency, &frequency))
        return filter_fail(error, "--frequency", line->frequency,
                           "month, quarter, term, half, year, academic_year or financial_year");
    if (line->frequency)
        out->period_kind = wm_frequency_period_kind(frequency);
    if (line->kind && !wm_kind_parse(line->kind, &out->kind))
        return filter_fail(error, "--kind", line->kind, "count, percent, rate, duration, score, money or yes_no");
    if (line->polarity && !wm_polarity_parse(line->polarity, polarity))
        return filter_fail(error, "--polarity", line->polarity, "higher, lower, plan or none");
    take_priors(line->priors, out);
    out->events_path = line->events;
    out->is_recalibrated = line->is_recalibrated;
    if (line->is_recalibrated && out->source != PRIORS_LEARN)
        return filter_fail(
            error, "--recalibrate with --priors", line->priors,
            "it looks at how past forecasts of the input came out: leave --priors out, or recalibrate the file when it is "
            "made, by `waymark priors learn --recalibrate`");
    return !line->bounds || take_bounds(line->bounds, out, error);
}
