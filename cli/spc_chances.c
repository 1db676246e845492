/* Chance among many series. */
#include "cli/spc_chances.h"

#include <math.h>

#define SEED           20260401 /* of the simulations: the same input gives the same p-values */
#define FEWEST_TREATED 12       /* changes below which the readings themselves are judged, with a caution */
#define MOST_GAPS      4        /* periods a reading, above which distances in time mean nothing */
#define DISCOVERY      0.05

struct SpcChances {
    WmSpcMany *many;
    WmSpcScratch *scratch;
    GArray *all;    /* of SeriesChance */
    GArray *grid;   /* of double: readings at equal distances */
    GArray *space;  /* of double */
    GArray *points; /* of WmSpcPoint */
};

SpcChances *spc_chances_new(void)
{
    SpcChances *self = g_new0(SpcChances, 1);
    self->many = wm_spc_many_new(SEED, 0);
    self->scratch = wm_spc_scratch_new();
    self->all = g_array_new(FALSE, TRUE, sizeof(SeriesChance));
    self->grid = g_array_new(FALSE, FALSE, sizeof(double));
    self->space = g_array_new(FALSE, FALSE, sizeof(double));
    self->points = g_array_new(FALSE, FALSE, sizeof(WmSpcPoint));
    if (!self->many || !self->scratch)
        g_error("no memory for control charts"); /* as every other allocation of GLib's */
    return self;
}

void spc_chances_free(SpcChances *self)
{
    if (!self)
        return;
    wm_spc_many_free(self->many);
    wm_spc_scratch_free(self->scratch);
    GArray *const arrays[] = {self->all, self->grid, self->space, self->points};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_array_unref(arrays[i]);
    g_free(self);
}

static double *doubles(GArray *array)
{
    return (double *)(void *)array->data;
}

static WmPeriod period_at(const LongSeries *series, size_t i)
{
    return g_array_index(series->readings, WmReading, (guint)i).period;
}

/* Periods a year, where all readings are of one kind and none is far from the next; else 0. */
static size_t periods_a_year(const LongSeries *series, size_t first, size_t end)
{
    const WmPeriod start = period_at(series, first);
    const int months = wm_period_kind_months(start.kind);
    for (size_t i = first; i < end; i++)
        if (wm_period_kind_months(period_at(series, i).kind) != months)
            return 0;
    const int steps = wm_period_steps_between(start, period_at(series, end - 1));
    return months > 0 && steps >= 0 && (size_t)steps < MOST_GAPS * (end - first) ? (size_t)(12 / months) : 0;
}

/* The latest phase, with a place for every period; or reading after reading where periods do not say. */
static size_t take_grid(SpcChances *self, const LongSeries *series, const WmSpc *spc)
{
    const WmSpcPhase *phase = &spc->phases[spc->points[spc->i_last].i_phase];
    const size_t first = phase->i_first, end = spc->i_last + 1, a_year = periods_a_year(series, first, end);
    const int steps = a_year ? wm_period_steps_between(period_at(series, first), period_at(series, end - 1)) : 0;
    const size_t n = a_year ? (size_t)steps + 1 : end - first;
    g_array_set_size(self->grid, (guint)n);
    g_array_set_size(self->space, 2 * (guint)n);
    for (size_t i = 0; i < n; i++)
        doubles(self->grid)[i] = NAN;
    for (size_t i = first; i < end; i++) {
        const size_t at = a_year ? (size_t)wm_period_steps_between(period_at(series, first), period_at(series, i)) : i - first;
        if (at < n)
            doubles(self->grid)[at] = spc->points[i].value;
    }
    return a_year;
}

/* Judge changes in place of readings. */
static WmStatus judge_treated(SpcChances *self, size_t a_year, WmSpcCaution caution, const WmSpcOptions *options, WmSpcChance *out)
{
    const size_t n = self->grid->len;
    size_t n_changes = 0;
    wm_spc_treat(doubles(self->grid), n, a_year, caution, doubles(self->grid));
    g_array_set_size(self->points, (guint)n);
    for (size_t i = 0; i < n; i++) {
        const double change = doubles(self->grid)[i];
        n_changes += isnan(change) ? 0 : 1;
        g_array_index(self->points, WmSpcPoint, i) = (WmSpcPoint){change, NAN, NAN, NAN, false, false};
    }
    if (n_changes < FEWEST_TREATED)
        return WM_OK;
    WmSpcOptions of_changes = wm_spc_options_default();
    of_changes.chart = WM_SPC_XMR;
    of_changes.rules = options->rules;
    of_changes.screen = options->screen;
    WmSpc spc;
    if (wm_spc_analyse((const WmSpcPoint *)(const void *)self->points->data, n, &of_changes, self->scratch, &spc) != WM_OK)
        return WM_NO_MEMORY;
    return wm_spc_many_judge(self->many, &spc, &of_changes, out);
}

static WmStatus judge(SpcChances *self, const LongSeries *series, const WmSpc *spc, const WmSpcOptions *options, SeriesChance *out)
{
    const WmStatus status = wm_spc_many_judge(self->many, spc, options, &out->chance);
    if (status != WM_OK || isnan(out->chance.p_value))
        return status;
    WmSpcDependence dependence;
    const size_t a_year = take_grid(self, series, spc);
    wm_spc_dependence(doubles(self->grid), self->grid->len, a_year, doubles(self->space), &dependence);
    out->caution = dependence.caution;
    if (out->caution == WM_SPC_CAUTION_SEASONAL || out->caution == WM_SPC_CAUTION_ROLLING)
        return judge_treated(self, a_year, out->caution, options, &out->chance);
    if (out->caution == WM_SPC_CAUTION_NONE && spc->phases[spc->points[spc->i_last].i_phase].is_short)
        out->caution = WM_SPC_CAUTION_SHORT;
    return WM_OK;
}

gboolean spc_chances_add(SpcChances *self, const LongSeries *series, const WmSpc *spc, const WmSpcOptions *options, GError **error)
{
    SeriesChance one = {.chance = {NAN, NAN}, .q_value = NAN};
    if (judge(self, series, spc, options, &one) != WM_OK) {
        wm_error_set(error, WM_ERROR_FILE, NULL, "no memory for series “%s”", series->id);
        return FALSE;
    }
    g_array_append_val(self->all, one);
    return TRUE;
}

static void say_expected(const SpcChances *self, const CommonOptions *common)
{
    size_t n_judged = 0, n_signals = 0, n_discoveries = 0, n_by_caution[WM_N_SPC_CAUTIONS] = {0};
    double n_expected = 0;
    for (guint i = 0; i < self->all->len; i++) {
        const SeriesChance *one = spc_chances_get(self, i);
        if (isnan(one->chance.p_value))
            continue;
        n_judged++;
        n_expected += one->chance.chance_signal;
        n_signals += one->chance.p_value <= one->chance.chance_signal;
        n_discoveries += one->q_value <= DISCOVERY;
        n_by_caution[one->caution]++;
    }
    say(common,
        "signals at the latest reading: %zu of %zu series; expected by chance alone: %.1f; left at a false discovery rate of 5%%: "
        "%zu",
        n_signals, n_judged, n_expected, n_discoveries);
    static const char *const WORDS[WM_N_SPC_CAUTIONS] = {
        [WM_SPC_CAUTION_ROLLING] = "with overlapping periods (rolling years): p is of the change over one period",
        [WM_SPC_CAUTION_SEASONAL] = "with seasons: p is of the change over a year",
        [WM_SPC_CAUTION_AUTOCORRELATED] =
            "whose readings resemble their neighbours (autocorrelated): they signal too often, and p is too small",
    };
    for (WmSpcCaution caution = 0; caution < WM_N_SPC_CAUTIONS; caution++)
        if (WORDS[caution] && n_by_caution[caution])
            say(common, "%zu series %s", n_by_caution[caution], WORDS[caution]);
}

void spc_chances_finish(SpcChances *self, const CommonOptions *common)
{
    const guint n = self->all->len;
    g_autofree double *p = g_new(double, n), *q = g_new(double, n);
    g_autofree size_t *order = g_new(size_t, n);
    for (guint i = 0; i < n; i++)
        p[i] = spc_chances_get(self, i)->chance.p_value;
    wm_false_discovery_adjust(p, n, q, order);
    for (guint i = 0; i < n; i++)
        g_array_index(self->all, SeriesChance, i).q_value = q[i];
    say_expected(self, common);
}

const SeriesChance *spc_chances_get(const SpcChances *self, guint i_series)
{
    return &g_array_index(self->all, SeriesChance, i_series);
}
