/* How to read the report, and how it was made: in words for people who have not met it before. */
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

static const WmRag KEY_ORDER[] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};

static void add_key(WmDocument *document)
{
    WmTable *table = wm_document_facts(document, "What each status means");
    for (size_t i = 0; i < G_N_ELEMENTS(KEY_ORDER); i++) {
        WmProse *status = wm_document_prose(document, "");
        wm_prose_add_status(status, (WmVerdict){KEY_ORDER[i], WM_PLAIN});
        wm_table_row(document, table, (WmProse *[]){status, wm_document_prose(document, wm_status_look(KEY_ORDER[i])->meaning)});
    }
    for (int mark = WM_PLAIN + 1; mark < WM_N_MARKS; mark++)
        wm_table_row(document, table,
                     (WmProse *[]){wm_document_prosef(document, "\xE2\x80\xA6 %s", wm_mark_words((WmMark)mark)),
                                   wm_document_prosef(document, "Added to a status: %s.", wm_mark_meaning((WmMark)mark))});
    wm_document_add_table(document, table);
}

static void add_note(WmDocument *document, WmBlock *list, const char *title, const char *text)
{
    WmProse *item = wm_document_prose(document, "");
    wm_prose_addf(item, WM_RUN_STRONG, "%s.", title);
    wm_prose_addf(item, WM_RUN_PLAIN, " %s", text);
    wm_list_add(list, item);
}

static const struct {
    const char *title, *text;
} NOTES[] = {
    {"Plan", "The plan of a measure is the path from its baseline through its milestones, straight from one to the next unless the "
             "plan says "
             "otherwise. A reading is held against the path at the end of the period that it covers."},
    {"Gap", "How far the latest reading is from the path, in the measure's own unit and in months: \"3 months behind\" means that "
            "the plan had "
            "this level 3 months earlier."},
    {"On, near, off",
     "A percentage within 1 point of its path is on it, within 5 points near it, further below off it. For other measures "
     "it is 2% and 10% of the path, unless the plan gives a measure limits of its own. Better than the path is always on it."},
    {"Expected month", "When the forecast first gives the milestone an even chance if nothing changes. The forecast pools the "
                       "measure's own readings with "
                       "what is usual of such measures, the more so the fewer the readings. Eight times in ten the month lies "
                       "between the two that are named. Where the forecast levels off short of the milestone no month is named, "
                       "though a reading may still "
                       "meet it by chance."},
    {"Signal", "A control chart tells real change from noise: limits that a process without change seldom leaves, and patterns "
               "that it seldom shows. A signal of "
               "concern is an exception even where the status is green. Of many measures some signal by chance alone; the report "
               "says how many. \"If nothing "
               "changes\" says whether the process, left as it is, keeps to its target or path always, never, or in some readings "
               "and not in others; it goes "
               "by the limits of all the "
               "readings together, and speaks of single ones. Of a measure that is changing the chance says more: its milestone "
               "may be all but "
               "certain, or out of reach, though single readings have so far fallen on either side."},
    {"Readings", "Provisional readings may change; they are drawn hollow. When a later file changes an earlier figure both are "
                 "kept, and the report "
                 "says so. A suppressed or missing figure is left out, never taken as nought."},
    {"Limits",
     "A trend says where the readings lead, not why. It knows nothing of what is planned but has not shown in the readings yet."},
};

static const char *say_chance(WmDocument *document, const WmPolicy *policy)
{
    char likely[WM_VALUE_TEXT], uncertain[WM_VALUE_TEXT];
    return wm_document_textf(
        document,
        "How likely the reading at the milestone is to meet its target, if the readings go on as they have: of a "
        "hundred measures with a chance of 20%%, about twenty should meet it. From %s a milestone counts as likely, from %s "
        "as uncertain, below that as unlikely. With fewer than three readings no chance is given.",
        wm_chance_format(policy->likely_from, likely), wm_chance_format(policy->uncertain_from, uncertain));
}

void wm_exception_add_method(WmDocument *document, const WmMonth *month)
{
    wm_document_heading(document, 2, "method", "How to read this report");
    wm_document_paragraph(document, wm_document_prosef(document,
                                                       "It shows what was known on %s: files received later play no part. "
                                                       "An exception is a measure that the board must see; the worst come first.",
                                                       wm_say_day(document, month->as_at)))
        ->is_kept = true;
    wm_document_paragraph(document, wm_document_prose(document, "Colour never stands alone: each status has a word and a shape."))
        ->is_kept = true;
    add_key(document);
    WmBlock *list = wm_document_list(document);
    add_note(document, list, NOTES[0].title, NOTES[0].text);
    add_note(document, list, "Chance", say_chance(document, &month->plan->settings.policy));
    for (size_t i = 1; i < G_N_ELEMENTS(NOTES); i++)
        add_note(document, list, NOTES[i].title, NOTES[i].text);
    wm_document_paragraph(document, wm_document_prose(document, "Made by Waymark " WM_VERSION
                                                                ", method version " G_STRINGIFY(WM_METHOD_VERSION) "."));
}
