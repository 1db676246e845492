/* The tracker finds in the published plans what a sharp reader finds in them: counts taken by hand from the register. */
#include <string.h>
#include <waymark/tracker.h>

#include "data/fixture_month.h"

typedef struct {
    Folder folder;
    Loaded loaded;
    WmTracker *tracker;
} Tracked;

static void tracked_clear(Tracked *self)
{
    wm_tracker_free(self->tracker);
    loaded_clear(&self->loaded);
    folder_clear(&self->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tracked, tracked_clear)

static Tracked track_dataset(const char *name, const char *as_at)
{
    Tracked self = {.folder = dataset_folder_new(name)};
    self.loaded = month_load(&self.folder, as_at);
    self.tracker = wm_tracker_new(self.loaded.month);
    return self;
}

typedef struct {
    const char *name;
    const char *dataset, *as_at; /* NULL: its latest drop */
    WmActionFindingCode code;
    size_t n;
    const char *one_of_them; /* an action that must be among them */
} FindingCase;

#define SG  "south-glos-wsoa-2018", NULL
#define TRK "somerset-tracker-2025", NULL

static const FindingCase FINDINGS[] = {
    {"19 of 104 timeline entries disagree with the action table", SG, WM_ACTION_DATES_DIFFER, 19, "SG-7.4.2b"},
    {"Blue at 80% against 90%", SG, WM_ACTION_BLUE_TARGET_UNMET, 1, "SG-4.1.1"},
    {"Blue without a figure", SG, WM_ACTION_BLUE_UNEVIDENCED, 2, "SG-7.3.2"},
    {"Green after the date for delivery", SG, WM_ACTION_GREEN_PAST_DUE, 35, "SG-1.4.2a"},
    {"Green after the date for delivery, therapy", SG, WM_ACTION_GREEN_PAST_DUE, 35, "SG-4.1.5"},
    {"Green after the date for delivery, mental health", SG, WM_ACTION_GREEN_PAST_DUE, 35, "SG-5.1.3"},
    {"a date revised in the narrative alone", SG, WM_ACTION_SLIPPED, 1, "SG-1.5.3"},
    {"Green turned Amber by September", "south-glos-wsoa-2018", "2018-09-30", WM_ACTION_WENT_BACK, 3, "SG-7.5.1"},
    {"no status given", TRK, WM_ACTION_NO_STATUS, 2, "TRK-PF-11"},
    {"Green though paused", TRK, WM_ACTION_GREEN_PAUSED, 5, "TRK-RS-02"},
    {"Green though not started", TRK, WM_ACTION_GREEN_NOT_STARTED, 1, "TRK-WT-17"},
    {"a post that nobody holds", TRK, WM_ACTION_POST_VACANT, 16, "TRK-RS-22"},
    {"a change request without a new date", TRK, WM_ACTION_CHANGE_UNDATED, 2, "TRK-PF-02"},
};

static gboolean has_finding(const WmTrackedAction *action, WmActionFindingCode code)
{
    for (size_t i = 0; i < action->judgement.n_findings; i++)
        if (action->judgement.findings[i].code == code)
            return TRUE;
    return FALSE;
}

static void a_plan_is_read_sharply(void **state)
{
    const FindingCase *row = *state;
    g_auto(Tracked) self = track_dataset(row->dataset, row->as_at);
    gboolean is_among = FALSE;
    for (size_t i = 0; i < self.tracker->n_actions; i++)
        is_among |= strcmp(self.tracker->actions[i].action->action, row->one_of_them) == 0 &&
                    has_finding(&self.tracker->actions[i], row->code);
    assert_true(is_among);
    assert_int_equal(self.tracker->n_findings[row->code], row->n);
}

/* 120 actions at four dates: 480 marks, each where the plan's table has it. */
static void history_is_the_plan_s_own(void **state)
{
    (void)state;
    g_auto(Tracked) self = track_dataset("south-glos-wsoa-2018", NULL);
    const WmPlan *plan = self.loaded.plan;
    assert_int_equal(self.tracker->n_actions, 120);
    assert_int_equal(self.tracker->n_dates, 4);
    assert_int_equal(plan->n_action_rags, 480);
    for (size_t i = 0; i < plan->n_action_rags; i++) {
        const WmTrackedAction *found = NULL;
        for (size_t k = 0; k < self.tracker->n_actions && !found; k++)
            if (strcmp(self.tracker->actions[k].action->action, plan->action_rags[i].action) == 0)
                found = &self.tracker->actions[k];
        assert_non_null(found);
        assert_int_equal(wm_tracked_action_at(found, plan->action_rags[i].as_at), plan->action_rags[i].rag);
    }
}

/* How many of each are declared at a date, counted in the register's table of what the two documents print. */
typedef struct {
    const char *name, *dataset, *as_at, *date;
    size_t n[WM_N_RAGS]; /* grey: no status printed */
} HistoryCase;

static const HistoryCase HISTORIES[] = {
    {"South Gloucestershire in March 2018", SG, "2018-03-31", {[WM_BLUE] = 5, [WM_GREEN] = 72, [WM_AMBER] = 14, [WM_WHITE] = 29}},
    {"South Gloucestershire in June 2018", SG, "2018-06-30", {[WM_BLUE] = 23, [WM_GREEN] = 65, [WM_AMBER] = 20, [WM_WHITE] = 12}},
    {"South Gloucestershire in September 2018",
     SG,
     "2018-09-30",
     {[WM_BLUE] = 25, [WM_GREEN] = 73, [WM_AMBER] = 14, [WM_WHITE] = 8}},
    {"South Gloucestershire in December 2018", SG, "2018-12-31", {[WM_BLUE] = 42, [WM_GREEN] = 69, [WM_AMBER] = 6, [WM_WHITE] = 3}},
    {"Somerset's tracker in January 2025",
     TRK,
     "2025-01-31",
     {[WM_BLUE] = 3, [WM_GREEN] = 62, [WM_AMBER] = 6, [WM_RED] = 1, [WM_GREY] = 2}},
};

static void counts_are_the_register_s(void **state)
{
    const HistoryCase *row = *state;
    g_auto(Tracked) self = track_dataset(row->dataset, row->as_at);
    size_t n[WM_N_RAGS + 1] = {0};
    for (size_t i = 0; i < self.tracker->n_actions; i++)
        n[wm_tracked_action_at(&self.tracker->actions[i], day_of(row->date))]++;
    for (int rag = 0; rag < WM_N_RAGS; rag++)
        assert_int_equal(n[rag], row->n[rag]);
    assert_int_equal(n[WM_N_RAGS], 0);
}

/* As at June nobody knew of September: no later mark, date or status shows. */
static void the_past_does_not_know_the_future(void **state)
{
    (void)state;
    g_auto(Tracked) self = track_dataset("south-glos-wsoa-2018", "2018-06-30");
    assert_int_equal(self.tracker->n_dates, 2);
    for (size_t i = 0; i < self.tracker->n_actions; i++)
        assert_true(self.tracker->actions[i].judgement.declared_at <= day_of("2018-06-30"));
}

static const char ACTIONS[] = "action,title,start,due,status,indicators\n"
                              "A1,Moves the share,2020-11,2021-12,under way,PCT\n"
                              "A2,Names what is not there,2020-11,2021-12,under way,PCT NOPE\n";

static const char DROP[] = DROP_HEADER "PCT,,,Oct-20,40,,,,\nPCT,,,Nov-20,41,,,,\nPCT,,,Dec-20,42,,,,\nPCT,,,Jan-21,46,,,,\n";

static void a_move_is_counted_from_the_last_reading_by_the_start(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"actions.csv", ACTIONS}, {"drops/2021-02-28/x.csv", DROP});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(WmTracker) tracker = wm_tracker_new(loaded.month);
    const WmActionLink *link = &tracker->actions[0].links[0];
    assert_float_equal(link->was, 41, 0);
    assert_float_equal(link->change, 5, 0);
    assert_int_equal(tracker->actions[1].n_links, 1);
    assert_int_equal(tracker->actions[1].n_unknown_links, 1);
}

static void csv_has_a_row_an_action(void **state)
{
    (void)state;
    g_auto(Tracked) self = track_dataset("somerset-tracker-2025", NULL);
    g_autofree char *csv = wm_tracker_to_csv(self.tracker);
    assert_contains(csv, "action,theme,title,owner_role,start,due,new_due,status,as_at,declared,declared_at,before,implied,"
                         "findings,sentences\n");
    assert_contains(csv, "TRK-RS-02,TRK-RS,Fair access rules agreed,");
    assert_contains(csv, "waits for a post to be filled: Head of SEND Assessment and Review (pending), Somerset Council");
    /* in the plan's own words, as a clause, and once: what cannot begin has not paused */
    assert_contains(csv, ",is declared Green although it is held up: “Not before the posts are filled”; waits for a post to be "
                         "filled\n");
    assert_contains(csv, ",green,2025-01-31,,amber,green_paused,is declared Green although it is held up: “Stalled: nothing more "
                         "was done”\n");
}

/* C waits for A, which is late, for B, which ends after it, for D, which is complete, and for itself. */
static void an_action_waits_for_what_is_late(void **state)
{
    (void)state;
    Tracked self = {.folder = PLAN_FOLDER(
                        {"plan.ini", "[plan]\ntitle = T\narea = Ourland\n"},
                        {"indicators.csv", INDICATORS_HEADER "PCT,Plans on time,T1,percent,%,higher,month,0,100,1\n"},
                        {"actions.csv", "action,title,due,status,waits_for\nC,Open,2021-06-30,under way,\"A, B D C\"\n"
                                        "A,Hire,2021-01-31,under way,\nB,Build,2021-09-30,under way,\nD,Plan,2020-12-31,complete,\n"
                                        "E,Write,2021-09-30,under way,B\n"},
                        {"drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Jan-21,50,,,,\n"})};
    self.loaded = month_load(&self.folder, "2021-03-31");
    self.tracker = wm_tracker_new(self.loaded.month);
    assert_int_equal(self.tracker->n_findings[WM_ACTION_WAITS_LATE], 1);
    const WmTrackedAction *one = &self.tracker->actions[0];
    assert_int_equal(one->facts.n_waits_late, 2);
    assert_string_equal(one->sentences[one->judgement.n_findings - 1],
                        "waits for A, which was due by Jan 2021; B, due by Sep 2021 and so after it");
    tracked_clear(&self);
}

int main(void)
{
    ADD_TABLE(FINDINGS, a_plan_is_read_sharply);
    ADD(history_is_the_plan_s_own);
    ADD_TABLE(HISTORIES, counts_are_the_register_s);
    ADD(the_past_does_not_know_the_future);
    ADD(a_move_is_counted_from_the_last_reading_by_the_start);
    ADD(csv_has_a_row_an_action);
    ADD(an_action_waits_for_what_is_late);
    return run_cases("tracker");
}
