/* The risk register of the accelerated progress plan, as printed in May 2023, and what time adds to it. */
#include <string.h>
#include <waymark/register.h>

#include "data/fixture_month.h"

typedef struct {
    Folder folder;
    Loaded loaded;
    WmRegister *self;
} Registered;

static void registered_clear(Registered *self)
{
    wm_register_free(self->self);
    loaded_clear(&self->loaded);
    folder_clear(&self->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Registered, registered_clear)

static Registered register_of(Folder folder, const char *as_at)
{
    Registered out = {.folder = folder};
    out.loaded = month_load(&out.folder, as_at);
    out.self = wm_register_new(out.loaded.month);
    return out;
}

static const WmRegisteredRisk *risk_of(const WmRegister *self, const char *id)
{
    for (size_t i = 0; i < self->n_risks; i++)
        if (strcmp(self->risks[i].risk->risk, id) == 0)
            return &self->risks[i];
    fail_msg("no risk %s", id);
    return NULL;
}

static void scores_are_those_of_the_printed_words(void **state)
{
    (void)state;
    g_auto(Registered) out = register_of(dataset_folder_new("somerset-app-2023"), "2023-05-31");
    assert_int_equal(out.self->scale, 3);
    assert_int_equal(out.self->n_risks, 8);
    assert_int_equal(risk_of(out.self, "APP-R02")->facts.before.score, 6); /* Medium × High */
    assert_int_equal(risk_of(out.self, "APP-R02")->facts.after.score, 2);  /* Low × Medium */
    assert_int_equal(risk_of(out.self, "APP-R02")->judgement.movement, -4);
    assert_int_equal(out.self->n_before[WM_RISK_HIGH], 6);
    assert_int_equal(out.self->n_after[WM_RISK_HIGH], 0);
    assert_int_equal(out.self->n_findings[WM_RISK_REVIEW_OVERDUE], 0);
}

static void a_review_falls_overdue_after_three_months(void **state)
{
    (void)state;
    g_auto(Registered) out = register_of(dataset_folder_new("somerset-app-2023"), "2023-06-30");
    assert_int_equal(out.self->n_findings[WM_RISK_REVIEW_OVERDUE], 7); /* the eighth was raised in April: due in July */
    assert_string_equal(risk_of(out.self, "APP-R01")->sentences[0], "its review was due on 21 Jun 2023, 9 days ago");
}

static void a_risk_raised_later_is_not_known_yet(void **state)
{
    (void)state;
    g_auto(Registered) out = register_of(dataset_folder_new("somerset-app-2023"), "2023-03-31");
    assert_int_equal(out.self->n_risks, 7);
    assert_int_equal(out.self->n_later, 1);
}

static void the_highest_after_mitigation_comes_first(void **state)
{
    (void)state;
    g_auto(Registered) out = register_of(dataset_folder_new("somerset-app-2023"), "2023-05-31");
    for (size_t i = 1; i < out.self->n_risks; i++)
        assert_true(out.self->risks[i - 1].facts.after.score >= out.self->risks[i].facts.after.score);
}

static const char RISKS[] =
    "risk,title,likelihood_before,impact_before,mitigation,likelihood_after,impact_after,progress,indicators\n"
    "R1,\"=cmd|' /C calc'!A0\",Very high,High,Do something,Medium,Low,Begun,PCT\n"
    "R2,No words for it,,,,,,,NOPE\n";

static void one_word_of_five_puts_the_register_on_five_steps(void **state)
{
    (void)state;
    g_auto(Registered) out =
        register_of(PLAN_FOLDER({"risks.csv", RISKS}, {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,41,,,,\n"}), NULL);
    assert_int_equal(out.self->scale, 5);
    assert_int_equal(risk_of(out.self, "R1")->facts.before.band, WM_RISK_EXTREME); /* 5 × 4 */
    assert_int_equal(risk_of(out.self, "R1")->facts.after.score, 6);               /* 3 × 2 */
    assert_int_equal(risk_of(out.self, "R1")->n_links, 1);
    assert_int_equal(risk_of(out.self, "R2")->facts.after.band, WM_RISK_UNSCORED);
    assert_int_equal(risk_of(out.self, "R2")->n_links, 0);
}

static void csv_has_a_row_a_risk(void **state)
{
    (void)state;
    g_auto(Registered) out = register_of(dataset_folder_new("somerset-app-2023"), "2023-06-30");
    g_autofree char *csv = wm_register_to_csv(out.self);
    assert_contains(csv, "risk,title,as_at,score_before,band_before,score_after,band_after,movement,scored,score_after_then,"
                         "change_after,review_due,reviewed,findings,"
                         "sentences\n");
    assert_contains(csv, "APP-R02,Partners pull in different directions,2023-06-30,6,high,2,low,-4,2023-03-21,2,0,2023-06-21,,"
                         "review_overdue");
}

static const char SCORED[] =
    "risk,title,raised,likelihood_before,impact_before,mitigation,likelihood_after,impact_after,review_due,"
    "reviewed,progress\nR1,Staff leave,2021-01-10,High,High,Pay,Medium,Medium,2021-03-31,,Begun\n";
static const char SCORES[] = "risk,as_at,likelihood_before,impact_before,likelihood_after,impact_after\n"
                             "R1,2021-05-20,,,High,\nR1,2021-03-31,,,Low,Medium\nR1,2021-09-30,Low,Low,Low,Low\n";

typedef struct {
    const char *name, *as_at;
    int before, after, then; /* then: after mitigation at the as-at before; 0 unscored */
    const char *scored, *findings;
} ScoringCase;

/* Drops of 28 February and 30 April 2021; the as-at before is the drop before. */
static const ScoringCase SCORINGS[] = {
    {"before any scoring those of the register stand", "2021-02-28", 9, 4, 0, "2021-01-10", "no_progress"},
    {"a scoring replaces what it says, and is a review", "2021-04-30", 9, 2, 4, "2021-03-31", ""},
    {"what rises since the scoring before is asked about", "2021-05-31", 9, 6, 2, "2021-05-20", "risen"},
    {"a scoring to come is not known", "2021-09-29", 9, 6, 2, "2021-05-20", "risen"},
};

static void scores_are_those_of_the_as_at(void **state)
{
    const ScoringCase *row = *state;
    g_auto(Registered) out = register_of(PLAN_FOLDER({"risks.csv", SCORED}, {"risk_scores.csv", SCORES},
                                                     {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,41,,,,\n"},
                                                     {"drops/2021-04-30/x.csv", DROP_HEADER "PCT,,,Mar-21,42,,,,\n"}),
                                         row->as_at);
    const WmRegisteredRisk *risk = risk_of(out.self, "R1");
    assert_int_equal(risk->facts.before.score, row->before);
    assert_int_equal(risk->facts.after.score, row->after);
    assert_int_equal(risk->after_then.score, row->then);
    assert_int_equal(risk->levels.scored, day_of(row->scored));
    g_autofree char *csv = wm_register_to_csv(out.self);
    g_autofree char *findings = g_strdup_printf(",%s,", row->findings);
    if (strcmp(row->findings, "no_progress") != 0)
        assert_contains(csv, findings);
    assert_int_equal(out.self->n_findings[WM_RISK_RISEN], strcmp(row->findings, "risen") == 0);
}

int main(void)
{
    ADD_TABLE(SCORINGS, scores_are_those_of_the_as_at);
    ADD(scores_are_those_of_the_printed_words);
    ADD(a_review_falls_overdue_after_three_months);
    ADD(a_risk_raised_later_is_not_known_yet);
    ADD(the_highest_after_mitigation_comes_first);
    ADD(one_word_of_five_puts_the_register_on_five_steps);
    ADD(csv_has_a_row_a_risk);
    return run_cases("register");
}
