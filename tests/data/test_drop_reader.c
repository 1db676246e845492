/* A recipe and a file, and the readings that come of them: `line indicator|unit|cohort|period|value|numerator|denominator|state`,
 * or `!line:column code` for what is refused. Figures that are not there are empty. */
#include "data/fixture_drop.h"

typedef struct {
    const char *name;
    const char *recipe; /* NULL: none */
    const char *file;
    const char *result;  /* "" where the file is refused */
    const char *message; /* NULL: it is read to its end; else a part of the error */
} DropCase;

static const DropCase CASES[] = {
    /* ---- without a recipe ---- */
    {"the_contract_s_names", NULL, "indicator,unit,cohort,period,value\nPCT,N1,boys,Dec-20,41\n",
     "2 PCT|N1|boys|2020-12|41|||final\n", NULL},
    {"a_mark_too_many_is_no_part_of_a_name", NULL, "\xEF\xBB\xBF\xEF\xBB\xBFindicator,period\xE2\x80\x8B,value\nPCT,Dec-20,41\n",
     "2 PCT|||2020-12|41|||final\n", NULL},
    {"nor_is_one_that_was_misread", NULL, "\xC3\xAF\xC2\xBB\xC2\xBFindicator,period,value\nPCT,Dec-20,41\n",
     "2 PCT|||2020-12|41|||final\n", NULL},
    {"semicolons_are_guessed", NULL, "indicator;period;value\nPCT;Dec-20;41\n", "2 PCT|||2020-12|41|||final\n", NULL},
    {"an_empty_value_of_a_long_file_is_missing", NULL, "indicator,period,value\nPCT,Dec-20,\n", "2 PCT|||2020-12||||missing\n",
     NULL},

    /* ---- columns ---- */
    {"the_first_choice_that_holds_something", "[columns]\nunit = A | B | C\n",
     "indicator,period,value,A,B,C\nPCT,2020-12,1,N1,X9,E1\nPCT,2020-12,2,,S1,X9\nPCT,2020-12,3,z,[x],S1\n",
     "2 PCT|N1||2020-12|1|||final\n3 PCT|S1||2020-12|2|||final\n4 PCT|S1||2020-12|3|||final\n", NULL},
    {"an_unknown_unit_is_not_passed_over_for_its_region", "[columns]\nunit = LA | Region\n",
     "indicator,period,value,LA,Region\nPCT,2020-12,1,X9,N1\n", "!2:4 unknown_unit\n", NULL},
    {"a_code_and_a_name_of_two_units", "[file]\nfootnotes = strip\n[columns]\nunit = code | name\n[rename unit]\nUp = North\n",
     "indicator,period,value,code,name\nPCT,2020-12,1,E1,North\nPCT,2020-12,2,E1,South2\nPCT,2020-12,3,E1,Up\n"
     "PCT,2020-12,4,E2,Up\nPCT,2020-12,5,E1,Ourland\n",
     "2 PCT|N1||2020-12|1|||final\n!3:4 units_differ\n4 PCT|N1||2020-12|3|||final\n!5:4 units_differ\n"
     "6 PCT|N1||2020-12|5|||final\n",
     NULL},
    {"joined_columns", "[columns]\nperiod = Month + Year\ncohort = Topic + Group\n",
     "indicator,Year,Month,Topic,Group,value\nPCT,2020,Dec,Sex,Boys,1\n", "2 PCT||Sex Boys|2020-12|1|||final\n", NULL},
    {"a_sum_of_columns", "[indicator PCT]\nnumerator = a\ndenominator = a + b + c\n",
     "period,a,b,c\n2020-12,1,2,1\n2020-11,1,,2\n2020-10,1,2,*\n2020-09,1,:,*\n2020-08,1,two,3\n2020-07,0,0,0\n2020-06,,,\n",
     "2 PCT|||2020-12|25|1|4|final\n3 PCT|||2020-11||1||missing\n4 PCT|||2020-10||1||suppressed\n5 PCT|||2020-09||1||suppressed\n"
     "!6:2 bad_number\n7 PCT|||2020-07||0|0|not_applicable\n",
     NULL},
    {"a_sum_of_values", "[columns]\nvalue = a + b\n",
     "indicator,period,a,b\nDUR,2020-12,\"1,000\",2 weeks\nDUR,2020-11,3 [p],4\nDUR,2020-10,3,5 days\nDUR,2020-09,,\n",
     "2 DUR|||2020-12|1002|||final\n3 DUR|||2020-11|7|||provisional\n!4:3 other_unit\n5 DUR|||2020-09||||missing\n", NULL},
    {"a_constant", "[columns]\nindicator = =PCT\ncohort = \"=looked after\"\n", "period,value\n2020-12,1\n",
     "2 PCT||looked after|2020-12|1|||final\n", NULL},
    {"a_column_by_its_place", "[columns]\nunit = @A\nvalue = @c\n", ",indicator,,period\nN1,PCT,1,2020-12\n",
     "2 PCT|N1||2020-12|1|||final\n", NULL},
    {"a_cell_above_the_table", "[file]\nheader = 3\n[columns]\nperiod = @B1\n", "Period:,Dec 2020\n\nindicator,value\nPCT,1\n",
     "4 PCT|||2020-12|1|||final\n", NULL},
    {"a_pattern_of_a_name", "[columns]\nvalue = Result*\n", "indicator,period,Result (note 3)\nPCT,2020-12,1\n",
     "2 PCT|||2020-12|1|||final\n", NULL},
    {"a_quoted_name_is_no_pattern", "[columns]\nvalue = \"Result*\"\n", "indicator,period,Result,Result*\nPCT,2020-12,1,2\n",
     "2 PCT|||2020-12|2|||final\n", NULL},
    {"a_line_end_within_a_name_is_a_space", "[columns]\nvalue = Of which final\n",
     "indicator,period,\"Of  which\nfinal\"\nPCT,2020-12,1\n", "3 PCT|||2020-12|1|||final\n", NULL},
    {"a_unit_by_its_name_without_a_recipe", NULL, "indicator,period,value,unit\nPCT,2020-12,1,North\n",
     "2 PCT|N1||2020-12|1|||final\n", NULL},
    {"blanks_in_a_name_or_code", NULL,
     "indicator,period,value,unit\nPCT,2020-12,1,North\xC2\xA0\nPCT,2020-12,2,\xE2\x80\x8BS1\xC2\xA0\nPCT,2020-12,3,"
     "Our\xC2\xA0land\nPCT,2020-"
     "12,4,Ourland\xC2\xA0\n",
     "2 PCT|N1||2020-12|1|||final\n3 PCT|S1||2020-12|2|||final\n!4:4 unknown_unit\n5 PCT|||2020-12|4|||final\n", NULL},
    {"a_unit_by_its_name", "[columns]\nunit = Area\n", "indicator,period,value,Area\nPCT,2020-12,1,NORTH\n",
     "2 PCT|N1||2020-12|1|||final\n", NULL},
    {"a_period_from_the_file_s_name_comes_before_a_column_so_called", "[file]\nmatch = pct_{period}.csv\n",
     "indicator,period,value\nPCT,MSitAE,1\n", "2 PCT|||2020-12|1|||final\n", NULL},
    {"a_period_behind_a_text", "[columns]\nvalue = n\n[rename period]\nMSitAE-{period} = {period}\n* to {period} =\nWhole = 2020\n",
     "indicator,period,n\nPCT,MSitAE-DECEMBER-2020,1\nPCT,Apr to Nov 2020,2\nPCT,Whole,3\nPCT,MSitAE-TOTAL,4\n",
     "2 PCT|||2020-12|1|||final\n3 PCT|||2020-11|2|||final\n4 PCT|||2020|3|||final\n!5:2 bad_period\n", NULL},
    {"a_period_from_the_file_s_name", "[file]\nmatch = pct_{period}.csv\n", "indicator,value\nPCT,1\n",
     "2 PCT|||2020-12|1|||final\n", NULL},

    /* ---- wide files ---- */
    {"an_indicator_a_section", "[indicator PCT]\nnumerator = yes\ndenominator = all\n[indicator DUR]\nvalue = weeks\n",
     "period,yes,all,weeks\n2020-12,1,4,12\n", "2 PCT|||2020-12|25|1|4|final\n2 DUR|||2020-12|12|||final\n", NULL},
    {"one_indicator_in_two_cohorts", "[indicator PCT]\nvalue = b\ncohort = =boys\n[indicator PCT]\nvalue = g\ncohort = =girls\n",
     "period,b,g\n2020-12,1,2\n", "2 PCT||boys|2020-12|1|||final\n2 PCT||girls|2020-12|2|||final\n", NULL},
    {"a_column_for_each_period", WIDE_BY_YEAR "value = {period}\n", "Area,Nov-20,Dec-20,Total\nN1,1,2,3\nS1,,4,4\n",
     "2 PCT|N1||2020-11|1|||final\n2 PCT|N1||2020-12|2|||final\n3 PCT|S1||2020-12|4|||final\n", NULL},
    {"periods_over_several_measures",
     "[file]\nheader = 2-3\n[columns]\nunit = Area\n[indicator PCT]\nnumerator = {period} / Yes*\ndenominator = {period} / All*\n",
     "A title\nArea,Nov-20,,Dec-20,\n,Yes1,\"All1,9\",Yes1,\"All1,9\"\nN1,1,4,2,4\n",
     "4 PCT|N1||2020-11|25|1|4|final\n4 PCT|N1||2020-12|50|2|4|final\n", NULL},
    {"measures_over_periods", "[file]\nheader = 1,2\n[columns]\nunit = Area\n[indicator PCT]\nvalue = Share / {period}\n",
     "Area,Number,,Share,\n,Nov-20,Dec-20,Nov-20,Dec-20\nN1,1,2,3,4\n",
     "3 PCT|N1||2020-11|3|||final\n3 PCT|N1||2020-12|4|||final\n", NULL},
    {"a_group_without_all_its_figures_is_no_reading",
     "[file]\nheader = 1-2\n[columns]\nunit = Area\n[indicator PCT]\nnumerator = {period} / Yes\ndenominator = {period} / All\n",
     "Area,Nov-20,,Dec-20\n,Yes,All,Yes\nN1,1,4,2\n", "3 PCT|N1||2020-11|25|1|4|final\n", NULL},
    {"indicators_across", "[columns]\nvalue = {indicator}\n[rename indicator]\nOn time (%) = PCT\n",
     "period,On time (%),DUR,Other\n2020-12,1,2,3\n", "2 PCT|||2020-12|1|||final\n2 DUR|||2020-12|2|||final\n", NULL},
    {"units_across", "[columns]\nvalue = {unit}\nindicator = =PCT\n", "period,North,S1,Ourland\n2020-12,1,2,3\n",
     "2 PCT|N1||2020-12|1|||final\n2 PCT|S1||2020-12|2|||final\n2 PCT|||2020-12|3|||final\n", NULL},
    {"cohorts_across", "[columns]\nvalue = {cohort} plans\nindicator = =PCT\n", "period,Boys plans,Girls plans\n2020-12,1,2\n",
     "2 PCT||Boys|2020-12|1|||final\n2 PCT||Girls|2020-12|2|||final\n", NULL},
    {"one_bad_figure_of_a_wide_row_is_refused_alone", WIDE_BY_YEAR "value = {period}\n", "Area,Nov-20,Dec-20\nN1,about 9,2\n",
     "!2:2 bad_number\n2 PCT|N1||2020-12|2|||final\n", NULL},
    {"a_bad_unit_is_refused_once_a_row", WIDE_BY_YEAR "value = {period}\n", "Area,Nov-20,Dec-20\nX9,1,2\n", "!2:1 unknown_unit\n",
     NULL},
    {"section_lines_and_notes_are_no_readings", "[file]\nskip_after = Notes | Source\n" WIDE_BY_YEAR "value = {period}\n",
     "Area,Nov-20,Dec-20\nNORTH EAST,,\nN1,1,2\n,,\nNotes: of 2020,,\nN1,3,4\n",
     "3 PCT|N1||2020-11|1|||final\n3 PCT|N1||2020-12|2|||final\n", NULL},

    {"a_section_line_merged_over_its_row", WIDE_BY_YEAR "value = {period}\n",
     "Area,Nov-20,Dec-20\nNORTH EAST,NORTH EAST,NORTH EAST\nN1,1,2\n", "3 PCT|N1||2020-11|1|||final\n3 PCT|N1||2020-12|2|||final\n",
     NULL},
    {"a_section_line_of_a_long_file", "[columns]\nvalue = n\n", "indicator,period,n\nOf the north,,\nPCT,2020-12,1\n",
     "3 PCT|||2020-12|1|||final\n", NULL},

    /* ---- filters ---- */
    {"a_filter", "[filter]\nGroup = All | Every*\n",
     "indicator,period,value,Group\nPCT,2020-11,1,all\nPCT,2020-12,2,Boys\nPCT,2021-01,3,Everyone\n",
     "2 PCT|||2020-11|1|||final\n4 PCT|||2021-01|3|||final\n", NULL},
    {"a_filter_that_excludes", "[filter]\nGroup != Boys\n", "indicator,period,value,Group\nPCT,2020-11,1,All\nPCT,2020-12,2,Boys\n",
     "2 PCT|||2020-11|1|||final\n", NULL},
    {"a_filter_for_an_empty_cell", "[filter]\nGroup = \"\"\n", "indicator,period,value,Group\nPCT,2020-11,1,\nPCT,2020-12,2,Boys\n",
     "2 PCT|||2020-11|1|||final\n", NULL},
    {"an_indicator_s_own_filter",
     "[indicator PCT]\nvalue = n\nfilter Kind = share\n[indicator DUR]\nvalue = n\nfilter Kind = weeks\n",
     "period,Kind,n\n2020-12,share,1\n2020-12,weeks,2\n2020-12,other,3\n", "2 PCT|||2020-12|1|||final\n3 DUR|||2020-12|2|||final\n",
     NULL},
    {"a_filter_that_nothing_passes_shows_what_there_is", "[filter]\nGroup = Al\n",
     "indicator,period,value,Group\nPCT,2020-11,1,All\nPCT,2020-12,2,Boys\n", "",
     "r.ini:2: no row of pct_2020-12.csv passes the filter on Group; the column holds “All”, “Boys”"},

    /* ---- figures ---- */
    {"a_fraction_made_a_percent", "[columns]\nscale = 100\n", "indicator,period,value\nPCT,2020-11,0.5\nPCT,2020-12,48%\n",
     "2 PCT|||2020-11|50|||final\n3 PCT|||2020-12|48|||final\n", NULL},
    {"a_scale_of_one_indicator", "[indicator PCT]\nvalue = p\nscale = 100\n[indicator DUR]\nvalue = w\n",
     "period,p,w\n2020-12,0.5,12\n", "2 PCT|||2020-12|50|||final\n2 DUR|||2020-12|12|||final\n", NULL},
    {"a_rate_of_a_thousand", "[indicator DUR]\nnumerator = n\ndenominator = d\nscale = 1000\n", "period,n,d\n2020-12,1,8\n",
     "2 DUR|||2020-12|125|1|8|final\n", NULL},
    {"a_dash_is_a_state", "[columns]\nvalue = n\n", "indicator,period,n\nPCT,2020-12,\" - \"\n",
     "2 PCT|||2020-12||||not_available\n", NULL},
    {"a_nil_is_one_where_the_recipe_says_so", "[markers]\n- = nil\n", "indicator,period,value\nPCT,2020-12,\" - \"\n",
     "2 PCT|||2020-12|0|||final\n", NULL},
    {"markers_keep_their_case", "[markers]\nU = suppressed\n", "indicator,period,value\nPCT,2020-11,U\nPCT,2020-12,u\n",
     "2 PCT|||2020-11||||suppressed\n!3:3 bad_number\n", NULL},
    {"a_bracketed_marker", "[markers]\n[e1] = low\n", "indicator,period,value\nPCT,2020-12,[e1]\n", "2 PCT|||2020-12||||low\n",
     NULL},
    {"a_marker_of_a_numerator", "[indicator PCT]\nnumerator = n\ndenominator = d\n",
     "period,n,d\n2020-11,x,4\n2020-12,1,c\n2021-01,0,0\n",
     "2 PCT|||2020-11|||4|not_available\n3 PCT|||2020-12||1||suppressed\n4 PCT|||2021-01||0|0|not_applicable\n", NULL},

    {"decimal_commas", "[file]\ndecimal = comma\n",
     "indicator;period;value\nDUR;2020-09;687,7\nDUR;2020-10;1.234,5\nDUR;2020-11;1\xC2\xA0"
     "234,25 weeks\nDUR;2020-12;0,512\nDUR;2021-01;687.7\n"
     "DUR;2021-02;1.234\nDUR;2021-03;c\n",
     "2 DUR|||2020-09|687.7|||final\n3 DUR|||2020-10|1234.5|||final\n4 DUR|||2020-11|1234.25|||final\n"
     "5 DUR|||2020-12|0.512|||final\n!6:3 bad_number\n7 DUR|||2021-02|1234|||final\n8 DUR|||2021-03||||suppressed\n",
     NULL},
    {"without_that_they_are_refused", NULL,
     "indicator,period,value\nDUR,2020-09,\"687,7\"\nDUR,2020-10,\"0,512\"\nDUR,2020-11,\"1,234\"\n",
     "!2:3 bad_number\n!3:3 bad_number\n4 DUR|||2020-11|1234|||final\n", NULL},

    /* ---- names ---- */
    {"a_rename_by_pattern_after_the_whole_texts", "[columns]\nunit = Area\n[rename unit]\nNor* = S1\nNorth = N1\n",
     "indicator,period,value,Area\nPCT,2020-12,1,North\nPCT,2020-12,2,North Land7\n",
     "2 PCT|N1||2020-12|1|||final\n3 PCT|S1||2020-12|2|||final\n", NULL},
    {"units_left_out", "[file]\nunknown_units = skip\n[columns]\nunit = Area\n",
     "indicator,period,value,Area\nPCT,2020-12,1,X9\nPCT,2020-12,2,N1\n", "3 PCT|N1||2020-12|2|||final\n", NULL},
    {"a_pair_of_years_without_a_mark", "[columns]\nvalue = n\n", "indicator,period,n\nACY,202021,1\nACY,201112,2\nPCT,201112,3\n",
     "2 ACY|||AY 2020/21|1|||final\n3 ACY|||AY 2011/12|2|||final\n4 PCT|||2011-12|3|||final\n", NULL},

    {"a_short_pair_of_years", "[columns]\nvalue = n\n",
     "indicator,period,n\nACY,2019/0,1\nACY,2023/4,2\nACY,2023/5,3\nPCT,2023/4,4\n",
     "2 ACY|||AY 2019/20|1|||final\n3 ACY|||AY 2023/24|2|||final\n4 ACY|||2023-05|3|||final\n5 PCT|||2023-04|4|||final\n", NULL},
    {"a_pair_of_years_like_a_month", "[columns]\nvalue = n\n",
     "indicator,period,n\nACY,2008-09,1\nACY,2011-12p,2\nACY,2012-13,3\nACY,2008-10,4\nACY,2008-09-30,5\nPCT,2008-09,6\n",
     "2 ACY|||AY 2008/09|1|||final\n3 ACY|||AY 2011/12|2|||provisional\n4 ACY|||AY 2012/13|3|||final\n"
     "5 ACY|||2008-10|4|||final\n6 ACY|||2008-09|5|||final\n7 PCT|||2008-09|6|||final\n",
     NULL},
    {"terms_and_quarters_in_a_column_of_their_own", "[columns]\nperiod = y + i\n",
     "indicator,y,i,value\nPCT,202223,Autumn term,1\nPCT,202223,Financial year Q1,2\nPCT,2023,January,3\n"
     "PCT,202223,Autumn and spring term,4\nPCT,2023,Week 36,5\n",
     "2 PCT|||2022/23 autumn|1|||final\n3 PCT|||2022/23-Q1|2|||final\n4 PCT|||2023-01|3|||final\n!5:2 bad_period\n"
     "!6:2 bad_period\n",
     NULL},

    /* ---- how sure a period's figures are ---- */
    {"a_column_of_provisional_figures", WIDE_BY_YEAR "value = {period}\n",
     "Area,Nov-20,Dec-20 (p),Jan 21 prov,Feb-21 [r],2021-03p\nN1,1,2,3,4,[x]\n",
     "2 PCT|N1||2020-11|1|||final\n2 PCT|N1||2020-12|2|||provisional\n2 PCT|N1||2021-01|3|||provisional\n"
     "2 PCT|N1||2021-02|4|||revised\n2 PCT|N1||2021-03||||not_available\n",
     NULL},
    {"a_mark_over_one_of_two_columns",
     "[file]\nheader = 1-2\n[columns]\nunit = Area\n[indicator PCT]\nnumerator = {period} / Yes\ndenominator = {period} / All\n",
     "Area,Nov-20,Nov-20 (p)\n,Yes,All\nN1,1,4\n", "3 PCT|N1||2020-11|25|1|4|provisional\n", NULL},
    {"a_mark_behind_a_row_s_period", "[columns]\nvalue = n\n", "indicator,period,n\nPCT,Dec-20 (provisional),41\nPCT,Sep 2020,40\n",
     "2 PCT|||2020-12|41|||provisional\n3 PCT|||2020-09|40|||final\n", NULL},
    {"a_state_of_its_own_comes_before_it", "[columns]\nvalue = n\n", "indicator,period,n,state\nPCT,Dec-20 (p),41,final\n",
     "2 PCT|||2020-12|41|||final\n", NULL},

    {"footnote_marks_of_units_and_cohorts", "[file]\nfootnotes = strip\n[columns]\nunit = Area\ncohort = Group\n",
     "indicator,period,value,Area,Group\nPCT,2020-12,1,N1,Boys [note 2]\nPCT,2020-12,2,\"North1,2\",age "
     "10\nPCT,2020-12,3,South²,\n",
     "2 PCT|N1|Boys|2020-12|1|||final\n3 PCT|N1|age 10|2020-12|2|||final\n4 PCT|S1||2020-12|3|||final\n", NULL},
    {"footnote_marks_of_names",
     "[file]\nfootnotes = strip\nheader = 1-2\n[columns]\nunit = Area\n[indicator PCT]\nvalue = {period} / Rate\n",
     "Area (1),Nov-20,,Dec-20 [note 3],\n,All1,\"Rate1,9\",All,Rate\nN1,1,2,3,4\n",
     "3 PCT|N1||2020-11|2|||final\n3 PCT|N1||2020-12|4|||final\n", NULL},
    {"footnote_marks_are_kept_unless_it_is_said", "[columns]\nunit = Area\n", "indicator,period,value,Area\nPCT,2020-12,1,North1\n",
     "!2:4 unknown_unit\n", NULL},

    /* ---- what does not fit ---- */
    {"a_missing_column_names_the_nearest", "[columns]\nunit = Aera name\n", "indicator,period,value,Area name\nPCT,2020-12,1,N1\n",
     "",
     "pct_2020-12.csv:1: there is no column Aera name; the nearest name is “Area name”; name the file's own columns in a recipe"},
    {"a_pattern_that_fits_two_columns", "[columns]\nvalue = R*\n", "indicator,period,R1,R2\nPCT,2020-12,1,2\n", "",
     "“R*” fits two columns, “R1” and “R2”; narrow the pattern"},
    {"a_place_that_fits_two_columns_alike", WIDE_BY_YEAR "value = {period}*\n", "Area,2020-12,2020-12 (p)\nN1,1,2\n", "",
     "fits two columns alike, “2020-12” and “2020-12 (p)”"},
    {"an_indicator_that_the_plan_lacks", "[indicator NONE]\nvalue = n\n", "period,n\n2020-12,1\n", "",
     "r.ini:1: it reads an indicator that the plan does not have: “NONE”; add it to indicators.csv, or correct the name"},
    {"a_header_further_down_than_the_file", "[file]\nheader = 9\n", "indicator,period,value\nPCT,2020-12,1\n", "",
     "the header row that the recipe states is not there; count the rows as a spreadsheet shows them"},
    {"no_period_anywhere", "[indicator PCT]\nvalue = n\n", "Area,n\nN1,1\n", "", "there is no column period"},
    {"no_figure_anywhere", "[indicator PCT]\nnumerator = n\n", "period,n\n2020-12,1\n", "",
     "there is no column value, nor numerator and denominator"},
};

static void reads_as(void **state)
{
    const DropCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({FILE_NAME, row->file});
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(WmRecipe) recipe = row->recipe ? recipe_parse(row->recipe, "r.ini", &error) : NULL;
    assert_null(error);
    const gboolean is_read = read_drop(&folder, recipe, FILE_NAME, out, NULL, &error);
    if (row->message) {
        assert_false(is_read);
        assert_contains(error->message, row->message);
    } else if (!is_read)
        fail_msg("%s", error->message);
    assert_string_equal(out->str, row->result);
}

int main(void)
{
    ADD_TABLE(CASES, reads_as);
    return run_cases("drop_reader");
}
