/* The risk register: scores before and after mitigation, reviews, and the measures that a risk threatens. */
#include <waymark/register.h>

#include "plot/report/digests.h"
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

static const char *const QUESTIONS[WM_N_RISK_FINDINGS] = {
    [WM_RISK_NOT_SCORED] = "Not scored",
    [WM_RISK_REVIEW_OVERDUE] = "Reviews overdue",
    [WM_RISK_NEVER_REVIEWED] = "Never reviewed",
    [WM_RISK_NO_MITIGATION] = "Without mitigation",
    [WM_RISK_NOT_LOWERED] = "Mitigation that lowers nothing",
    [WM_RISK_RAISED_BY_PLAN] = "Scored higher after mitigation",
    [WM_RISK_RISEN] = "Risen since they were scored before",
    [WM_RISK_SHOWING] = "Showing in the measures that they threaten",
    [WM_RISK_NO_PROGRESS] = "No progress reported",
};

static const char *const BAND_WORDS[WM_N_RISK_BANDS] = {
    [WM_RISK_UNSCORED] = "Not scored", [WM_RISK_LOW] = "Low",         [WM_RISK_MODERATE] = "Moderate",
    [WM_RISK_HIGH] = "High",           [WM_RISK_EXTREME] = "Extreme",
};

static void add_counts(WmDocument *document, const WmRegister *self)
{
    const WmColumn columns[] = {
        {"Band", WM_ALIGN_START, true}, {"Before mitigation", WM_ALIGN_END, false}, {"After mitigation", WM_ALIGN_END, false}};
    WmTable *table = wm_document_table(document, "Risks by band", columns, G_N_ELEMENTS(columns));
    for (int band = WM_N_RISK_BANDS; band-- > 0;)
        if (self->n_before[band] || self->n_after[band])
            wm_table_row(document, table,
                         (WmProse *[]){wm_document_prose(document, BAND_WORDS[band]),
                                       wm_document_prosef(document, "%zu", self->n_before[band]),
                                       wm_document_prosef(document, "%zu", self->n_after[band])});
    wm_document_add_table(document, table);
}

static WmProse *say_headline(WmDocument *document, const WmRegister *self)
{
    const size_t n_high = self->n_after[WM_RISK_HIGH] + self->n_after[WM_RISK_EXTREME];
    const size_t n_late = self->n_findings[WM_RISK_REVIEW_OVERDUE];
    WmProse *prose = wm_document_prose(document, "");
    if (n_high)
        wm_prose_addf(prose, WM_RUN_STRONG, "%zu of %s %s high after mitigation.", n_high,
                      wm_say_count(document, self->n_risks, "risk"), n_high == 1 || self->n_risks == 1 ? "is" : "are");
    else
        wm_prose_addf(prose, WM_RUN_STRONG, "None of %s is high after mitigation.", wm_say_count(document, self->n_risks, "risk"));
    if (n_late)
        wm_prose_addf(prose, WM_RUN_PLAIN, " %zu review%s %s overdue.", n_late, n_late == 1 ? "" : "s", n_late == 1 ? "is" : "are");
    else
        wm_prose_add(prose, WM_RUN_PLAIN, " No review is overdue.");
    if (self->n_later)
        wm_prose_addf(prose, WM_RUN_PLAIN, " %zu raised after %s %s left out.", self->n_later, wm_say_day(document, self->as_at),
                      self->n_later == 1 ? "is" : "are");
    return prose;
}

static void add_headline(WmDocument *document, const WmRegister *self)
{
    wm_document_heading(document, 2, "headline", "Headline");
    wm_document_paragraph(document, say_headline(document, self));
    add_counts(document, self);
}

static WmProse *say_risk(WmDocument *document, const WmRisk *risk)
{
    WmProse *prose = wm_document_prosef(document, "%s %s", risk->risk, risk->title);
    if (*risk->mitigation) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, risk->mitigation);
    }
    if (*risk->progress) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "Progress: %s", risk->progress);
    }
    return prose;
}

/* "6 High", with the levels in the plan's words below. */
static WmProse *say_score(WmDocument *document, const WmRiskScore *score, const char *likelihood, const char *impact)
{
    WmProse *prose = score->score ? wm_document_prosef(document, "%d %s", score->score, BAND_WORDS[score->band])
                                  : wm_document_prose(document, BAND_WORDS[WM_RISK_UNSCORED]);
    if (*likelihood || *impact) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "%s × %s", *likelihood ? likelihood : "?", *impact ? impact : "?");
    }
    return prose;
}

/* By mitigation, and below it since the last report. */
static WmProse *say_movement(WmDocument *document, const WmRegister *self, const WmRegisteredRisk *one)
{
    const WmRiskScore *now = &one->facts.after, *then = &one->after_then;
    const int movement = one->judgement.movement;
    WmProse *prose = wm_document_prose(document, "");
    if (!one->facts.before.score || !now->score)
        wm_prose_add(prose, WM_RUN_PLAIN, WM_DASH);
    else if (movement == 0)
        wm_prose_add(prose, WM_RUN_PLAIN, "unchanged");
    else
        wm_prose_addf(prose, WM_RUN_PLAIN, "%s by %d", movement < 0 ? "lowered" : "raised", ABS(movement));
    if (then->score && now->score && then->score != now->score) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "%s, was %d on %s", now->score > then->score ? "risen" : "fallen", then->score,
                      wm_say_day(document, self->month->previous_as_at));
    }
    return prose;
}

static WmProse *say_review(WmDocument *document, const WmRegisteredRisk *one)
{
    const WmDay due = one->risk->review_due, reviewed = one->facts.reviewed;
    WmProse *prose = wm_document_prose(document, due == WM_NO_DAY ? WM_DASH : wm_say_day(document, due));
    if (reviewed != WM_NO_DAY) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "last on %s", wm_say_day(document, reviewed));
    }
    return prose;
}

static WmProse *say_before(WmDocument *document, const WmRegisteredRisk *one)
{
    return say_score(document, &one->facts.before, one->levels.likelihood_before, one->levels.impact_before);
}

static WmProse *say_after(WmDocument *document, const WmRegisteredRisk *one)
{
    return say_score(document, &one->facts.after, one->levels.likelihood_after, one->levels.impact_after);
}

static WmProse *say_links(WmDocument *document, const WmRegister *self, const WmRegisteredRisk *one)
{
    WmProse *prose = wm_document_prose(document, one->n_links ? "" : WM_DASH);
    for (size_t i = 0; i < one->n_links; i++) {
        const WmSeries *series = &self->month->series[one->links[i]];
        if (i)
            wm_prose_break(prose);
        wm_prose_add_status(prose, series->assessment.verdict);
        wm_prose_addf(prose, WM_RUN_SMALL, " %s", wm_say_name(document, series));
    }
    return prose;
}

static void add_risks(WmDocument *document, const WmRegister *self)
{
    const WmColumn columns[] = {
        {"Risk and mitigation", WM_ALIGN_START, true}, {"Before", WM_ALIGN_START, false},     {"After", WM_ALIGN_START, false},
        {"Movement", WM_ALIGN_START, false},           {"Review due", WM_ALIGN_START, false}, {"Threatens", WM_ALIGN_START, false}};
    wm_document_heading(document, 2, "risks", "All risks, the highest first");
    WmTable *table = wm_document_table(document, "", columns, G_N_ELEMENTS(columns));
    table->label = "All risks, the highest after mitigation first";
    table->is_dense = true;
    for (size_t i = 0; i < self->n_risks; i++) {
        const WmRegisteredRisk *one = &self->risks[i];
        wm_table_row(document, table,
                     (WmProse *[]){say_risk(document, one->risk), say_before(document, one), say_after(document, one),
                                   say_movement(document, self, one), say_review(document, one), say_links(document, self, one)});
    }
    wm_document_add_table(document, table);
}

#define MAX_DATES 6 /* of scorings in one table: the latest */

/* What each risk was scored after mitigation on a day; the day's own scoring in bold. */
static WmProse *say_scoring(WmDocument *document, const WmRegister *self, const WmRegisteredRisk *one, WmDay day)
{
    const WmRiskLevels levels = wm_plan_risk_levels(self->month->plan, one->risk, day);
    const WmRiskScore score = wm_risk_score_read(levels.likelihood_after, levels.impact_after, self->scale);
    WmProse *prose = wm_document_prose(document, "");
    if ((one->risk->raised != WM_NO_DAY && one->risk->raised > day) || !score.score)
        wm_prose_add(prose, WM_RUN_PLAIN, WM_DASH);
    else
        wm_prose_addf(prose, levels.scored == day ? WM_RUN_STRONG : WM_RUN_PLAIN, "%d %s", score.score, BAND_WORDS[score.band]);
    return prose;
}

static void add_history(WmDocument *document, const WmRegister *self)
{
    WmColumn columns[MAX_DATES + 1] = {{"Risk", WM_ALIGN_START, true}};
    WmProse *cells[MAX_DATES + 1];
    const size_t first = self->n_dates > MAX_DATES ? self->n_dates - MAX_DATES : 0, n = self->n_dates - first;
    if (n == 0)
        return;
    wm_document_heading(document, 2, "history", "Scores after mitigation at each review");
    wm_document_paragraph(document, wm_document_prose(document, "In bold where a risk was scored on the day; otherwise the score "
                                                                "that stood then."))
        ->is_kept = true;
    for (size_t k = 0; k < n; k++)
        columns[k + 1] = (WmColumn){wm_say_day(document, self->dates[first + k]), WM_ALIGN_START, false};
    WmTable *table = wm_document_table(document, "", columns, n + 1);
    table->label = "Scores after mitigation at each review";
    table->is_dense = true;
    for (size_t i = 0; i < self->n_risks; i++) {
        const WmRegisteredRisk *one = &self->risks[i];
        cells[0] = wm_document_prosef(document, "%s %s", one->risk->risk, one->risk->title);
        for (size_t k = 0; k < n; k++)
            cells[k + 1] = say_scoring(document, self, one, self->dates[first + k]);
        wm_table_row(document, table, cells);
    }
    wm_document_add_table(document, table);
}

/* The sentence that is said of each of several risks, word for word; NULL where there is none. */
static const char *find_shared(const WmRegister *self, WmRiskFindingCode code)
{
    const char *shared = NULL;
    for (size_t i = 0; i < self->n_risks; i++)
        for (size_t k = 0; k < self->risks[i].judgement.n_findings; k++) {
            if (self->risks[i].judgement.findings[k].code != code)
                continue;
            if (shared && strcmp(shared, self->risks[i].sentences[k]) != 0)
                return NULL;
            shared = self->risks[i].sentences[k];
        }
    return self->n_findings[code] > 1 ? shared : NULL;
}

static void add_question(WmDocument *document, const WmRegister *self, WmRiskFindingCode code)
{
    if (self->n_findings[code] == 0)
        return;
    wm_document_heading(document, 3, wm_document_id(document, "question", code),
                        wm_document_textf(document, "%s (%zu)", QUESTIONS[code], self->n_findings[code]));
    const char *shared = find_shared(self, code);
    if (shared) {
        g_autofree char *sentence = g_strdup(shared);
        *sentence = g_ascii_toupper(*sentence);
        wm_document_paragraph(document, wm_document_prosef(document, "%s:", sentence))->is_kept = true;
    }
    WmBlock *list = wm_document_list(document);
    for (size_t i = 0; i < self->n_risks; i++)
        for (size_t k = 0; k < self->risks[i].judgement.n_findings; k++) {
            const WmRegisteredRisk *one = &self->risks[i];
            if (one->judgement.findings[k].code != code)
                continue;
            WmProse *item = wm_document_prose(document, "");
            wm_prose_addf(item, WM_RUN_STRONG, "%s %s%s", one->risk->risk, one->risk->title, shared ? "" : ":");
            if (!shared)
                wm_prose_addf(item, WM_RUN_PLAIN, " %s.", one->sentences[k]);
            wm_list_add(list, item);
        }
}

static void add_questions(WmDocument *document, const WmRegister *self)
{
    wm_document_heading(document, 2, "questions", "What to ask");
    size_t n = 0;
    for (int code = 0; code < WM_N_RISK_FINDINGS; code++)
        n += self->n_findings[code];
    if (n == 0)
        wm_document_paragraph(document,
                              wm_document_prose(document, "Every risk is scored, mitigated, reviewed in time and reported on."));
    for (int code = 0; code < WM_N_RISK_FINDINGS; code++)
        add_question(document, self, (WmRiskFindingCode)code);
}

#define MAX_DIGEST 5 /* risks in another paper */

void wm_risk_add_digest(WmDocument *document, const WmMonth *month)
{
    const WmColumn columns[] = {{"Risk", WM_ALIGN_START, true},
                                {"Before", WM_ALIGN_START, false},
                                {"After mitigation", WM_ALIGN_START, false},
                                {"Movement", WM_ALIGN_START, false},
                                {"Review due", WM_ALIGN_START, false}};
    g_autoptr(WmRegister) self = wm_register_new(month);
    WmTable *table = wm_document_table(document, "", columns, G_N_ELEMENTS(columns));
    table->label = "The highest risks after mitigation";
    table->is_dense = true;
    wm_document_paragraph(document, say_headline(document, self))->is_kept = true;
    for (size_t i = 0; i < self->n_risks && i < MAX_DIGEST; i++) {
        const WmRegisteredRisk *one = &self->risks[i];
        wm_table_row(document, table,
                     (WmProse *[]){wm_document_prosef(document, "%s %s", one->risk->risk, one->risk->title),
                                   say_before(document, one), say_after(document, one), say_movement(document, self, one),
                                   say_review(document, one)});
    }
    wm_document_add_table(document, table);
}

WmDocument *wm_report_risks(const WmMonth *month, GError **error)
{
    (void)error;
    g_autoptr(WmRegister) self = wm_register_new(month);
    WmDocument *document = wm_document_for_month(month, "Risk register");
    add_headline(document, self);
    add_questions(document, self);
    add_risks(document, self);
    add_history(document, self);
    wm_document_heading(document, 2, "method", "How risks are scored");
    wm_document_paragraph(
        document, wm_document_prosef(document, "A score is likelihood times impact, each from 1 to %d. %s", self->scale,
                                     self->scale == 3 ? "1 and 2 are low, 3 and 4 moderate, 6 and 9 high."
                                                      : "1 to 3 are low, 4 to 6 moderate, 8 to 12 high, 15 and more extreme."));
    wm_document_add_issued(document, month);
    return document;
}
