/* tests/data/fixture_month.h: from a plan folder to problems, a store and an assessed month, by one call each. */
#ifndef WM_TESTS_DATA_FIXTURE_MONTH_H
#define WM_TESTS_DATA_FIXTURE_MONTH_H

#include "data/fixture_folder.h"

/* Plan: 40% in August 2020 to 52% in August 2021, one indicator; what is given is drops and more. */
#define PCT_PLAN(...)                                                                                          \
    PLAN_FOLDER({"indicators.csv", INDICATORS_HEADER "PCT,Plans on time,T1,percent,%,higher,month,0,100,1\n"}, \
                {"baselines.csv", "indicator,value,as_at\nPCT,40,2020-08\n"},                                  \
                {"targets.csv", "indicator,due,target\nPCT,2021-08,52%\n"}, __VA_ARGS__)

/* A plan that has been read, with what was found; `month` and `store` are there when they were asked for. */
typedef struct {
    WmProblems *problems;
    WmPlan *plan;
    WmStore *store;
    WmMonth *month;
} Loaded;

void loaded_clear(Loaded *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Loaded, loaded_clear)

/* The plan alone; the test fails when it cannot be read. */
Loaded plan_load(const Folder *folder);

/* The plan, read and checked. */
Loaded plan_load_checked(const Folder *folder);

/* The plan with its store, every drop ingested. */
Loaded drops_load(const Folder *folder);

/* The month as at `as_at` (ISO; NULL for the latest drop). */
Loaded month_load(const Folder *folder, const char *as_at);

/* Day of an ISO text. */
WmDay day_of(const char *text);

/* The only series of an indicator, unit and cohort. */
const WmSeries *series_of(const WmMonth *month, const char *indicator, const char *unit, const char *cohort);

size_t problem_count(const WmProblems *problems, const char *code);

/* The first problem of this code; the test fails when there is none. */
const WmProblem *problem_of(const WmProblems *problems, const char *code);

/* Every finding on a line of its own: `file:line:column severity code`. New. */
char *problem_list(const WmProblems *problems, WmSeverity at_least);

#endif
