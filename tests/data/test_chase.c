/* The chase list: what is due, from whom, by when. */
#include <string.h>
#include <waymark/chase.h>

#include "data/fixture_month.h"

static const char INI[] = "[plan]\ntitle = T\nowner_role = Plan Owner\nstart = 2021-01-01\n[calendar]\nreading_lag_days = 10\n";

static const char INDICATORS[] = "indicator,title,theme,kind,measure_unit,polarity,frequency,owner_role,lag_days,formula\n"
                                 "A,Plans on time,T1,percent,%,higher,month,Head of SEND,,\n"
                                 "B,Weeks waited,T1,duration,weeks,lower,quarter,,45,\n"
                                 "C,Never measured,T2,count,people,lower,month,,,\n"
                                 "D,Made of A,T1,percent,%,higher,month,,,A\n";
static const char THEMES[] = "theme,title,owner_role\nT1,First,Theme Lead\nT2,Second,\n";
static const char TARGETS[] = "indicator,due,target\nA,2021-06,90%\nB,2022-12,10 weeks\n";
static const char BASELINES[] = "indicator,value,as_at\nA,40,2021-01-31\nB,30,2021-01-31\n";
static const char DROP[] = "indicator,period,value\nA,2021-02,41\nA,2021-03,42\nA,2021-04,30\nB,2021-03,30\n";
static const char COMMENTARY[] =
    "indicator,as_at,explanation,recovery,recovery_due\nA,2021-05-25,Posts empty,Fill them,2021-05-30\n";
static const char ACTIONS[] = "action,theme,title,owner_role,start,due,status\n"
                              "X1,T1,Do it,Action Lead,2021-01,2021-04,under way\n"
                              "X2,T2,Done,Action Lead,2021-01,2021-04,complete\n"
                              "X3,T2,For ever,Action Lead,2021-01,ongoing,under way\n";
static const char RISKS[] =
    "risk,title,review_due,reviewed\nR1,Staff leave,2021-05-01,2021-03-01\nR2,Reviewed,2021-05-01,2021-05-02\n"
    "R3,Reviewed a little early,2021-06-30,2021-05-30\n";
static const char MILESTONES[] =
    "milestone,theme,title,due,done\nM1,T1,Publish it,2021-06-30,\nM2,T1,Published,2021-04-30,2021-04-20\n";
static const char EVIDENCE_ITEMS[] =
    "item,title,theme,every_months,first_due\nQ1,Complaints,T1,3,\nQ2,Inspections,T2,6,2021-06-30\n"
    "Q3,Case studies,T1,,\nQ4,Themes,T1,2,\n";
static const char EVIDENCE[] =
    "theme,as_at,kind,summary,item\nT1,2021-02-28,complaints,Late plans,Q1\nT1,2021-06-30,complaints,Later,Q1\n";
static const char OVERRIDES[] =
    "indicator,status,reason,by_role,from,expires\nB,amber,Data checked,Analyst,2021-05-01,2021-06-15\n";

typedef struct {
    Folder folder;
    Loaded loaded;
    WmChase *self;
} Chased;

static void chased_clear(Chased *self)
{
    wm_chase_free(self->self);
    loaded_clear(&self->loaded);
    folder_clear(&self->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Chased, chased_clear)

/* As at 31 May 2021; `commentary` is the file's text. */
static Chased chase_of(const char *commentary)
{
    Chased out = {.folder = PLAN_FOLDER({"plan.ini", INI}, {"indicators.csv", INDICATORS}, {"themes.csv", THEMES},
                                        {"targets.csv", TARGETS}, {"baselines.csv", BASELINES}, {"commentary.csv", commentary},
                                        {"actions.csv", ACTIONS}, {"risks.csv", RISKS}, {"milestones.csv", MILESTONES},
                                        {"overrides.csv", OVERRIDES}, {"evidence.csv", EVIDENCE},
                                        {"evidence_items.csv", EVIDENCE_ITEMS}, {"units.csv", NULL}, {"comparators.csv", NULL},
                                        {"events.csv", NULL}, {"drops/2021-05-20/x.csv", DROP})};
    out.loaded = month_load(&out.folder, "2021-05-31");
    out.self = wm_chase_new(out.loaded.month);
    return out;
}

static const WmChaseItem *item_of(const WmChase *self, WmChaseKind kind, const char *id)
{
    for (size_t i = 0; i < self->n_items; i++)
        if (self->items[i].kind == kind && strcmp(self->items[i].id, id) == 0)
            return &self->items[i];
    return NULL;
}

typedef struct {
    const char *name;
    WmChaseKind kind;
    const char *id, *due, *owner_role, *text; /* due NULL: not on the list */
} ItemCase;

static const ItemCase ITEMS[] = {
    {"a reading is due a lag after its period", WM_CHASE_READING, "A", "2021-06-10", "Head of SEND",
     "May 2021; the latest is for Apr 2021"},
    {"its own lag stands before the plan's", WM_CHASE_READING, "B", "2021-08-14", "Theme Lead",
     "Q1 2021/22; the latest is for Mar 2021"},
    {"what has never come is overdue since the start", WM_CHASE_FIRST_READING, "C", "2021-02-10", "Plan Owner",
     "no reading has come yet"},
    {"what is made of others is not asked for", WM_CHASE_READING, "D", NULL, NULL, NULL},
    {"a passed recovery date is overdue", WM_CHASE_RECOVERY, "A", "2021-05-30", "Head of SEND", "Fill them"},
    {"an explained exception needs no explanation", WM_CHASE_COMMENTARY, "A", NULL, NULL, NULL},
    {"a milestone ahead says where it stands", WM_CHASE_MILESTONE, "A", "2021-06-30", "Head of SEND", "90%; now 30.0%"},
    {"a milestone beyond the horizon is not listed", WM_CHASE_MILESTONE, "B", NULL, NULL, NULL},
    {"an action past its date", WM_CHASE_ACTION, "X1", "2021-04-30", "Action Lead", "to be completed; no status is declared"},
    {"a complete action is not chased", WM_CHASE_ACTION, "X2", NULL, NULL, NULL},
    {"an action without an end is not chased", WM_CHASE_ACTION, "X3", NULL, NULL, NULL},
    {"a review that is due again", WM_CHASE_RISK_REVIEW, "R1", "2021-05-01", "Plan Owner", "last reviewed on 1 Mar 2021"},
    {"the review of a later day is not known yet", WM_CHASE_RISK_REVIEW, "R2", NULL, NULL, NULL},
    {"a deliverable to come", WM_CHASE_DELIVERABLE, "M1", "2021-06-30", "Theme Lead", "to be done, or its day of completion given"},
    {"a deliverable that is done", WM_CHASE_DELIVERABLE, "M2", NULL, NULL, NULL},
    {"evidence is due so many months after the last of it", WM_CHASE_EVIDENCE, "Q1", "2021-05-31", "Theme Lead",
     "every 3 months; the last is of 28 Feb 2021"},
    {"evidence begins on the day that the plan says", WM_CHASE_EVIDENCE, "Q2", "2021-06-30", "Plan Owner",
     "none has been recorded yet"},
    {"evidence begins so many months after the start", WM_CHASE_EVIDENCE, "Q4", "2021-03-31", "Theme Lead",
     "none has been recorded yet"},
    {"evidence without a pace is not chased", WM_CHASE_EVIDENCE, "Q3", NULL, NULL, NULL},
    {"an override that runs out", WM_CHASE_OVERRIDE, "B", "2021-06-15", "Analyst", "the status set to amber runs out"},
};

static void is_listed(void **state)
{
    const ItemCase *row = *state;
    g_auto(Chased) out = chase_of(COMMENTARY);
    const WmChaseItem *item = item_of(out.self, row->kind, row->id);
    if (!row->due) {
        assert_null(item);
        return;
    }
    assert_non_null(item);
    assert_int_equal(item->due, day_of(row->due));
    assert_int_equal(item->days, day_of(row->due) - day_of("2021-05-31"));
    assert_string_equal(item->owner_role, row->owner_role);
    assert_string_equal(item->text, row->text);
}

static void an_unexplained_exception_is_overdue_since_it_was_raised(void **state)
{
    (void)state;
    g_auto(Chased) out = chase_of("indicator,as_at,explanation\n");
    const WmChaseItem *item = item_of(out.self, WM_CHASE_COMMENTARY, "A");
    assert_non_null(item);
    assert_int_equal(item->due, day_of("2021-05-20"));
    assert_int_equal(item->days, -11);
    assert_null(item_of(out.self, WM_CHASE_RECOVERY, "A"));
}

/* A council that closed in March owes nothing of April; its successor does. */
static void a_unit_that_has_closed_owes_no_reading(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"units.csv", "unit,name,from,to\nOLD,Old,,2021-03-31\nNEW,New,2021-04-01,\n"},
        {"indicators.csv", "indicator,title,kind,measure_unit,frequency\nA,Plans on time,percent,%,month\n"}, {"targets.csv", NULL},
        {"baselines.csv", NULL}, {"comparators.csv", NULL}, {"events.csv", NULL},
        {"drops/2021-05-20/x.csv", "indicator,unit,period,value\nA,OLD,2021-02,41\nA,OLD,2021-03,42\nA,NEW,2021-04,43\n"});
    g_auto(Loaded) loaded = month_load(&folder, "2021-07-31");
    g_autoptr(WmChase) chase = wm_chase_new(loaded.month);
    size_t n_of_new = 0;
    for (size_t i = 0; i < chase->n_items; i++) {
        assert_string_not_equal(chase->items[i].unit, "OLD");
        n_of_new += chase->items[i].kind == WM_CHASE_READING && strcmp(chase->items[i].unit, "NEW") == 0;
    }
    assert_int_equal(n_of_new, 1);
}

static void the_list_is_in_order_of_date_and_within_the_horizon(void **state)
{
    (void)state;
    g_auto(Chased) out = chase_of(COMMENTARY);
    size_t n_overdue = 0;
    for (size_t i = 0; i < out.self->n_items; i++) {
        assert_true(i == 0 || out.self->items[i - 1].due <= out.self->items[i].due);
        assert_true(out.self->items[i].days <= WM_CHASE_AHEAD_DAYS);
        n_overdue += out.self->items[i].days < 0;
    }
    assert_int_equal(n_overdue, out.self->n_overdue);
    g_autofree char *csv = wm_chase_to_csv(out.self);
    assert_contains(csv, "2021-05-30,-1,recovery,A,,,Plans on time,Head of SEND,Fill them\n");
}

int main(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(ITEMS); i++)
        add_case(ITEMS[i].name, is_listed, &ITEMS[i]);
    ADD(an_unexplained_exception_is_overdue_since_it_was_raised);
    ADD(a_unit_that_has_closed_owes_no_reading);
    ADD(the_list_is_in_order_of_date_and_within_the_horizon);
    return run_cases("chase");
}
