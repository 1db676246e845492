/* Actions: what their leads declare, what their dates imply, and where the two disagree. */
#include <waymark/action.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

#define MAX_MARKS 4
#define NO_MARK         \
    {                   \
        NULL, WM_N_RAGS \
    }

typedef struct {
    const char *at;
    WmRag rag;
} Mark;

typedef struct {
    const char *name;
    const char *as_at;
    const char *start, *due, *new_due, *timeline_due; /* NULL: undated */
    const char *status;
    Mark marks[MAX_MARKS];
    double progress;     /* 0: not said */
    const char *barrier; /* NULL: none */
    bool asks_for_change;
    size_t n_unmet, n_unevidenced;
    WmRag implied;
    const char *findings; /* names, each followed by a space */
} JudgeCase;

static WmDay day_of(const char *text)
{
    WmDay day = WM_NO_DAY;
    if (text)
        assert_true(wm_day_parse(text, WM_PERIOD_FINANCIAL_YEAR, &day));
    return day;
}

static const JudgeCase JUDGED[] = {
    {.name = "complete, blue: nothing to ask",
     .as_at = "Dec 2018",
     .due = "May 2018",
     .status = "complete",
     .marks = {{"Mar 2018", WM_GREEN}, {"Jun 2018", WM_BLUE}},
     .implied = WM_BLUE,
     .findings = ""},
    {.name = "green, and nobody in post",
     .as_at = "Dec 2018",
     .due = "Apr 2019",
     .status = "under way",
     .marks = {{"Dec 2018", WM_GREEN}},
     .barrier = "Nobody appointed to lead yet.",
     .implied = WM_GREEN,
     .findings = "post_vacant "},
    {.name = "complete, though the post is vacant by now",
     .as_at = "Dec 2018",
     .due = "May 2018",
     .status = "complete",
     .marks = {{"Jun 2018", WM_BLUE}},
     .barrier = "The post is vacant.",
     .implied = WM_BLUE,
     .findings = ""},
    {.name = "green, not due yet: nothing to ask",
     .as_at = "Dec 2018",
     .due = "Apr 2019",
     .status = "under way",
     .marks = {{"Dec 2018", WM_GREEN}},
     .implied = WM_GREEN,
     .findings = ""},
    {.name = "green after its date is overdue, whatever the lead says",
     .as_at = "Dec 2018",
     .due = "Oct 2018",
     .status = "under way",
     .marks = {{"Dec 2018", WM_GREEN}},
     .implied = WM_RED,
     .findings = "green_past_due overdue "},
    {.name = "three months after its date it is incomplete",
     .as_at = "Dec 2018",
     .due = "Sep 2018",
     .status = "under way",
     .marks = {{"Dec 2018", WM_AMBER}},
     .implied = WM_RED,
     .findings = "overdue incomplete_late "},
    {.name = "due on the as-at is not late",
     .as_at = "Dec 2018",
     .due = "Dec 2018",
     .status = "under way",
     .marks = {{"Dec 2018", WM_GREEN}},
     .implied = WM_GREEN,
     .findings = "due_soon "},
    {.name = "a new date stands in place of the old",
     .as_at = "Dec 2018",
     .due = "Oct 2018",
     .new_due = "Mar 2019",
     .status = "under way",
     .marks = {{"Dec 2018", WM_GREEN}},
     .asks_for_change = true,
     .implied = WM_GREEN,
     .findings = "slipped "},
    {.name = "a change asked for without a date",
     .as_at = "Jan 2025",
     .due = "Mar 2025",
     .status = "under way",
     .marks = {{"Jan 2025", WM_GREEN}},
     .asks_for_change = true,
     .implied = WM_GREEN,
     .findings = "change_undated "},
    {.name = "green while paused",
     .as_at = "Jan 2025",
     .due = "Mar 2026",
     .status = "under way",
     .barrier = "Work is on hold until the post is filled.",
     .marks = {{"Jan 2025", WM_GREEN}},
     .implied = WM_AMBER,
     .findings = "green_paused post_vacant "},
    {.name = "green before anything began",
     .as_at = "Jan 2025",
     .start = "Apr 2025",
     .due = "Mar 2026",
     .status = "not started",
     .marks = {{"Jan 2025", WM_GREEN}},
     .implied = WM_WHITE,
     .findings = "green_not_started "},
    {.name = "not started after its start",
     .as_at = "Jan 2025",
     .start = "Sep 2024",
     .due = "Mar 2026",
     .status = "not started",
     .marks = {{"Jan 2025", WM_WHITE}},
     .implied = WM_AMBER,
     .findings = "started_late "},
    {.name = "blue at 80 per cent",
     .as_at = "Dec 2018",
     .due = "Sep 2018",
     .status = "complete",
     .progress = 80,
     .marks = {{"Dec 2018", WM_BLUE}},
     .implied = WM_BLUE,
     .findings = "blue_unfinished "},
    {.name = "blue while its status says under way",
     .as_at = "Dec 2018",
     .due = "Mar 2019",
     .status = "under way",
     .marks = {{"Dec 2018", WM_BLUE}},
     .implied = WM_GREEN,
     .findings = "blue_unfinished "},
    {.name = "blue while what it should move is short of its target",
     .as_at = "Dec 2018",
     .due = "Sep 2018",
     .status = "complete",
     .marks = {{"Dec 2018", WM_BLUE}},
     .n_unmet = 1,
     .implied = WM_BLUE,
     .findings = "blue_target_unmet "},
    {.name = "blue and nothing measured",
     .as_at = "Dec 2018",
     .due = "Sep 2018",
     .status = "complete",
     .marks = {{"Dec 2018", WM_BLUE}},
     .n_unevidenced = 2,
     .implied = WM_BLUE,
     .findings = "blue_unevidenced "},
    {.name = "neither status nor RAG",
     .as_at = "Jan 2025",
     .due = "Mar 2026",
     .status = "",
     .implied = WM_GREY,
     .findings = "no_status "},
    {.name = "two tables, two dates",
     .as_at = "Dec 2018",
     .due = "Apr 2019",
     .timeline_due = "Sep 2018",
     .status = "under way",
     .marks = {{"Dec 2018", WM_GREEN}},
     .implied = WM_GREEN,
     .findings = "dates_differ "},
    {.name = "green turned amber",
     .as_at = "Dec 2018",
     .due = "Apr 2019",
     .status = "under way, with concern",
     .marks = {{"Sep 2018", WM_GREEN}, {"Dec 2018", WM_AMBER}},
     .implied = WM_GREEN,
     .findings = "went_back "},
    {.name = "complete turned not started",
     .as_at = "Dec 2018",
     .due = "Apr 2019",
     .status = "not started",
     .marks = {{"Sep 2018", WM_BLUE}, {"Dec 2018", WM_WHITE}},
     .implied = WM_WHITE,
     .findings = "went_back "},
    {.name = "ongoing work is never late",
     .as_at = "Dec 2018",
     .due = NULL,
     .status = "under way",
     .marks = {{"Dec 2018", WM_GREEN}},
     .implied = WM_GREEN,
     .findings = ""},
    {.name = "withdrawn: no longer judged",
     .as_at = "Dec 2018",
     .due = "May 2018",
     .status = "cancelled",
     .marks = {{"Sep 2018", WM_RED}},
     .implied = WM_GREY,
     .findings = ""},
    {.name = "seen from before its last mark, the words are not yet true",
     .as_at = "Jun 2018",
     .due = "May 2018",
     .status = "complete",
     .marks = {{"Jun 2018", WM_GREEN}, {"Sep 2018", WM_BLUE}},
     .implied = WM_RED,
     .findings = "green_past_due overdue "},
};

static void an_action_is_judged(void **state)
{
    const JudgeCase *row = *state;
    WmRagMark marks[MAX_MARKS];
    size_t n_marks = 0;
    for (; n_marks < MAX_MARKS && row->marks[n_marks].at; n_marks++)
        marks[n_marks] = (WmRagMark){day_of(row->marks[n_marks].at), row->marks[n_marks].rag};
    const WmActionFacts facts = {
        .start = day_of(row->start),
        .due = day_of(row->due),
        .new_due = day_of(row->new_due),
        .timeline_differs = row->timeline_due != NULL,
        .timeline_due = day_of(row->timeline_due),
        .state = wm_action_state_of(row->status),
        .said = row->barrier ? wm_action_admission_of(row->barrier) : WM_ACTION_NOT_SAID,
        .has_vacant_post = row->barrier && wm_action_is_vacancy(row->barrier),
        .has_change_request = row->asks_for_change,
        .progress_percent = row->progress > 0 ? row->progress : NAN,
        .marks = marks,
        .n_marks = n_marks,
        .n_targets_unmet = row->n_unmet,
        .n_targets_without_value = row->n_unevidenced,
    };
    WmActionJudgement judgement;
    wm_action_judge(&facts, day_of(row->as_at), NULL, &judgement);

    char names[512] = "";
    for (size_t i = 0; i < judgement.n_findings; i++) {
        strcat(names, wm_action_finding_name(judgement.findings[i].code));
        strcat(names, " ");
    }
    assert_string_equal(names, row->findings);
    assert_int_equal(judgement.implied, row->implied);
}

typedef struct {
    const char *name; /* the text itself */
    WmActionState state;
} WordCase;

static const WordCase WORDS[] = {
    {"complete", WM_ACTION_COMPLETE},
    {"Completed", WM_ACTION_COMPLETE},
    {"BLUE - Complete", WM_ACTION_COMPLETE},
    {"Incomplete", WM_ACTION_UNDER_WAY},
    {"not complete", WM_ACTION_UNDER_WAY},
    {"under way, with concern", WM_ACTION_UNDER_WAY},
    {"Pending", WM_ACTION_UNDER_WAY},
    {"NYS", WM_ACTION_NOT_STARTED},
    {"Not yet started", WM_ACTION_NOT_STARTED},
    {"not scheduled yet", WM_ACTION_NOT_STARTED},
    {"On hold", WM_ACTION_PAUSED},
    {"to be resumed after review", WM_ACTION_PAUSED},
    {"cancelled in May", WM_ACTION_WITHDRAWN},
    {"", WM_ACTION_NOT_SAID},
    {"abandoned", WM_ACTION_NOT_SAID}, /* "done" inside a word is not done */
};

static void a_status_in_words_is_understood(void **state)
{
    const WordCase *row = *state;
    assert_int_equal(wm_action_state_of(row->name), row->state);
}

static void a_barrier_admits_what_holds_the_work_up(void **state)
{
    (void)state;
    assert_int_equal(wm_action_admission_of("Stopped until someone is in post."), WM_ACTION_PAUSED);
    assert_int_equal(wm_action_admission_of("Not before the posts are filled."), WM_ACTION_PAUSED);
    assert_int_equal(wm_action_admission_of("Not begun yet."), WM_ACTION_NOT_STARTED);
    assert_int_equal(wm_action_admission_of("Illness slows the replies."), WM_ACTION_NOT_SAID);
}

static void a_due_date_in_words_may_have_no_end(void **state)
{
    (void)state;
    assert_true(wm_action_is_vacancy("Head of Virtual School (pending), Ourland Council"));
    assert_true(wm_action_is_vacancy("Not before the posts are filled."));
    assert_true(wm_action_is_vacancy("Two vacancies in the team"));
    assert_false(wm_action_is_vacancy("Three posts filled"));
    assert_false(wm_action_is_vacancy("Decision pending"));
    assert_true(wm_action_is_recurrent("Ongoing"));
    assert_true(wm_action_is_recurrent("from 2018-04"));
    assert_true(wm_action_is_recurrent("2 or 3 times a year"));
    assert_false(wm_action_is_recurrent("2018-04"));
    assert_false(wm_action_is_recurrent("TBA subject to recommendations"));
}

/* 0 to n - 1. */
static int below(Random *random, int n)
{
    return random_between(random, 0, n - 1);
}

static WmDay random_day(Random *random)
{
    return below(random, 3) == 0 ? WM_NO_DAY : 17000 + below(random, 1500);
}

/* Whatever is said of it: findings stand in order and once each, late means not complete, and more time makes nothing less late. */
static void laws_hold_for_any_action(void **state)
{
    (void)state;
    Random random = {.state = 11};
    for (int round = 0; round < 20000; round++) {
        WmRagMark marks[3];
        for (int i = 0; i < 3; i++)
            marks[i] = (WmRagMark){17000 + 400 * i, (WmRag)below(&random, WM_N_RAGS)};
        const WmActionFacts facts = {.start = random_day(&random),
                                     .due = random_day(&random),
                                     .new_due = random_day(&random),
                                     .timeline_differs = below(&random, 2) == 0,
                                     .timeline_due = random_day(&random),
                                     .is_recurrent = below(&random, 4) == 0,
                                     .state = (WmActionState)below(&random, WM_N_ACTION_STATES),

                                     .said = below(&random, 4) == 0 ? WM_ACTION_PAUSED : WM_ACTION_NOT_SAID,
                                     .has_change_request = below(&random, 2) == 0,
                                     .progress_percent = below(&random, 2) ? (double)NAN : below(&random, 101),
                                     .marks = marks,
                                     .n_marks = (size_t)below(&random, 4),
                                     .n_targets_unmet = (size_t)below(&random, 2)};
        const WmDay as_at = 17900 + below(&random, 500);
        WmActionJudgement now, later;
        wm_action_judge(&facts, as_at, NULL, &now);
        wm_action_judge(&facts, as_at + 100, NULL, &later);
        assert_true(now.n_findings <= WM_MAX_ACTION_FINDINGS);
        for (size_t i = 1; i < now.n_findings; i++)
            assert_true(now.findings[i - 1].code < now.findings[i].code);
        if (now.is_complete)
            assert_int_equal(now.implied, facts.state == WM_ACTION_WITHDRAWN ? WM_GREY : WM_BLUE);
        if (now.implied == WM_RED) {
            assert_false(now.is_complete);
            assert_true(now.due < as_at);
            assert_int_equal(later.implied, WM_RED);
        }
    }
}

int main(void)
{
    ADD_TABLE(JUDGED, an_action_is_judged);
    ADD_TABLE(WORDS, a_status_in_words_is_understood);
    ADD(a_barrier_admits_what_holds_the_work_up);
    ADD(a_due_date_in_words_may_have_no_end);
    ADD(laws_hold_for_any_action);
    return run_cases("action");
}
