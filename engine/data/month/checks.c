/* The table of checks. */
#include "engine/data/month/checks.h"

#include <string.h>

#define ERROR   WM_SEVERITY_ERROR
#define WARNING WM_SEVERITY_WARNING
#define INFO    WM_SEVERITY_INFO

#define CORRECTION "the row was left out; ask the sender for a correction"

static const WmCheck CHECKS[] = {
    /* files and cells of the plan */
    {"unknown_key", INFO,
     "plan.ini has a setting that Waymark does not know; a warning where it is a slip away from one that it does.",
     "nothing to do, unless the name is a slip"},
    {"bad_policy", ERROR, "A row of the status policy is not four statuses.", "write one for each outlook"},
    {"bad_threshold", ERROR, "The chances from which a milestone is likely or uncertain cannot be.", "a chance is 0 to 1"},
    {"bad_material", ERROR, "The size from which a revision is material is no number.", "write 1 point, 5%"},
    {"bad_escalation", ERROR, "The rule of escalation, or its levels, is not understood.", "write red 2, or red 2, amber 6"},
    {"bad_store", ERROR, "The store's address cannot be read, or has a password in it.",
     "a service file, a passfile or PGPASSWORD has the password"},
    {"no_title", WARNING, "The plan has no title.", "write [plan] title = …"},
    {"no_area", WARNING, "The plan names no area.", "write [plan] area = …"},
    {"no_start", WARNING, "The plan has no start, from which undated baselines run.", "write [plan] start = 2020-09-01"},
    {"unknown_column", INFO, "A table has a column that Waymark does not know.", "nothing to do, unless the name is a slip"},
    {"repeated_column", ERROR, "A table has two columns of one name.", "keep one of them"},
    {"missing_column", ERROR, "A table lacks a column that it needs.", "add it to the header"},
    {"empty_file", WARNING, "A table's file is empty.", "write a header row, or remove the file"},
    {"empty_field", ERROR, "A row of the plan lacks a field that it needs.", "fill it in, or remove the row"},
    {"bad_date", ERROR, "A field of the plan is no date or period.", "write it as 2021-07, Jul-21, Q2 2021/22 or 31/07/2021"},
    {"unknown_word", ERROR, "A field of the plan is none of the words it can be.", "write one of them"},
    /* tables of the plan, each beside the others */
    {"repeated_id", ERROR, "Two rows of a table have one id.", "give it an id of its own"},
    {"unknown_theme", ERROR, "A row names a theme that is not in themes.csv.", "add it to themes.csv"},
    {"ambiguous_unit", ERROR, "A row of neighbours.csv names a unit by a name that several bear.", "write its id or code"},
    {"unknown_unit", ERROR, "A row names a unit that is not in units.csv.", "add it to units.csv"},
    {"ambiguous_area", WARNING, "Several units bear the name of the plan's area, and none its id or code.",
     "write [plan] area as the id or code of the one that is meant"},
    {"unit_circle", ERROR, "A unit lies below itself.", "correct its parent"},
    {"unknown_indicator", ERROR, "A row names an indicator that is not in indicators.csv.", "add it, or correct the id"},
    {"unknown_action", ERROR, "A RAG, or an action that waits, names one that is not in actions.csv.",
     "add it to actions.csv, or correct the id"},
    {"waits_circle", ERROR, "An action waits for itself, at once or by way of others.", "take out the one that need not wait"},
    {"unknown_risk", ERROR, "A scoring names a risk that is not in risks.csv.", "add it to risks.csv"},
    {"unknown_item", ERROR, "Evidence names an item that is not in evidence_items.csv.", "add it, or correct it"},
    {"alike_titles", WARNING, "Two indicators have one title.", "leave one out, or say in the titles what tells them apart"},
    {"draft_title", WARNING, "A title carries a remark of whoever drafted it: CHECK, TBC, ??.", "decide, and take it out"},
    {"definitions_differ", WARNING, "Two documents define one indicator in two ways.", "agree one definition"},
    {"possible_name", WARNING, "A text of the plan may name a person: “Dr …”, an address of e-mail.", "write the role instead"},
    {"bounds_out_of_order", ERROR, "An indicator's lowest value is above its highest.", "swap low and high"},
    {"negative_tolerance", ERROR, "A tolerance is below 0.", "write 0 or more"},
    {"two_baselines", ERROR, "An indicator has two baselines.", "keep one of them, or give one the role secondary"},
    {"baseline_without_figure", WARNING, "A baseline that should be a figure has none.", "fill it in, or say qualifier = tbc"},
    {"baseline_unknown", INFO, "A baseline is still to be confirmed.", "fill it in when it is known"},
    {"target_unresolved", WARNING, "A target is not yet a dated figure.", "nothing can be judged against it until it is"},
    {"two_targets", ERROR, "An indicator has two targets for one date.", "keep one of them"},
    {"worse_than_predecessor", ERROR, "A target is worse than the one before it: 19% after 50%.", "check both figures"},
    {"worse_than_baseline", WARNING, "The first target is worse than the baseline.", "check both figures"},
    {"dates_out_of_order", ERROR, "Something ends before it begins.", "check both dates"},
    {"override_without_expiry", WARNING, "A status set by a person never expires.", "fill in expires"},
    {"override_without_reason", ERROR, "A status set by a person gives no reason or role.", "fill in reason and by_role"},
    /* formulas */
    {"bad_formula", ERROR, "A formula is not understood.", "docs/formulas.md shows every form"},
    {"formula_unknown_indicator", ERROR, "A formula names an indicator that is not in indicators.csv.", "correct the name"},
    {"formula_cycle", ERROR, "A formula leads back to its own indicator.", "for its own readings write “published”"},
    {"formula_periods", ERROR, "The periods of a formula's parts do not fit together.", "say how they meet: by quarter, latest"},
    {"formula_of_words", ERROR, "A formula computes with an indicator that is in words.", "leave it out"},
    {"formula_too_deep", ERROR, "An indicator stands at the end of more than 32 formulas.", "say it in fewer steps"},
    {"restarts_each_year", WARNING,
     "An indicator with targets is a total to date, which starts afresh each year; it is not judged.",
     "judge its last twelve months: sum of … over 12 months"},
    /* files and rows of drops */
    {"undated_drop", WARNING, "A folder under drops/ is no date.", "name it as YYYY-MM-DD"},
    {"unusable_drop", ERROR, "A file could not be read as a drop at all.", "mend it, or write a recipe"},
    {"units_differ", ERROR, "A row names two units where it should name one twice: the code of one, the name of another.",
     CORRECTION},
    {"bad_period", ERROR, "A row's period is none.", CORRECTION},
    {"bad_number", ERROR, "A field is neither a figure nor a marker.", CORRECTION},
    {"other_unit", ERROR, "A figure is in another unit than its measure.", CORRECTION},
    {"numerator_exceeds_denominator", ERROR, "A share's numerator is larger than its denominator.", CORRECTION},
    {"unknown_state", ERROR, "A row's state is not known.", CORRECTION},
    {"state_with_value", ERROR, "A row is suppressed or missing, and yet has a value.", CORRECTION},
    {"state_without_value", ERROR, "A row should have a value, and has none.", CORRECTION},
    {"extra_field", ERROR, "A row has more fields than the header.", "quote a field that holds a comma"},
    {"nul_byte", ERROR, "A row holds a NUL byte.", "save the file as UTF-8 text"},
    {"conflicting_row", ERROR, "One file gives two figures for one series and period.", CORRECTION},
    {"skipped_units", INFO, "Rows of units that are not in units.csv were left out.", "the recipe says unknown_units = skip"},
    {"unread_columns", INFO,
     "A recipe leaves columns that hold figures; a warning where it takes columns by {period} and the like, and may have missed "
     "one.",
     "name them in the recipe, or say ignore = NAME under [file] where they are not wanted"},
    {"part_of_period", WARNING, "The rows are about parts of a year, such as terms, and the recipe reads the year alone.",
     "say period = time_period + time_identifier"},
    {"cut_short", WARNING, "A file's last line ends in its midst.",
     "get the file again from its sender; what is there of it is loaded"},
    {"no_rows", WARNING, "A file has a header and no row below it.", "ask the sender whether the file is whole"},
    {"hidden_rows", INFO, "Hidden rows of a workbook's sheet were read like the others.",
     "if they were hidden to be left out, delete them, or filter them in the recipe"},
    {"stale_drop", WARNING, "A drop was read by another recipe than the one that now fits its file's name.",
     "`waymark ingest PLAN --again DROP` reads it by what now fits"},
    {"rows_without_unit", WARNING, "Rows of a file whose other rows name a unit name none, and count as the plan's own area.",
     "name the columns that hold their unit too, filter them out, or say \"\" = under [rename unit]"},
    /* readings */
    {"outside_bounds", ERROR, "A figure is outside what the measure can be: 900% of a proportion.",
     "check the figure; until then it is not used"},
    {"wrong_magnitude", WARNING, "A reading is ten, a hundred or a thousand times what its series usually is, or a hundredth.",
     "ask the sender whether the decimal point or the unit slipped; the reading is used"},
    {"percent_as_fraction", WARNING, "A percent is given as a fraction: 0.41 among readings about 40.",
     "where 0.41 is meant as 41%, say scale = 100 in a recipe, or ask the sender; it is used as it stands"},
    {"duplicate_period", WARNING, "One drop gives one period under two names, with two figures.",
     "ask the sender which is right; the last is used"},
    {"overruled_reading", WARNING, "Two files of one day give a period two figures; the one whose name stands last counts.",
     "where the other is right, withdraw the one that counts, or give the other a name that stands last"},
    {"overlapping_periods", WARNING, "A series has a reading for a period and one for part of it: a month and its quarter.",
     "keep one kind of period in a series; both readings are used"},
    {"other_period_length", WARNING,
     "A series has readings of another period than its indicator is published by: a year among months.",
     "correct the frequency in indicators.csv, or give those figures an indicator of their own; they are used"},
    {"missing_reading", WARNING, "A series has a hole: no reading for a period between two that have one.",
     "ask the sender for it; it is drawn as a gap and counts as nothing"},
    {"late_reading", WARNING, "A reading was due by the reporting calendar and has not come.", "chase it with the owner"},
    {"future_reading", WARNING, "A reading is for a period that begins after the as-at date; it is not used.",
     "a plan belongs in targets.csv, a forecast nowhere"},
    {"outside_unit_time", WARNING,
     "A unit has readings of periods that end before it opened or after it closed; no roll-up counts them.",
     "correct from and to in units.csv, or ask the sender whose readings they are"},
    {"value_and_counts_differ", WARNING, "A published value and its own counts disagree at the published decimals.",
     "ask the sender which is right; the value is used"},
    {"readings_not_used", WARNING, "Drops give readings of an indicator that is derived by a formula.",
     "write “published” in the formula where they are meant, or take them out of the drops"},
    {"partial_total", INFO, "A derived reading is a total of which parts are missing, as its formula allows.",
     "it is provisional until they come"},
    {"looks_cumulative", WARNING, "A series rises through each year and falls at its start, and is not said to be cumulative.",
     "say so in the column cumulative of indicators.csv; until then each restart reads as a change"},
    {"not_utf8", WARNING, "A file is not UTF-8, and was read as Windows-1252.", "save it as UTF-8, or ask the sender to"},
    {"override_expired", INFO, "A status set by a person has run out.", "remove it, or renew it with a reason"},
    {"suppression_expired", INFO, "A suppression of an exception has run out.", "remove it, or renew it with a reason"},
    {"units_without_target", INFO, "Units have readings of an indicator whose targets are the area's alone.",
     "write “*” in the unit column of targets.csv and baselines.csv where a row is for every unit"},
};

static const char *const DATA_CHECKS[N_DATA_CHECKS] = {
    [CHECK_OUTSIDE_BOUNDS] = "outside_bounds",
    [CHECK_WRONG_MAGNITUDE] = "wrong_magnitude",
    [CHECK_PERCENT_AS_FRACTION] = "percent_as_fraction",
    [CHECK_DUPLICATE_PERIOD] = "duplicate_period",
    [CHECK_OVERRULED_READING] = "overruled_reading",
    [CHECK_OVERLAPPING_PERIODS] = "overlapping_periods",
    [CHECK_OTHER_PERIOD_LENGTH] = "other_period_length",
    [CHECK_MISSING_READING] = "missing_reading",
    [CHECK_LATE_READING] = "late_reading",
    [CHECK_FUTURE_READING] = "future_reading",
    [CHECK_OUTSIDE_UNIT_TIME] = "outside_unit_time",
    [CHECK_VALUE_AND_COUNTS_DIFFER] = "value_and_counts_differ",
    [CHECK_READINGS_NOT_USED] = "readings_not_used",
    [CHECK_PARTIAL_TOTAL] = "partial_total",
    [CHECK_LOOKS_CUMULATIVE] = "looks_cumulative",
    [CHECK_NOT_UTF8] = "not_utf8",
    [CHECK_OVERRIDE_EXPIRED] = "override_expired",
    [CHECK_SUPPRESSION_EXPIRED] = "suppression_expired",
    [CHECK_UNITS_WITHOUT_TARGET] = "units_without_target",
};

const WmCheck *wm_checks(size_t *n)
{
    *n = G_N_ELEMENTS(CHECKS);
    return CHECKS;
}

const WmCheck *wm_check_find(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(CHECKS); i++)
        if (strcmp(CHECKS[i].code, code) == 0)
            return &CHECKS[i];
    return NULL;
}

void check_add(WmProblems *problems, DataCheck check, const CheckPlace *place, const char *format, ...)
{
    const WmCheck *row = wm_check_find(DATA_CHECKS[check]);
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_problems_add(problems, &(WmProblem){.file = place->file,
                                           .line = place->line,
                                           .column = place->column,
                                           .severity = row->severity,
                                           .code = row->code,
                                           .message = message,
                                           .advice = row->advice,
                                           .indicator = place->indicator ? place->indicator : ""});
}
