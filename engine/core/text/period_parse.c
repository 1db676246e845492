/* Periods as people write them: the letters of a text's tokens are looked up in a table of forms. A new way of writing a period is
 * a new row.
 */
#include <waymark/calendar.h>

#include <string.h>

#include "engine/core/text/period_tokens.h"

static bool is_year(int year)
{
    return year >= WM_YEAR_MIN && year <= WM_YEAR_MAX;
}

static bool make_months(WmPeriodKind kind, int year, int month, WmPeriod *out)
{
    if (!is_year(year) || month < 1 || month > 12)
        return false;
    *out = (WmPeriod){kind, year * 12 + month - 1};
    return true;
}

static bool make_day(int year, int month, int day, WmPeriod *out)
{
    if (!wm_date_is_valid(year, month, day))
        return false;
    *out = (WmPeriod){WM_PERIOD_DAY, wm_day_from_date(year, month, day)};
    return true;
}

static bool make_quarter_of_pair(int quarter, int year, WmPeriod *out)
{
    return make_months(WM_PERIOD_QUARTER, quarter == 4 ? year + 1 : year, quarter == 4 ? 1 : quarter * 3 + 1, out);
}

static bool make_half_of_pair(int half, int year, WmPeriod *out)
{
    return make_months(WM_PERIOD_HALF, year, half == 1 ? 4 : 10, out);
}

static bool make_term(int i_term, int year, WmPeriod *out)
{
    return make_months(WM_PERIOD_TERM, year, WM_TERMS[i_term].first_month, out);
}

/* The parts of a form, by what the letters mean: v[k] is the value of the k-th token. */
typedef bool (*Maker)(const int *v, WmPeriodKind pair_kind, WmPeriod *out);

#define MAKER(name, expression)                                           \
    static bool name(const int *v, WmPeriodKind pair_kind, WmPeriod *out) \
    {                                                                     \
        (void)v;                                                          \
        (void)pair_kind;                                                  \
        return expression;                                                \
    }

MAKER(from_md, make_months(WM_PERIOD_MONTH, wm_full_year(v[1]), v[0], out))
MAKER(from_my, make_months(WM_PERIOD_MONTH, v[1], v[0], out))
MAKER(from_ym, make_months(WM_PERIOD_MONTH, v[0], v[1], out))
MAKER(from_dd, make_months(WM_PERIOD_MONTH, wm_full_year(v[1]), v[0], out))
MAKER(from_s, make_months(WM_PERIOD_MONTH, v[0] / 100, v[0] % 100, out))
MAKER(from_e, make_day(v[0] / 10000, v[0] / 100 % 100, v[0] % 100, out))
MAKER(from_dmy, make_day(v[2], v[1], v[0], out))
MAKER(from_dmd, make_day(wm_full_year(v[2]), v[1], v[0], out))
MAKER(from_mdy, make_day(v[2], v[0], v[1], out))
MAKER(from_ydd, make_day(v[0], v[1], v[2], out))
MAKER(from_y, make_months(WM_PERIOD_YEAR, v[0], 1, out))
MAKER(from_cy, make_months(WM_PERIOD_YEAR, v[1], 1, out))
MAKER(from_p, make_months(pair_kind, v[0], pair_kind == WM_PERIOD_ACADEMIC_YEAR ? 9 : 4, out))
MAKER(from_ap, make_months(WM_PERIOD_ACADEMIC_YEAR, v[1], 9, out))
MAKER(from_pa, make_months(WM_PERIOD_ACADEMIC_YEAR, v[0], 9, out))
MAKER(from_fp, make_months(WM_PERIOD_FINANCIAL_YEAR, v[1], 4, out))
MAKER(from_pf, make_months(WM_PERIOD_FINANCIAL_YEAR, v[0], 4, out))
MAKER(from_Qp, make_quarter_of_pair(v[0], v[1], out))
MAKER(from_pQ, make_quarter_of_pair(v[1], v[0], out))
MAKER(from_Qy, make_months(WM_PERIOD_CALENDAR_QUARTER, v[1], v[0] * 3 - 2, out))
MAKER(from_yQ, make_months(WM_PERIOD_CALENDAR_QUARTER, v[0], v[1] * 3 - 2, out))
MAKER(from_Hp, make_half_of_pair(v[0], v[1], out))
MAKER(from_pH, make_half_of_pair(v[1], v[0], out))
MAKER(from_Hy, make_months(WM_PERIOD_CALENDAR_HALF, v[1], v[0] * 6 - 5, out))
MAKER(from_yH, make_months(WM_PERIOD_CALENDAR_HALF, v[0], v[1] * 6 - 5, out))
MAKER(from_pfQ, make_quarter_of_pair(v[2], v[0], out))
MAKER(from_fpQ, make_quarter_of_pair(v[2], v[1], out))
MAKER(from_Qfp, make_quarter_of_pair(v[0], v[2], out))
MAKER(from_pfH, make_half_of_pair(v[2], v[0], out))
MAKER(from_fpH, make_half_of_pair(v[2], v[1], out))
MAKER(from_ycQ, make_months(WM_PERIOD_CALENDAR_QUARTER, v[0], v[2] * 3 - 2, out))
MAKER(from_cyQ, make_months(WM_PERIOD_CALENDAR_QUARTER, v[1], v[2] * 3 - 2, out))
MAKER(from_tp, make_term(v[0], v[1] + WM_TERMS[v[0]].years_after_start, out))
MAKER(from_pt, make_term(v[1], v[0] + WM_TERMS[v[1]].years_after_start, out))
MAKER(from_ty, make_term(v[0], v[1], out))
MAKER(from_yt, make_term(v[1], v[0], out))

typedef struct {
    const char *letters;
    Maker make;
} Form;

static const Form FORMS[] = {
    {"md", from_md},   {"my", from_my},   {"ym", from_ym},   {"yd", from_ym},   {"dy", from_my},   {"dd", from_dd},
    {"s", from_s},     {"e", from_e},     {"dmy", from_dmy}, {"dmd", from_dmd}, {"ddy", from_dmy}, {"ddd", from_dmd},
    {"mdy", from_mdy}, {"ydd", from_ydd}, {"y", from_y},     {"cy", from_cy},   {"p", from_p},     {"ap", from_ap},
    {"pa", from_pa},   {"fp", from_fp},   {"pf", from_pf},   {"Qp", from_Qp},   {"pQ", from_pQ},   {"Qy", from_Qy},
    {"yQ", from_yQ},   {"Hp", from_Hp},   {"pH", from_pH},   {"Hy", from_Hy},   {"yH", from_yH},   {"tp", from_tp},
    {"pt", from_pt},   {"ty", from_ty},   {"yt", from_yt},   {"yc", from_y},    {"pfQ", from_pfQ}, {"fpQ", from_fpQ},
    {"Qfp", from_Qfp}, {"Qpf", from_Qp},  {"pfH", from_pfH}, {"fpH", from_fpH}, {"ycQ", from_ycQ}, {"cyQ", from_cyQ},
};

/* Texts of the right form that say nothing certain: "3.5" is a number, "Apr 5" has no year, "11/12" is a month or a pair of years.
 */
static bool is_doubtful(const WmTokens *tokens, const char *letters)
{
    const WmToken first = tokens->tokens[0], last = tokens->tokens[tokens->n - 1];
    const bool ends_in_short_year = letters[tokens->n - 1] == 'd' && tokens->n > 1 && letters[0] != 'y';
    if (ends_in_short_year && last.n_digits != 2)
        return true;
    if (strcmp(letters, "dd") == 0)
        return last.before == ' ' || last.before == '.' || last.value == first.value + 1;
    return (strcmp(letters, "yd") == 0 || strcmp(letters, "dy") == 0) && last.before == '.';
}

static bool are_digits(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] < '0' || text[i] > '9') /* which the end is as well */
            return false;
    return true;
}

static int two_digits(const char *text)
{
    return 10 * (text[0] - '0') + text[1] - '0';
}

/* Months and days as ISO 8601 writes them, which most files and tables hold, without their tokens: five times as fast. A 13th month may be
 * the second of a pair of years, and that is for the tokens, as is all else. */
static bool parse_iso(const char *text, WmPeriod *out)
{
    if (!are_digits(text, 4) || text[4] != '-' || !are_digits(text + 5, 2))
        return false;
    const int year = 100 * two_digits(text) + two_digits(text + 2), month = two_digits(text + 5);
    if (text[7] == 0)
        return make_months(WM_PERIOD_MONTH, year, month, out);
    return text[7] == '-' && are_digits(text + 8, 2) && text[10] == 0 && make_day(year, month, two_digits(text + 8), out);
}

bool wm_period_parse(const char *text, WmPeriodKind pair_kind, WmPeriod *out)
{
    *out = (WmPeriod){WM_PERIOD_NONE, 0};
    WmTokens tokens;
    if (text && parse_iso(text, out))
        return true;
    if (!text || !wm_tokens_read(text, pair_kind, &tokens))
        return false;

    char letters[WM_MAX_TOKENS + 1];
    int values[WM_MAX_TOKENS];
    for (int i = 0; i < tokens.n; i++) {
        letters[i] = tokens.tokens[i].letter;
        values[i] = tokens.tokens[i].value;
    }
    letters[tokens.n] = 0;

    if (is_doubtful(&tokens, letters))
        return false;

    const WmPeriodKind pairs = pair_kind == WM_PERIOD_ACADEMIC_YEAR ? pair_kind : WM_PERIOD_FINANCIAL_YEAR;
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++)
        if (strcmp(FORMS[i].letters, letters) == 0)
            return FORMS[i].make(values, pairs, out);
    return false;
}

bool wm_day_parse(const char *text, WmPeriodKind pair_kind, WmDay *out)
{
    WmPeriod period;
    const bool is_read = wm_period_parse(text, pair_kind, &period);
    *out = wm_period_end(period);
    return is_read;
}
