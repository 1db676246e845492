/* Months that the papers are told from: what is said of actions. */
#include "plot/cmocka_setup.h"

#include "plot/fixture_papers.h"

/* A dozen actions that say nothing: more than are listed one by one. */
MonthFixture *silent_month(void)
{
    static WmAction actions[12];
    MonthFixture *self = fixture_month_full();
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        actions[i] = late_action();
        actions[i].action = i % 2 ? "S1" : "S2";
        actions[i].theme = i < 8 ? "First" : "Second";
        actions[i].status = actions[i].due_text = "";
        actions[i].due = WM_NO_DAY;
    }
    self->plan.actions = actions;
    self->plan.n_actions = G_N_ELEMENTS(actions);
    return self;
}

/* The same dozen, each a month later than the one before. */
MonthFixture *late_month(void)
{
    static WmAction actions[12];
    MonthFixture *self = fixture_month_full();
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        actions[i] = late_action();
        actions[i].due = wm_day_from_date(2021, (int)i % 12 + 1, 28);
    }
    self->plan.actions = actions;
    self->plan.n_actions = G_N_ELEMENTS(actions);
    return self;
}

/* Twelve actions without an end, each with another date in the plan's timeline. */
MonthFixture *dated_month(void)
{
    static WmAction actions[12];
    MonthFixture *self = fixture_month_full();
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        actions[i] = late_action();
        actions[i].due = WM_NO_DAY;
        actions[i].due_text = "from 2018-09";
        actions[i].timeline_due_text = "3 times a year";
    }
    self->plan.actions = actions;
    self->plan.n_actions = G_N_ELEMENTS(actions);
    return self;
}

/* One action, on time and declared red. */
MonthFixture *red_month(void)
{
    static const WmActionRag RED[] = {{.action = "A1", .note = "", .as_at = 18900, .rag = WM_RED}};
    static WmAction action;
    MonthFixture *self = fixture_month_full();
    action = late_action();
    action.due = wm_day_from_date(2023, 6, 30);
    self->plan.actions = &action;
    self->plan.n_actions = 1;
    self->plan.action_rags = RED;
    self->plan.n_action_rags = 1;
    return self;
}

/* Two actions on time, of which one waits for a post to be filled. */
MonthFixture *vacant_month(void)
{
    static WmAction actions[2];
    MonthFixture *self = fixture_month_full();
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        actions[i] = late_action();
        actions[i].action = i ? "V2" : "V1";
        actions[i].due = wm_day_from_date(2023, 6, 30);
        actions[i].barrier = i ? "Until someone is in post." : "";
    }
    self->plan.actions = actions;
    self->plan.n_actions = G_N_ELEMENTS(actions);
    return self;
}

/* One action, which is done. */
MonthFixture *finished_month(void)
{
    static const WmActionRag BLUE[] = {{.action = "A1", .note = "", .as_at = 18900, .rag = WM_BLUE}};
    static WmAction action;
    MonthFixture *self = fixture_month_full();
    action = late_action();
    action.status = "complete";
    self->plan.actions = &action;
    self->plan.n_actions = 1;
    self->plan.action_rags = BLUE;
    self->plan.n_action_rags = 1;
    return self;
}
