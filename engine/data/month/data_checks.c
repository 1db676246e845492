/* What is wrong with the data of a plan as at a day. */
#include "engine/data/month/data_checks.h"

#include <waymark/ingest.h>

#include "engine/data/month/checks.h"
#include "engine/data/month/target_checks.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/series/peers.h"
#include "engine/data/series/series_checks.h"
#include "engine/data/series/series_plan.h"
#include "engine/data/text/number_text.h"

void data_checks_series(const DataChecks *self, const WmIndicator *indicator, const WmSeriesKey *key, const GArray *vintages)
{
    const SeriesChecks checks = {self->plan, indicator, key->unit, key->cohort, vintages, self->drops, self->as_at, self->problems};
    series_checks_run(&checks);
}

static gboolean check_quarantine_of(const DataChecks *self, const WmDropInfo *drop, GError **error)
{
    g_autoptr(GArray) rows = wm_store_quarantine(self->store, drop->id, error);
    for (guint i = 0; rows && i < rows->len; i++) {
        const WmQuarantined *row = &g_array_index(rows, WmQuarantined, i);
        wm_problems_add(self->problems, &(WmProblem){.file = drop->file,
                                                     .line = row->line,
                                                     .column = row->column,
                                                     .severity = WM_SEVERITY_ERROR,
                                                     .code = row->code,
                                                     .message = row->message,
                                                     .advice = "the row was left out; ask the sender for a correction"});
    }
    return rows != NULL;
}

static gboolean check_drops(const DataChecks *self, GError **error)
{
    for (guint i = 0; i < self->drops->len; i++) {
        const WmDropInfo *drop = &g_array_index(self->drops, WmDropInfo, i);
        if (wm_drop_is_withdrawn(drop, self->as_at))
            continue;
        if (drop->was_windows_1252)
            check_add(self->problems, CHECK_NOT_UTF8, &(CheckPlace){.file = drop->file},
                      "the file is not UTF-8; it was read as Windows-1252");
        if (drop->n_quarantined && !check_quarantine_of(self, drop, error))
            return FALSE;
        if (!wm_store_findings(self->store, drop->id, drop->file, self->problems, error))
            return FALSE;
    }
    return TRUE;
}

static void check_expiries(const DataChecks *self)
{
    const WmPlan *plan = self->plan;
    char text[WM_PERIOD_TEXT];
    for (size_t i = 0; i < plan->n_overrides; i++) {
        const WmOverride *row = &plan->overrides[i];
        if (row->expires != WM_NO_DAY && row->expires < self->as_at)
            check_add(self->problems, CHECK_OVERRIDE_EXPIRED, &(CheckPlace){.file = "overrides.csv", .line = row->line},
                      "the override of %s ran out on %s", row->indicator, wm_day_format(row->expires, text));
    }
    for (size_t i = 0; i < plan->n_suppressions; i++) {
        const WmSuppression *row = &plan->suppressions[i];
        if (row->expires < self->as_at)
            check_add(self->problems, CHECK_SUPPRESSION_EXPIRED, &(CheckPlace){.file = "suppressions.csv", .line = row->line},
                      "the suppression of %s ran out on %s", row->indicator, wm_day_format(row->expires, text));
    }
}

static CheckPlace place_of(const DataChecks *self, const char *indicator)
{
    const WmIndicator *row = wm_plan_indicator(self->plan, indicator);
    return (CheckPlace){.file = "indicators.csv", .line = row->line, .indicator = row->indicator};
}

/* A derived indicator is what its formula says; what drops say of it beside that is used nowhere. */
static void check_unused(const DataChecks *self, const char *indicator)
{
    const CheckPlace place = place_of(self, indicator);
    if (series_readings_n_unused(self->readings, indicator))
        check_add(self->problems, CHECK_READINGS_NOT_USED, &place,
                  "%s is derived by a formula; the readings that drops give of it are not used", indicator);
}

/* The area's targets are its own: what it asks of itself in all, no unit can be held against. */
static void check_units_without_target(const DataChecks *self, const char *indicator)
{
    if (plan_rows_of(self->plan, ROWS_TARGETS, indicator, "").n == 0 ||
        plan_rows_of(self->plan, ROWS_TARGETS, indicator, PLAN_EVERY_UNIT).n)
        return;
    const GArray *keys = series_readings_keys(self->readings, indicator);
    g_autoptr(GHashTable) without = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint k = 0; k < keys->len; k++) {
        const char *unit = g_array_index(keys, WmSeriesKey, k).unit;
        if (*unit && plan_rows_of(self->plan, ROWS_TARGETS, indicator, unit).n == 0)
            g_hash_table_add(without, (gpointer)unit);
    }
    const CheckPlace place = place_of(self, indicator);
    const guint n = g_hash_table_size(without);
    if (n)
        check_add(self->problems, CHECK_UNITS_WITHOUT_TARGET, &place,
                  "%s has targets for the area, and %u unit%s with readings but no target", indicator, n, n == 1 ? "" : "s");
}

static gboolean check_indicators(const DataChecks *self, GError **error)
{
    for (size_t i = 0; i < self->plan->n_indicators; i++) {
        const char *indicator = self->plan->indicators[i].indicator;
        if (!series_readings_turn_to(self->readings, indicator, error))
            return FALSE;
        check_unused(self, indicator);
        check_units_without_target(self, indicator);
    }
    return TRUE;
}

void data_checks_derived(const DataChecks *self)
{
    const GArray *impossible = series_readings_impossible(self->readings);
    char period[WM_PERIOD_TEXT];
    for (guint i = 0; i < impossible->len; i++) {
        const ImpossibleSeriesReading *one = &g_array_index(impossible, ImpossibleSeriesReading, i);
        const CheckPlace place = place_of(self, one->indicator);
        check_add(self->problems, CHECK_OUTSIDE_BOUNDS, &place, "by its formula, %s%s%s in %s comes to %s, which cannot be",
                  one->indicator, *one->unit ? " of " : "", one->unit, wm_period_format(one->reading.period, period),
                  NUMBER_TEXT(wm_round(one->reading.value, 4)));
    }
}

gboolean data_checks_rest(const DataChecks *self, GError **error)
{
    check_expiries(self);
    if (!check_indicators(self, error))
        return FALSE;
    data_checks_derived(self);
    return check_drops(self, error) && wm_ingest_check_recipes(self->store, self->plan, self->problems, error);
}

static Peers *peers_of_cohort(const DataChecks *self, GHashTable *cohorts, const WmIndicator *indicator, const char *cohort)
{
    Peers *peers = g_hash_table_lookup(cohorts, cohort);
    if (!peers) {
        peers = peers_new(self->plan, indicator);
        g_hash_table_insert(cohorts, (gpointer)cohort, peers);
    }
    return peers;
}

/* As the month has them: the series' targets, with what the units make of them by the as-at. */
static void check_targets(const DataChecks *self, const WmIndicator *indicator, GHashTable *cohorts, TargetChecks *targets)
{
    const GArray *keys = series_readings_keys(self->readings, indicator->indicator);
    g_autoptr(GPtrArray) alike = g_ptr_array_new_with_free_func((GDestroyNotify)peer_groups_unref);
    GHashTableIter iter;
    gpointer peers;
    g_hash_table_iter_init(&iter, cohorts);
    while (g_hash_table_iter_next(&iter, NULL, &peers))
        peers_settle(peers, self->as_at, NULL, 0, alike);
    for (guint k = 0; k < keys->len; k++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, k);
        const Peers *its = g_hash_table_lookup(cohorts, key->cohort);
        g_autoptr(GArray) computed = its ? peers_comparators(its, key->unit, self->as_at) : NULL;
        g_autoptr(SeriesPlan) plan = series_plan_with(self->plan, indicator, key->unit, self->as_at, computed);
        target_checks_add(targets, indicator, key->unit, (const WmSeriesMilestone *)(const void *)plan->printed->data,
                          plan->printed->len);
    }
}

static gboolean check_series_of(const DataChecks *self, const WmIndicator *indicator, TargetChecks *targets, GError **error)
{
    const GArray *keys = series_readings_keys(self->readings, indicator->indicator);
    g_autoptr(GHashTable) cohorts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)peers_free);
    for (guint k = 0; k < keys->len; k++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, k);
        const WmUnit *unit = wm_plan_unit(self->plan, key->unit);
        g_autoptr(GArray) vintages = series_readings_vintages(self->readings, key, error);
        if (!vintages)
            return FALSE;
        data_checks_series(self, indicator, key, vintages);
        if (unit && vintages->len)
            peers_add(peers_of_cohort(self, cohorts, indicator, key->cohort), unit->unit, vintages);
    }
    check_targets(self, indicator, cohorts, targets);
    return TRUE;
}

static gboolean check_all_series(const DataChecks *self, GError **error)
{
    g_autoptr(TargetChecks) targets = target_checks_new(self->plan);
    for (size_t i = 0; i < self->plan->n_indicators; i++)
        if (!check_series_of(self, &self->plan->indicators[i], targets, error))
            return FALSE;
    target_checks_tell(targets, self->problems);
    return TRUE;
}

bool wm_check_data(const WmPlan *plan, WmStore *store, WmDay as_at, WmProblems *problems, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, as_at, error);
    if (!drops || drops->len == 0)
        return drops != NULL;
    g_autoptr(GArray) days = wm_store_days(store, as_at, error);
    if (!days)
        return false;
    const WmDay day = as_at != WM_NO_DAY ? as_at : g_array_index(days, WmDay, days->len - 1);
    g_autoptr(SeriesReadings) readings = series_readings_new(plan, store, day, error);
    if (!readings)
        return false;
    const DataChecks self = {plan, store, readings, drops, day, problems};
    if (!check_all_series(&self, error) || !data_checks_rest(&self, error))
        return false;
    wm_problems_sort(problems);
    return true;
}
