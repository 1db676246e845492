/* The default policy, and how a status is held against noise. */
#include <waymark/assess.h>

#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

#define ALL_STATUSES (1u << WM_RED | 1u << WM_AMBER | 1u << WM_GREEN)

typedef struct {
    const char *name;
    const char *evidence; /* a word a day: R, A or G, then ~ within noise of every status, + or - a signal, * a rule, = the same
                             reading as the day before, ? another milestone */
    const char *shown;    /* a letter a day */
} HoldCase;

static const HoldCase HOLDS[] = {
    {"the first day stands", "A~", "A"},
    {"what is within noise is held", "G A~ G A~ G", "GGGGG"},
    {"what is beyond noise is taken", "G A R G", "GARG"},
    {"three readings in a row move it, however small", "G A~ A~ A~ A~", "GGGAA"},
    {"the side counts, not the colour", "G A~ R~ A~", "GGGA"},
    {"a reading for the shown status starts the count again", "G A~ A~ G~ A~ A~ A~", "GGGGGGA"},
    {"a reading for the other side does so too", "A G~ G~ R~ G~ G~ G~", "AAAAAAG"},
    {"a delivery without a new reading counts for nothing", "G A~ A~= A~= A~= A~", "GGGGGG"},
    {"a signal that way counts for two", "G A~- A~", "GGA"},
    {"a signal the other way does not", "G A~+ A~+ A~", "GGGA"},
    {"a better signal counts too", "R G~ G~+", "RRG"},
    {"a rule stands", "G R*~ R*~", "GRR"},
    {"after a rule the evidence stands", "G R*~ G~", "GRG"},
    {"another milestone is another question", "G R~?", "GR"},
    {"a held status keeps its colour through noise on both sides", "A G~ R~ G~ R~", "AAAAA"},
};

static WmRag rag_of(char letter)
{
    return letter == 'R' ? WM_RED : letter == 'A' ? WM_AMBER : WM_GREEN;
}

static char letter_of(WmRag rag)
{
    return rag == WM_RED ? 'R' : rag == WM_AMBER ? 'A' : 'G';
}

/* Days of evidence; returns how many. */
static size_t read_days(const char *text, WmStatusEvidence *out)
{
    size_t n = 0;
    int reading = 0;
    WmDay due = 1000;
    for (const char *at = text; *at; at++) {
        if (*at == ' ')
            continue;
        WmStatusEvidence day = {.verdict = {rag_of(*at), WM_PLAIN}};
        day.within_noise = 1u << day.verdict.status;
        bool is_new = true;
        for (; at[1] && at[1] != ' '; at++) {
            day.within_noise = at[1] == '~' ? ALL_STATUSES : day.within_noise;
            day.signal = at[1] == '+' ? 1 : at[1] == '-' ? -1 : day.signal;
            day.is_ruled = day.is_ruled || at[1] == '*';
            is_new = is_new && at[1] != '=';
            due += at[1] == '?';
        }
        reading += is_new;
        day.period = wm_period_step(period_of("Jan 2020"), reading);
        day.due = due;
        out[n++] = day;
    }
    return n;
}

static void shows(void **state)
{
    const HoldCase *row = *state;
    WmPolicy policy = wm_policy_default();
    policy.hold_readings = 3;
    WmStatusEvidence days[32];
    char shown[33] = "";
    const size_t n = read_days(row->evidence, days);
    for (size_t i = 0; i < n; i++) {
        const WmStanding standing = wm_policy_hold(&policy, days, i + 1);
        shown[i] = letter_of(standing.verdict.status);
        assert_int_equal(standing.is_held, standing.verdict.status != days[i].verdict.status);
    }
    assert_string_equal(shown, row->shown);
}

/* Six months are two quarters; a year's reading waits for a second one. */
static void longer_periods_wait_for_fewer_readings(void **state)
{
    (void)state;
    static const struct {
        WmPeriodKind kind;
        int n_until;
    } CASES[] = {{WM_PERIOD_MONTH, 6}, {WM_PERIOD_CALENDAR_QUARTER, 2}, {WM_PERIOD_YEAR, 2}};
    WmPolicy policy = wm_policy_default();
    policy.hold_readings = 6;
    for (size_t i = 0; i < N_ELEMENTS(CASES); i++) {
        WmStatusEvidence days[8] = {{.verdict = {WM_GREEN, WM_PLAIN}}};
        int n = 0;
        for (int k = 1; k < 8; k++) {
            days[k] = (WmStatusEvidence){.verdict = {WM_AMBER, WM_PLAIN}, .within_noise = ALL_STATUSES};
            days[k].period = wm_period_step(wm_period_containing(CASES[i].kind, day_of("Jan 2020")), k);
            const WmStanding standing = wm_policy_hold(&policy, days, (size_t)k + 1);
            n += standing.is_held;
            assert_int_equal(standing.n_awaited, k < CASES[i].n_until ? CASES[i].n_until - k : 0);
        }
        assert_int_equal(n + 1, CASES[i].n_until);
    }
}

/* A signal is worth a second reading of a monthly measure; a year's or a quarter's never moves a status by itself. */
static void one_reading_of_a_longer_period_moves_nothing_even_as_a_signal(void **state)
{
    (void)state;
    static const struct {
        WmPeriodKind kind;
        int n_until;
    } CASES[] = {{WM_PERIOD_MONTH, 3}, {WM_PERIOD_CALENDAR_QUARTER, 2}, {WM_PERIOD_YEAR, 2}};
    const WmPolicy policy = wm_policy_default();
    for (size_t i = 0; i < N_ELEMENTS(CASES); i++) {
        WmStatusEvidence days[5] = {{.verdict = {WM_GREEN, WM_PLAIN}}};
        for (int k = 1; k < 5; k++) {
            days[k] = (WmStatusEvidence){.verdict = {WM_AMBER, WM_PLAIN}, .within_noise = ALL_STATUSES, .signal = -1};
            days[k].period = wm_period_step(wm_period_containing(CASES[i].kind, day_of("Jan 2020")), k);
            assert_int_equal(wm_policy_hold(&policy, days, (size_t)k + 1).is_held, k < CASES[i].n_until);
        }
    }
}

static void no_past_is_grey(void **state)
{
    (void)state;
    const WmPolicy policy = wm_policy_default();
    assert_int_equal(wm_policy_hold(&policy, NULL, 0).verdict.status, WM_GREY);
}

static void the_mark_of_the_same_status_follows_the_evidence(void **state)
{
    (void)state;
    const WmPolicy policy = wm_policy_default();
    WmStatusEvidence days[2] = {{.verdict = {WM_GREEN, WM_PLAIN}}, {.verdict = {WM_GREEN, WM_WATCH}}};
    assert_int_equal(wm_policy_hold(&policy, days, 2).verdict.mark, WM_WATCH);
    days[1] = (WmStatusEvidence){.verdict = {WM_AMBER, WM_EARLY_WARNING}, .within_noise = ALL_STATUSES};
    days[0].verdict.mark = WM_WATCH;
    assert_int_equal(wm_policy_hold(&policy, days, 2).verdict.mark, WM_WATCH); /* held as a whole */
}

static WmStatusEvidence random_day(Random *random, int i)
{
    static const WmRag RAGS[] = {WM_RED, WM_AMBER, WM_GREEN};
    const WmRag rag = RAGS[random_between(random, 0, 2)];
    return (WmStatusEvidence){.verdict = {rag, WM_PLAIN},
                              .is_ruled = random_between(random, 0, 9) == 0,
                              .within_noise = 1u << rag | (unsigned)random_between(random, 0, 63),
                              .signal = random_between(random, -1, 1) * random_between(random, 0, 1),
                              .period = wm_period_step(period_of("Jan 2020"), i),
                              .due = 1000};
}

/* Whatever the past: one reading in a row is enough where one is asked for; and what a settled day shows hangs on that day alone.
 */
static void random_pasts_keep_the_laws(void **state)
{
    (void)state;
    enum { N_DAYS = 40 };
    Random random = {7};
    WmPolicy plain = wm_policy_default(), policy = wm_policy_default();
    plain.hold_readings = 1;
    int n_changes = 0, n_plain = 0;
    for (int round = 0; round < 200; round++) {
        WmStatusEvidence days[N_DAYS];
        WmRag before = WM_GREY;
        for (int i = 0; i < N_DAYS; i++) {
            days[i] = random_day(&random, i);
            const size_t n = (size_t)i + 1;
            const WmStanding standing = wm_policy_hold(&policy, days, n);
            assert_int_equal(wm_policy_hold(&plain, days, n).verdict.status, days[i].verdict.status);
            if (days[i].is_ruled || days[i].within_noise == 1u << days[i].verdict.status)
                assert_int_equal(standing.verdict.status, days[i].verdict.status);
            n_changes += i > 0 && standing.verdict.status != before;
            n_plain += i > 0 && days[i].verdict.status != days[i - 1].verdict.status;
            before = standing.verdict.status;
        }
    }
    assert_true(n_changes < n_plain);
}

static void the_default_thresholds_are_a_half_and_a_fifth(void **state)
{
    (void)state;
    const WmPolicy policy = wm_policy_default();
    assert_near(policy.likely_from, 0.5, 0);
    assert_near(policy.uncertain_from, 0.2, 0);
}

int main(void)
{
    ADD_TABLE(HOLDS, shows);
    ADD(longer_periods_wait_for_fewer_readings);
    ADD(one_reading_of_a_longer_period_moves_nothing_even_as_a_signal);
    ADD(no_past_is_grey);
    ADD(the_mark_of_the_same_status_follows_the_evidence);
    ADD(random_pasts_keep_the_laws);
    ADD(the_default_thresholds_are_a_half_and_a_fifth);
    return run_cases("policy");
}
