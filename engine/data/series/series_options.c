/* What the extension is told of a series. */
#include "engine/data/series/series_options.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "engine/data/text/number_text.h"

/* cJSON's own numbers may lose their last bit. */
static cJSON *number_new(double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return cJSON_CreateRaw(number_text(number, text));
}

static void add_number(cJSON *object, const char *name, double number)
{
    if (!isnan(number))
        cJSON_AddItemToObject(object, name, number_new(number));
}

static void add_day(cJSON *object, const char *name, WmDay day)
{
    char text[WM_PERIOD_TEXT];
    if (day != WM_NO_DAY)
        cJSON_AddStringToObject(object, name, wm_day_format_iso(day, text));
}

static void add_measure(cJSON *options, const WmMeasure *measure)
{
    const double ends[] = {measure->low, measure->high};
    cJSON_AddStringToObject(options, "kind", wm_kind_name(measure->kind));
    cJSON_AddStringToObject(options, "polarity", wm_polarity_name(measure->polarity));
    cJSON_AddStringToObject(options, "frequency", wm_frequency_name(measure->frequency));
    cJSON_AddNumberToObject(options, "decimals", measure->decimals);
    add_number(options, "tolerance", measure->tolerance);
    add_number(options, "near", measure->near);
    if (isnan(measure->low) && isnan(measure->high))
        return;
    cJSON *bounds = cJSON_AddArrayToObject(options, "bounds");
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        cJSON_AddItemToArray(bounds, isnan(ends[i]) ? cJSON_CreateNull() : number_new(ends[i]));
}

static void add_baseline(cJSON *options, const SeriesPlan *plan)
{
    cJSON *baseline = cJSON_AddObjectToObject(options, "baseline");
    add_number(baseline, "value", plan->baseline_value);
    add_day(baseline, "as_at", plan->baseline_day);
    cJSON_AddStringToObject(baseline, "qualifier", wm_baseline_qualifier_name(plan->baseline_qualifier));
}

static cJSON *add_milestone(cJSON *milestones, WmDay due)
{
    cJSON *one = cJSON_CreateObject();
    cJSON_AddItemToArray(milestones, one);
    add_day(one, "due", due);
    return one;
}

/* One that is not a number yet is known by its place alone: after the last, or not. */
static void add_milestones(cJSON *options, const WmAssessmentInput *input)
{
    cJSON *milestones = cJSON_AddArrayToObject(options, "milestones");
    for (size_t i = 0; i < input->n_milestones; i++)
        add_number(add_milestone(milestones, input->milestones[i].due), "target", input->milestones[i].target);
    for (size_t i = 0; i < input->n_unresolved; i++)
        add_milestone(milestones, i < input->n_later_unresolved || !input->n_milestones ? WM_NO_DAY : input->milestones[0].due);
}

static void add_events(cJSON *options, const SeriesPlan *plan)
{
    char text[WM_PERIOD_TEXT];
    cJSON *events = cJSON_AddArrayToObject(options, "events");
    for (guint i = 0; i < plan->events->len; i++) {
        const WmEvent *event = &g_array_index(plan->events, WmEvent, i);
        cJSON *one = cJSON_CreateObject();
        cJSON_AddItemToArray(events, one);
        cJSON_AddStringToObject(one, "period", wm_period_format_iso(event->period, text));
        cJSON_AddStringToObject(one, "kind", wm_event_kind_name(event->kind));
    }
}

/* A path that the plan lists, or that has no baseline to begin at. */
static void add_waypoints(cJSON *options, const WmIndicator *indicator, const WmTrajectory *path)
{
    if (indicator->shape != WM_PATH_EXPLICIT || !path->starts_at_milestone || path->n_waypoints == 0)
        return;
    cJSON *waypoints = cJSON_AddArrayToObject(options, "waypoints");
    for (size_t i = 0; i < path->n_waypoints; i++)
        add_number(add_milestone(waypoints, wm_day_from_months(path->waypoints[i].t_months)), "target", path->waypoints[i].value);
}

static void add_numbers(cJSON *options, const char *name, const double *numbers, size_t n)
{
    cJSON *list = cJSON_AddArrayToObject(options, name);
    for (size_t i = 0; i < n; i++)
        cJSON_AddItemToArray(list, isnan(numbers[i]) ? cJSON_CreateNull() : number_new(numbers[i]));
}

/* In the words of a file of priors. */
static void add_prior(cJSON *options, const WmPrior *prior)
{
    cJSON *out = cJSON_AddObjectToObject(options, "prior");
    cJSON_AddStringToObject(out, "period", wm_period_kind_name(prior->group.period_kind));
    cJSON_AddNumberToObject(out, "step_days", prior->group.step_days);
    cJSON_AddNumberToObject(out, "series", (double)prior->n_series);
    add_number(out, "low", prior->group.low);
    add_number(out, "high", prior->group.high);
    add_number(out, "change", prior->change);
    add_number(out, "scale", prior->scale);
    add_number(out, "units", prior->units);
    add_number(out, "centre", prior->centre);
    add_number(out, "kappa", prior->kappa);
    if (prior->spread != 1)
        add_number(out, "spread", prior->spread);
    add_numbers(out, "weights", prior->weights, prior->n_kernels);
    cJSON_AddNumberToObject(out, "first", prior->first);
    add_numbers(out, "path", prior->path, prior->path ? prior->n_periods : 0);
}

static gboolean is_same_row(const WmVerdict *a, const WmVerdict *b)
{
    for (int i = 0; i < WM_N_OUTLOOKS; i++)
        if (a[i].status != b[i].status || a[i].mark != b[i].mark)
            return FALSE;
    return TRUE;
}

/* Rows of the table that are the usual ones are left out. */
static void add_policy(cJSON *options, const WmPolicy *policy)
{
    const WmPolicy usual = wm_policy_default();
    add_number(options, "likely_from", policy->likely_from);
    add_number(options, "uncertain_from", policy->uncertain_from);
    add_number(options, "hold_chance", policy->hold_chance);
    add_number(options, "hold_noise", policy->hold_noise);
    cJSON_AddNumberToObject(options, "hold_readings", policy->hold_readings);
    cJSON *table = cJSON_AddObjectToObject(options, "policy");
    for (int position = WM_ON; position < WM_POSITION_NONE; position++) {
        const WmVerdict *row = policy->table[position];
        if (is_same_row(row, usual.table[position]))
            continue;
        cJSON *words = cJSON_AddArrayToObject(table, wm_position_name((WmPosition)position));
        for (int i = 0; i < WM_N_OUTLOOKS; i++) {
            const char *mark = wm_mark_name(row[i].mark);
            g_autofree char *word = g_strconcat(wm_rag_name(row[i].status), *mark ? " " : "", mark, NULL);
            cJSON_AddItemToArray(words, cJSON_CreateString(word));
        }
    }
}

cJSON *series_options(const SeriesSource *source, WmDay day, WmAssessScope scope, const WmPrior *prior)
{
    g_autoptr(GArray) computed = source->peers ? peers_comparators(source->peers, source->unit, day) : NULL;
    g_autoptr(SeriesPlan) plan = series_plan_with(source->plan, source->indicator, source->unit, day, computed);
    const WmAssessmentInput input = series_plan_input(plan, NULL, 0);
    cJSON *options = cJSON_CreateObject();
    cJSON_AddNumberToObject(options, "method", WM_METHOD_VERSION);
    add_measure(options, &input.measure);
    add_baseline(options, plan);
    add_milestones(options, &input);
    add_events(options, plan);
    cJSON_AddStringToObject(options, "path", wm_path_shape_name(input.trajectory.shape));
    add_waypoints(options, source->indicator, &input.trajectory);
    if (input.trend.model != WM_MODEL_AUTO)
        cJSON_AddStringToObject(options, "model", wm_model_name(input.trend.model));
    if (prior)
        add_prior(options, prior);
    cJSON_AddStringToObject(options, "measure_unit", source->indicator->measure_unit);
    add_day(options, "as_at", day);
    add_day(options, "start", input.plan_start);
    cJSON_AddNumberToObject(options, "reading_lag_days", input.reading_lag_days);
    cJSON_AddNumberToObject(options, "stale_after_days", input.stale_after_days);
    add_policy(options, input.policy);
    cJSON_AddStringToObject(options, "scope", scope == WM_ASSESS_STATUS ? "status" : "all");
    return options;
}
