/* A plan's risks as at the month. */
#include <waymark/register.h>

#include <math.h>
#include <string.h>

#include "engine/data/plan/links.h"
#include "engine/data/text/number_text.h"

struct WmRegisterStorage {
    GArray *risks;    /* of WmRegisteredRisk */
    GPtrArray *links; /* of GArray of size_t */
    GPtrArray *lists; /* of arrays of sentences */
    GArray *dates;    /* of WmDay */
    GStringChunk *texts;
};

static gboolean needs_five(const char *const levels[4])
{
    for (size_t k = 0; k < 4; k++)
        if (wm_risk_level_is_of_five(levels[k]))
            return TRUE;
    return FALSE;
}

int wm_plan_risk_scale(const WmPlan *plan)
{
    for (size_t i = 0; i < plan->n_risks; i++) {
        const WmRisk *risk = &plan->risks[i];
        if (needs_five((const char *[]){risk->likelihood_before, risk->impact_before, risk->likelihood_after, risk->impact_after}))
            return 5;
    }
    for (size_t i = 0; i < plan->n_risk_scorings; i++) {
        const WmRiskScoring *row = &plan->risk_scorings[i];
        if (needs_five((const char *[]){row->likelihood_before, row->impact_before, row->likelihood_after, row->impact_after}))
            return 5;
    }
    return 3;
}

/* ---- scorings ---- */

/* The next scoring of a risk after a day, and by another; of one day the last row counts. NULL for none. */
static const WmRiskScoring *next_scoring(const WmPlan *plan, const WmRisk *risk, WmDay after, WmDay by)
{
    const WmRiskScoring *next = NULL;
    for (size_t i = 0; i < plan->n_risk_scorings; i++) {
        const WmRiskScoring *row = &plan->risk_scorings[i];
        if (strcmp(row->risk, risk->risk) == 0 && row->as_at > after && row->as_at <= by && (!next || row->as_at <= next->as_at))
            next = row;
    }
    return next;
}

static const char *newer(const char *now, const char *before)
{
    return *now ? now : before;
}

static WmRiskLevels score_again(const WmRiskLevels *before, const WmRiskScoring *row)
{
    return (WmRiskLevels){newer(row->likelihood_before, before->likelihood_before),
                          newer(row->impact_before, before->impact_before), newer(row->likelihood_after, before->likelihood_after),
                          newer(row->impact_after, before->impact_after), row->as_at};
}

static WmRiskLevels first_levels(const WmRisk *risk)
{
    return (WmRiskLevels){risk->likelihood_before, risk->impact_before, risk->likelihood_after, risk->impact_after, risk->raised};
}

WmRiskLevels wm_plan_risk_levels(const WmPlan *plan, const WmRisk *risk, WmDay day)
{
    WmRiskLevels levels = first_levels(risk);
    WmDay last = WM_NO_DAY; /* before every day */
    for (const WmRiskScoring *row; (row = next_scoring(plan, risk, last, day)); last = row->as_at)
        levels = score_again(&levels, row);
    return levels;
}

static WmRiskScore score_after(const WmRegister *self, const WmRiskLevels *levels)
{
    return wm_risk_score_read(levels->likelihood_after, levels->impact_after, self->scale);
}

/* The scoring before the one that is in force: unscored where there is none. */
static WmRiskScore score_before_last(const WmRegister *self, const WmRegisteredRisk *one)
{
    const gboolean is_first = !next_scoring(self->month->plan, one->risk, WM_NO_DAY, self->as_at);
    if (is_first)
        return (WmRiskScore){0};
    const WmRiskLevels levels = wm_plan_risk_levels(self->month->plan, one->risk, one->levels.scored - 1);
    return score_after(self, &levels);
}

static WmRiskScore score_then(const WmRegister *self, const WmRisk *risk)
{
    const WmDay then = self->month->previous_as_at;
    if (then == WM_NO_DAY || (risk->raised != WM_NO_DAY && risk->raised > then))
        return (WmRiskScore){0};
    const WmRiskLevels levels = wm_plan_risk_levels(self->month->plan, risk, then);
    return score_after(self, &levels);
}

WmRiskScore wm_risk_score_read(const char *likelihood, const char *impact, int scale)
{
    return wm_risk_score(wm_risk_level_parse(likelihood, scale), wm_risk_level_parse(impact, scale), scale);
}

static void gather(WmRegister *self, WmRegisteredRisk *out)
{
    const WmRisk *risk = out->risk;
    const WmRiskLevels *levels = &out->levels;
    const WmDay scored = next_scoring(self->month->plan, risk, WM_NO_DAY, self->as_at) ? levels->scored : WM_NO_DAY;
    GArray *links = links_find(self->month, risk->indicators, NULL);
    g_ptr_array_add(self->storage->links, links);
    out->links = (size_t *)(gpointer)links->data;
    out->n_links = links->len;
    out->facts = (WmRiskFacts){
        .before = wm_risk_score_read(levels->likelihood_before, levels->impact_before, self->scale),
        .after = score_after(self, levels),
        .after_was = score_before_last(self, out),
        .scored = levels->scored,
        .raised = risk->raised,
        .review_due = risk->review_due,
        /* who scores a risk reviews it; WM_NO_DAY is before every day */
        .reviewed = scored != WM_NO_DAY && risk->reviewed > self->as_at ? scored : MAX(risk->reviewed, scored),
        .has_mitigation = *risk->mitigation != 0,
        .has_progress = *risk->progress != 0,
    };
    for (size_t i = 0; i < out->n_links; i++) {
        const WmRag status = self->month->series[out->links[i]].assessment.verdict.status;
        out->facts.n_links_worse += status == WM_RED || status == WM_AMBER;
    }
}

/* "Waiting times is red; Plans on time is amber". New. */
static char *say_showing(const WmRegister *self, const WmRegisteredRisk *risk)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < risk->n_links; i++) {
        const WmSeries *series = &self->month->series[risk->links[i]];
        const WmRag status = series->assessment.verdict.status;
        char words[WM_VERDICT_TEXT];
        g_autofree char *name = wm_series_name(series);
        if (status == WM_RED || status == WM_AMBER)
            g_string_append_printf(text, "%s%s is %s", text->len ? "; " : "", name,
                                   wm_verdict_format(series->assessment.verdict, words));
    }
    return g_strdup(text->str);
}

static char *say_finding(const WmRegister *self, const WmRegisteredRisk *risk, const WmRiskFinding *finding)
{
    char day[WM_PERIOD_TEXT] = "";
    if (finding->day != WM_NO_DAY)
        wm_day_format(finding->day, day);
    switch (finding->code) {
    case WM_RISK_NOT_SCORED:
        return g_strdup("it is not scored before and after mitigation");
    case WM_RISK_REVIEW_OVERDUE:
        return g_strdup_printf("its review was due on %s, %.0f day%s ago", day, finding->a, finding->a == 1 ? "" : "s");
    case WM_RISK_NEVER_REVIEWED:
        return g_strdup_printf("it has not been reviewed since it was raised on %s, and no review is planned", day);
    case WM_RISK_NO_MITIGATION:
        return g_strdup("it has no mitigation");
    case WM_RISK_NOT_LOWERED:
        return g_strdup("its mitigation lowers neither likelihood nor impact");
    case WM_RISK_RAISED_BY_PLAN:
        return g_strdup("it is scored higher after mitigation than before");
    case WM_RISK_RISEN:
        return g_strdup_printf("it was scored higher after mitigation on %s: %d, %.0f before", day, risk->facts.after.score,
                               finding->a);
    case WM_RISK_SHOWING:
        return say_showing(self, risk);
    case WM_RISK_NO_PROGRESS:
        return g_strdup_printf("%.0f month%s on, no progress is reported", finding->a, finding->a == 1 ? "" : "s");
    case WM_N_RISK_FINDINGS:
        break;
    }
    g_assert_not_reached();
}

static void keep_sentences(WmRegister *self, WmRegisteredRisk *risk)
{
    const char **sentences = g_new0(const char *, risk->judgement.n_findings + 1);
    g_ptr_array_add(self->storage->lists, sentences);
    for (size_t i = 0; i < risk->judgement.n_findings; i++) {
        g_autofree char *text = say_finding(self, risk, &risk->judgement.findings[i]);
        sentences[i] = g_string_chunk_insert(self->storage->texts, text);
    }
    risk->sentences = sentences;
}

static void add_risk(WmRegister *self, const WmRisk *row)
{
    WmRegisteredRisk risk = {
        .risk = row, .levels = wm_plan_risk_levels(self->month->plan, row, self->as_at), .after_then = score_then(self, row)};
    gather(self, &risk);
    wm_risk_judge(&risk.facts, self->as_at, &risk.judgement);
    keep_sentences(self, &risk);
    g_array_append_val(self->storage->risks, risk);
    self->n_before[risk.facts.before.band]++;
    self->n_after[risk.facts.after.band]++;
    for (size_t i = 0; i < risk.judgement.n_findings; i++)
        self->n_findings[risk.judgement.findings[i].code]++;
}

static gint by_score(gconstpointer a, gconstpointer b)
{
    const WmRegisteredRisk *x = a, *y = b;
    if (x->facts.after.score != y->facts.after.score)
        return y->facts.after.score - x->facts.after.score;
    if (x->facts.before.score != y->facts.before.score)
        return y->facts.before.score - x->facts.before.score;
    return (x->risk > y->risk) - (x->risk < y->risk);
}

static gint by_day(gconstpointer a, gconstpointer b)
{
    const WmDay x = *(const WmDay *)a, y = *(const WmDay *)b;
    return (x > y) - (x < y);
}

static void find_dates(WmRegister *self)
{
    GArray *dates = self->storage->dates;
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < self->month->plan->n_risk_scorings; i++) {
        const WmDay day = self->month->plan->risk_scorings[i].as_at;
        if (day <= self->as_at && g_hash_table_add(seen, GINT_TO_POINTER(day)))
            g_array_append_val(dates, day);
    }
    g_array_sort(dates, by_day);
    self->dates = (WmDay *)(gpointer)dates->data;
    self->n_dates = dates->len;
}

WmRegister *wm_register_new(const WmMonth *month)
{
    WmRegister *self = g_new0(WmRegister, 1);
    self->storage = g_new0(WmRegisterStorage, 1);
    self->storage->risks = g_array_new(FALSE, FALSE, sizeof(WmRegisteredRisk));
    self->storage->links = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    self->storage->lists = g_ptr_array_new_with_free_func(g_free);
    self->storage->dates = g_array_new(FALSE, FALSE, sizeof(WmDay));
    self->storage->texts = g_string_chunk_new(4096);
    self->month = month;
    self->as_at = month->as_at;
    self->scale = wm_plan_risk_scale(month->plan);
    for (size_t i = 0; i < month->plan->n_risks; i++) {
        const WmRisk *row = &month->plan->risks[i];
        if (row->raised != WM_NO_DAY && row->raised > self->as_at)
            self->n_later++;
        else
            add_risk(self, row);
    }
    g_array_sort(self->storage->risks, by_score);
    find_dates(self);
    self->risks = (WmRegisteredRisk *)(gpointer)self->storage->risks->data;
    self->n_risks = self->storage->risks->len;
    return self;
}

void wm_register_free(WmRegister *self)
{
    if (!self)
        return;
    g_array_unref(self->storage->risks);
    g_array_unref(self->storage->dates);
    g_ptr_array_unref(self->storage->links);
    g_ptr_array_unref(self->storage->lists);
    g_string_chunk_free(self->storage->texts);
    g_free(self->storage);
    g_free(self);
}

static char *number_or_empty(int value)
{
    return value ? g_strdup_printf("%d", value) : g_strdup("");
}

static const char *const CSV_HEADER[] = {"risk",         "title",      "as_at",    "score_before", "band_before",
                                         "score_after",  "band_after", "movement", "scored",       "score_after_then",
                                         "change_after", "review_due", "reviewed", "findings",     "sentences"};

static void append_risk(GString *csv, const WmRegister *self, const WmRegisteredRisk *one)
{
    char as_at[WM_PERIOD_TEXT], due[WM_PERIOD_TEXT] = "", reviewed[WM_PERIOD_TEXT] = "", scored[WM_PERIOD_TEXT] = "";
    if (one->levels.scored != WM_NO_DAY)
        wm_day_format_iso(one->levels.scored, scored);
    if (one->risk->review_due != WM_NO_DAY)
        wm_day_format_iso(one->risk->review_due, due);
    if (one->facts.reviewed != WM_NO_DAY)
        wm_day_format_iso(one->facts.reviewed, reviewed);
    g_autofree char *before = number_or_empty(one->facts.before.score), *after = number_or_empty(one->facts.after.score);
    g_autofree char *movement =
        one->facts.before.score && one->facts.after.score ? g_strdup_printf("%d", one->judgement.movement) : g_strdup("");
    g_autofree char *then = number_or_empty(one->after_then.score);
    g_autofree char *change = one->after_then.score && one->facts.after.score
                                  ? g_strdup_printf("%d", one->facts.after.score - one->after_then.score)
                                  : g_strdup("");
    g_autoptr(GString) codes = g_string_new(NULL);
    for (size_t i = 0; i < one->judgement.n_findings; i++)
        g_string_append_printf(codes, "%s%s", i ? " " : "", wm_risk_finding_name(one->judgement.findings[i].code));
    g_autofree char *sentences = g_strjoinv("; ", (char **)(gpointer)one->sentences);
    const char *const fields[] = {one->risk->risk,
                                  one->risk->title,
                                  wm_day_format_iso(self->as_at, as_at),
                                  before,
                                  wm_risk_band_name(one->facts.before.band),
                                  after,
                                  wm_risk_band_name(one->facts.after.band),
                                  movement,
                                  scored,
                                  then,
                                  change,
                                  due,
                                  reviewed,
                                  codes->str,
                                  sentences};
    csv_append_row(csv, fields, G_N_ELEMENTS(fields));
}

char *wm_register_to_csv(const WmRegister *self)
{
    GString *csv = g_string_new(NULL);
    csv_append_row(csv, CSV_HEADER, G_N_ELEMENTS(CSV_HEADER));
    for (size_t i = 0; i < self->n_risks; i++)
        append_risk(csv, self, &self->risks[i]);
    return g_string_free(csv, FALSE);
}
