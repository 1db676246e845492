/* How a status is told from another: one table for words, shapes and colours. */
#include "plot/report/status_look.h"

static const WmStatusLook LOOKS[WM_N_RAGS] = {
    [WM_RED] = {"Red",
                "The measure is off its plan and unlikely to reach the next milestone, or it missed one and has not recovered.",
                "red",
                0xB3261E,
                {4, {0.06, 0.94, 0.94, 0.06}, {0.06, 0.06, 0.94, 0.94}, false}},
    [WM_AMBER] = {"Amber",
                  "The measure is behind its plan or its next milestone is in doubt, and there is still room to act.",
                  "amber",
                  0x8A5300,
                  {3, {0.5, 1, 0}, {0.05, 0.95, 0.95}, false}},
    [WM_GREEN] = {"Green",
                  "The measure is on or near its plan and nothing says that it will miss the next milestone.",
                  "green",
                  0x1B6B3A,
                  {0, {0}, {0}, false}},
    [WM_BLUE] = {"Blue",
                 "The last milestone is met and held.",
                 "blue: achieved",
                 0x1F5FA8,
                 {6, {0, 0.16, 0.36, 0.84, 1, 0.37}, {0.52, 0.36, 0.6, 0.06, 0.2, 0.92}, false}},
    [WM_WHITE] = {"White",
                  "Not started: the plan has not begun, or no reading is due yet.",
                  "white: not started",
                  0x4A5560,
                  {0, {0}, {0}, true}},
    [WM_GREY] = {"Grey",
                 "It cannot be judged, for the reason that stands with the measure.",
                 "grey: cannot be judged",
                 0x4A5560,
                 {4, {0, 1, 1, 0}, {0.36, 0.36, 0.64, 0.64}, false}},
};

static const struct {
    const char *words, *meaning;
} MARKS[WM_N_MARKS] = {
    [WM_PLAIN] = {"", ""},
    [WM_WATCH] = {"watch", "on its plan today, but the next milestone is not certain"},
    [WM_EARLY_WARNING] = {"early warning", "on its plan today, but unlikely to meet the next milestone"},
    [WM_RECOVERING] = {"recovering", "behind its plan, but likely to meet the next milestone"},
    [WM_POSITION_ONLY] = {"position only", "judged by where it stands alone, because there is no chance to go by"},
    [WM_OVERRIDDEN] = {"set by a person", "a named role has set the status, and says why"},
};

const WmStatusLook *wm_status_look(WmRag rag)
{
    return &LOOKS[rag];
}

const char *wm_mark_words(WmMark mark)
{
    return MARKS[mark].words;
}

const char *wm_mark_meaning(WmMark mark)
{
    return MARKS[mark].meaning;
}

char *wm_verdict_words(WmVerdict verdict)
{
    const char *mark = wm_mark_words(verdict.mark);
    if (verdict.mark == WM_OVERRIDDEN)
        return g_strdup_printf("%s, %s; %s by the figures", LOOKS[verdict.status].word, mark, LOOKS[verdict.computed].word);
    return g_strconcat(LOOKS[verdict.status].word, *mark ? ", " : "", mark, NULL);
}

int wm_rag_standing(WmRag rag)
{
    static const int STANDING[WM_N_RAGS] = {
        [WM_GREY] = -1, [WM_WHITE] = -1, [WM_RED] = 0, [WM_AMBER] = 1, [WM_GREEN] = 2, [WM_BLUE] = 3};
    return STANDING[rag];
}

int wm_verdict_way(WmVerdict was, WmVerdict now)
{
    const int before = wm_rag_standing(wm_verdict_computed(was)), after = wm_rag_standing(wm_verdict_computed(now));
    if (was.status == now.status || before < 0 || after < 0)
        return 0;
    return (after > before) - (after < before);
}
