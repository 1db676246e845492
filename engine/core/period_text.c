/* Periods as people write and read them.
 *
 * A text is cut into tokens, each token becomes one letter (y a four-digit year, m a month's name, q a quarter …), and the
 * string of letters is looked up in a table of forms. A new way of writing a period is a new row.
 */
#include <waymark/calendar.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define MAX_TOKENS 8
#define MAX_WORD 16

static const char *const MONTHS[12] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};

/* Terms of an academic year, in its order: the month (1..12) each begins, and whether that is in the pair's second year. */
typedef struct {
    const char *name;
    int first_month;
    int years_after_start;
} Term;

static const Term TERMS[] = {{"autumn", 9, 0}, {"spring", 1, 1}, {"summer", 5, 1}};
#define N_TERMS (sizeof TERMS / sizeof TERMS[0])

/* Words other than months and terms. */
typedef struct {
    const char *word;
    char letter;
} Word;

static const Word WORDS[] = {
    {"q", 'q'},         {"qtr", 'q'}, {"quarter", 'q'},   {"h", 'h'},  {"half", 'h'},     {"ay", 'a'},
    {"academic", 'a'},  {"fy", 'f'},  {"financial", 'f'}, {"cy", 'c'}, {"calendar", 'c'},
};
#define N_WORDS (sizeof WORDS / sizeof WORDS[0])

typedef struct {
    char letter; /* y 4 digits, d 1-2 digits, s 6, e 8; m month, t term; q h a f c as in WORDS; p year pair, Q quarter, H half */
    int value;   /* number, month 1..12, term index, first year of a pair */
    int n_digits;
    char before; /* the separator in front: ' ' '.' '-' '/' or 0 */
} Token;

typedef struct {
    Token tokens[MAX_TOKENS];
    int n;
} Tokens;

/* Words that add nothing, and the letters of the tokens that they may follow: elsewhere they say something that is not understood. */
static const struct {
    const char *word, *follows;
} FILLERS[] = {{"term", "t"}, {"year", "acfh"}, {"of", "d"}};
#define N_FILLERS (sizeof FILLERS / sizeof FILLERS[0])

/* What may stand between tokens, and what it counts as. */
static const struct {
    const char *text;
    char letter;
} SEPARATORS[] = {
    {" ", ' '}, {"\t", ' '}, {"\xC2\xA0", ' '},         /* no-break space */
    {".", '.'}, {",", '.'},  {"-", '-'},
    {"/", '/'},             {"\xE2\x80\x93", '-'},     /* en dash */
};
#define N_SEPARATORS (sizeof SEPARATORS / sizeof SEPARATORS[0])

/* The kind of a token of digits by its length. */
static char digits_letter(size_t length)
{
    static const char LETTERS[] = {0, 'd', 'd', 0, 'y', 0, 's', 0, 'e'};
    return length < sizeof LETTERS ? LETTERS[length] : 0;
}

static bool word_token(const char *word, size_t length, Token *token)
{
    for (int i = 0; i < 12; i++)
        if (length >= 3 && length <= strlen(MONTHS[i]) && strncasecmp(word, MONTHS[i], length) == 0) {
            *token = (Token){.letter = 'm', .value = i + 1};
            return true;
        }
    for (size_t i = 0; i < N_TERMS; i++)
        if (length == strlen(TERMS[i].name) && strncasecmp(word, TERMS[i].name, length) == 0) {
            *token = (Token){.letter = 't', .value = (int)i};
            return true;
        }
    for (size_t i = 0; i < N_WORDS; i++)
        if (length == strlen(WORDS[i].word) && strncasecmp(word, WORDS[i].word, length) == 0) {
            *token = (Token){.letter = WORDS[i].letter};
            return true;
        }
    return false;
}

/* Where a time of day ("2021-07-31 00:00:00", "…T00:00") begins, so that it can be left out. */
static const char *end_of_date(const char *text)
{
    const char *end = text + strlen(text);
    const char *colon = strchr(text, ':');
    if (!colon)
        return end;
    const char *cut = colon;
    while (cut > text && isdigit((unsigned char)cut[-1]))
        cut--;
    const bool is_time = cut > text + 1 && colon - cut >= 1 && colon - cut <= 2 && strchr(" Tt", cut[-1]);
    return is_time ? cut - 1 : text; /* a colon elsewhere is no date at all */
}

/* Past the separators at `at`; *before is the strongest of them: a hyphen or slash, else a full stop or comma, else a space. */
static const char *skip_separators(const char *at, const char *end, char *before)
{
    static const char STRENGTH[] = " ./-"; /* the last two never meet in a period */
    *before = 0;
    for (size_t i = 0; at < end && i < N_SEPARATORS;) {
        const size_t length = strlen(SEPARATORS[i].text);
        if (strncmp(at, SEPARATORS[i].text, length) != 0) {
            i++;
            continue;
        }
        if (!*before || strchr(STRENGTH, SEPARATORS[i].letter) > strchr(STRENGTH, *before))
            *before = SEPARATORS[i].letter;
        at += length;
        i = 0;
    }
    return at;
}

static bool is_filler(const char *word, size_t length, const Tokens *tokens)
{
    for (size_t i = 0; tokens->n > 0 && i < N_FILLERS; i++)
        if (length == strlen(FILLERS[i].word) && strncasecmp(word, FILLERS[i].word, length) == 0)
            return strchr(FILLERS[i].follows, tokens->tokens[tokens->n - 1].letter) != NULL;
    return false;
}

/* The end of the run of digits, or of letters, that begins at `at`. */
static const char *end_of_run(const char *at, const char *end, bool is_number)
{
    while (at < end && (is_number ? isdigit((unsigned char)*at) : isalpha((unsigned char)*at)))
        at++;
    return at;
}

static bool number_token(const char *digits, size_t length, Token *token)
{
    *token = (Token){.letter = digits_letter(length), .n_digits = (int)length};
    for (size_t i = 0; token->letter && i < length; i++)
        token->value = token->value * 10 + (digits[i] - '0');
    return token->letter != 0;
}

static bool split(const char *text, Tokens *out)
{
    const char *end = end_of_date(text);
    char before = 0;
    out->n = 0;
    for (const char *at = skip_separators(text, end, &before); at < end;) {
        const bool is_number = isdigit((unsigned char)*at);
        const char *run_end = end_of_run(at, end, is_number);
        const size_t length = (size_t)(run_end - at);
        if (length == 0)
            return false;
        if (is_number || !is_filler(at, length, out)) {
            Token token;
            if (out->n == MAX_TOKENS || !(is_number ? number_token(at, length, &token) : word_token(at, length, &token)))
                return false;
            token.before = before;
            out->tokens[out->n++] = token;
        }
        at = skip_separators(run_end, end, &before);
    }
    const bool is_cut_off = before == '-' || before == '/';
    return out->n > 0 && !is_cut_off && !strchr("-/", out->tokens[0].before ? out->tokens[0].before : ' ');
}

static void merge(Tokens *self, int i, char letter, int value)
{
    self->tokens[i].letter = letter;
    self->tokens[i].value = value;
    memmove(&self->tokens[i + 1], &self->tokens[i + 2], (size_t)(self->n - i - 2) * sizeof self->tokens[0]);
    self->n--;
}

static int full_year(int two_digits)
{
    return two_digits < 70 ? 2000 + two_digits : 1900 + two_digits;
}

static bool has_year_prefix(const Tokens *self)
{
    for (int i = 0; i < self->n; i++)
        if (strchr("af", self->tokens[i].letter))
            return true;
    return false;
}

/* Whether tokens i and i + 1 are a year pair, and its first year. "2011-12" is a month unless a prefix says otherwise. */
static bool is_pair(const Tokens *self, int i, int *first)
{
    const Token a = self->tokens[i], b = self->tokens[i + 1];
    const bool is_said = has_year_prefix(self) || self->n > 2;
    if ((b.before != '-' && b.before != '/') || b.n_digits == 1)
        return false;
    if (a.letter == 'y' && b.letter == 'y' && b.value == a.value + 1) {
        *first = a.value;
        return true;
    }
    if (a.letter == 'y' && b.letter == 'd' && b.value == (a.value + 1) % 100) {
        *first = a.value;
        return is_said ? self->n == 2 || !(i + 2 < self->n && self->tokens[i + 2].letter == 'd') : b.before == '/' || b.value > 12;
    }
    if (a.letter == 'd' && b.letter == 'd' && b.value == (a.value + 1) % 100) {
        *first = full_year(a.value);
        return has_year_prefix(self) || (self->n == 2 && a.value > 12) ||
               (self->n == 3 && strchr("tQHqh", self->tokens[i == 0 ? 2 : 0].letter));
    }
    return false;
}

/* Join what belongs together: q 2 -> Q, h 1 -> H, 2021 / 22 -> p, and 202122 -> p. */
static void join(Tokens *self, WmPeriodKind pair_kind)
{
    for (int i = 0; i + 1 < self->n; i++) {
        const Token next = self->tokens[i + 1];
        const char letter = self->tokens[i].letter;
        if ((letter == 'q' || letter == 'h') && next.letter == 'd' && next.value >= 1 && next.value <= (letter == 'q' ? 4 : 2))
            merge(self, i, letter == 'q' ? 'Q' : 'H', next.value);
    }
    for (int i = 0; i + 1 < self->n; i++) {
        int first;
        if (is_pair(self, i, &first))
            merge(self, i, 'p', first);
    }
    for (int i = 0; i < self->n; i++) {
        Token *token = &self->tokens[i];
        const int first = token->value / 100, rest = token->value % 100;
        const bool can_be_month = rest >= 1 && rest <= 12;
        const bool wants_pair = has_year_prefix(self) || pair_kind == WM_PERIOD_ACADEMIC_YEAR;
        if (token->letter == 's' && rest == (first + 1) % 100 && (!can_be_month || wants_pair))
            *token = (Token){.letter = 'p', .value = first, .before = token->before};
    }
}

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
    return make_months(WM_PERIOD_TERM, year, TERMS[i_term].first_month, out);
}

/* The parts of a form, by what the letters mean: v[k] is the value of the k-th token. */
typedef bool (*Maker)(const int *v, WmPeriodKind pair_kind, WmPeriod *out);

#define MAKER(name, expression)                                                                                                          \
    static bool name(const int *v, WmPeriodKind pair_kind, WmPeriod *out)                                                                \
    {                                                                                                                                    \
        (void)v;                                                                                                                         \
        (void)pair_kind;                                                                                                                 \
        return expression;                                                                                                               \
    }

MAKER(from_md, make_months(WM_PERIOD_MONTH, full_year(v[1]), v[0], out))
MAKER(from_my, make_months(WM_PERIOD_MONTH, v[1], v[0], out))
MAKER(from_ym, make_months(WM_PERIOD_MONTH, v[0], v[1], out))
MAKER(from_dd, make_months(WM_PERIOD_MONTH, full_year(v[1]), v[0], out))
MAKER(from_s, make_months(WM_PERIOD_MONTH, v[0] / 100, v[0] % 100, out))
MAKER(from_e, make_day(v[0] / 10000, v[0] / 100 % 100, v[0] % 100, out))
MAKER(from_dmy, make_day(v[2], v[1], v[0], out))
MAKER(from_dmd, make_day(full_year(v[2]), v[1], v[0], out))
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
MAKER(from_tp, make_term(v[0], v[1] + TERMS[v[0]].years_after_start, out))
MAKER(from_pt, make_term(v[1], v[0] + TERMS[v[1]].years_after_start, out))
MAKER(from_ty, make_term(v[0], v[1], out))
MAKER(from_yt, make_term(v[1], v[0], out))

typedef struct {
    const char *letters;
    Maker make;
} Form;

static const Form FORMS[] = {
    {"md", from_md},   {"my", from_my},   {"ym", from_ym},   {"yd", from_ym}, {"dy", from_my}, {"dd", from_dd}, {"s", from_s},
    {"e", from_e},     {"dmy", from_dmy}, {"dmd", from_dmd}, {"ddy", from_dmy}, {"ddd", from_dmd}, {"mdy", from_mdy}, {"ydd", from_ydd},
    {"y", from_y},     {"cy", from_cy},   {"p", from_p},     {"ap", from_ap}, {"pa", from_pa}, {"fp", from_fp}, {"pf", from_pf},
    {"Qp", from_Qp},   {"pQ", from_pQ},   {"Qy", from_Qy},   {"yQ", from_yQ}, {"Hp", from_Hp}, {"pH", from_pH}, {"Hy", from_Hy},
    {"yH", from_yH},   {"tp", from_tp},   {"pt", from_pt},   {"ty", from_ty}, {"yt", from_yt},
};

/* Texts of the right form that say nothing certain: "3.5" is a number, "Apr 5" has no year, "11/12" is a month or a pair of years. */
static bool is_doubtful(const Tokens *tokens, const char *letters)
{
    const Token first = tokens->tokens[0], last = tokens->tokens[tokens->n - 1];
    const bool ends_in_short_year = letters[tokens->n - 1] == 'd' && tokens->n > 1 && letters[0] != 'y';
    if (ends_in_short_year && last.n_digits != 2)
        return true;
    if (strcmp(letters, "dd") == 0)
        return last.before == ' ' || last.before == '.' || last.value == first.value + 1;
    return (strcmp(letters, "yd") == 0 || strcmp(letters, "dy") == 0) && last.before == '.';
}

bool wm_period_parse(const char *text, WmPeriodKind pair_kind, WmPeriod *out)
{
    *out = (WmPeriod){WM_PERIOD_NONE, 0};
    Tokens tokens;
    if (!text || !split(text, &tokens))
        return false;
    join(&tokens, pair_kind);

    char letters[MAX_TOKENS + 1];
    int values[MAX_TOKENS];
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

/* The first year of the pair in which month number `start` lies, where a year begins in month `anchor` (0 = January). */
static int pair_year(int32_t start, int anchor)
{
    return (start - anchor) / 12;
}

static const Term *term_of(int32_t start)
{
    for (size_t i = 0; i < N_TERMS; i++)
        if (TERMS[i].first_month == start % 12 + 1)
            return &TERMS[i];
    return &TERMS[0];
}

#define PAIR_FORMAT "%d/%02d"
#define PAIR(year) (year), ((year) + 1) % 100

const char *wm_period_format(WmPeriod period, char text[WM_PERIOD_TEXT])
{
    const int year = period.start / 12, month = period.start % 12;
    const int financial = pair_year(period.start, 3), academic = pair_year(period.start, 8);
    switch (period.kind) {
    case WM_PERIOD_NONE:
    case WM_N_PERIOD_KINDS:
        text[0] = 0;
        break;
    case WM_PERIOD_DAY:
        return wm_day_format(period.start, text);
    case WM_PERIOD_MONTH:
        snprintf(text, WM_PERIOD_TEXT, "%.3s %d", MONTHS[month], year);
        break;
    case WM_PERIOD_QUARTER:
        snprintf(text, WM_PERIOD_TEXT, "Q%d " PAIR_FORMAT, (month + 9) % 12 / 3 + 1, PAIR(financial));
        break;
    case WM_PERIOD_CALENDAR_QUARTER:
        snprintf(text, WM_PERIOD_TEXT, "Q%d %d", month / 3 + 1, year);
        break;
    case WM_PERIOD_TERM: {
        const Term *term = term_of(period.start);
        snprintf(text, WM_PERIOD_TEXT, "%c%s term " PAIR_FORMAT, toupper((unsigned char)term->name[0]), term->name + 1, PAIR(academic));
        break;
    }
    case WM_PERIOD_HALF:
        snprintf(text, WM_PERIOD_TEXT, "H%d " PAIR_FORMAT, (month + 9) % 12 / 6 + 1, PAIR(financial));
        break;
    case WM_PERIOD_CALENDAR_HALF:
        snprintf(text, WM_PERIOD_TEXT, "H%d %d", month / 6 + 1, year);
        break;
    case WM_PERIOD_YEAR:
        snprintf(text, WM_PERIOD_TEXT, "%d", year);
        break;
    case WM_PERIOD_ACADEMIC_YEAR:
        snprintf(text, WM_PERIOD_TEXT, "AY " PAIR_FORMAT, PAIR(academic));
        break;
    case WM_PERIOD_FINANCIAL_YEAR:
        snprintf(text, WM_PERIOD_TEXT, PAIR_FORMAT, PAIR(financial));
        break;
    }
    return text;
}

const char *wm_period_format_iso(WmPeriod period, char text[WM_PERIOD_TEXT])
{
    const int year = period.start / 12, month = period.start % 12;
    const int financial = pair_year(period.start, 3), academic = pair_year(period.start, 8);
    switch (period.kind) {
    case WM_PERIOD_DAY:
        return wm_day_format_iso(period.start, text);
    case WM_PERIOD_MONTH:
        snprintf(text, WM_PERIOD_TEXT, "%04d-%02d", year, month + 1);
        break;
    case WM_PERIOD_QUARTER:
        snprintf(text, WM_PERIOD_TEXT, PAIR_FORMAT "-Q%d", PAIR(financial), (month + 9) % 12 / 3 + 1);
        break;
    case WM_PERIOD_CALENDAR_QUARTER:
        snprintf(text, WM_PERIOD_TEXT, "%d-Q%d", year, month / 3 + 1);
        break;
    case WM_PERIOD_TERM:
        snprintf(text, WM_PERIOD_TEXT, PAIR_FORMAT " %s", PAIR(academic), term_of(period.start)->name);
        break;
    case WM_PERIOD_HALF:
        snprintf(text, WM_PERIOD_TEXT, PAIR_FORMAT "-H%d", PAIR(financial), (month + 9) % 12 / 6 + 1);
        break;
    case WM_PERIOD_CALENDAR_HALF:
        snprintf(text, WM_PERIOD_TEXT, "%d-H%d", year, month / 6 + 1);
        break;
    case WM_PERIOD_FINANCIAL_YEAR:
        snprintf(text, WM_PERIOD_TEXT, "FY " PAIR_FORMAT, PAIR(financial));
        break;
    case WM_PERIOD_NONE:
    case WM_PERIOD_YEAR:
    case WM_PERIOD_ACADEMIC_YEAR:
    case WM_N_PERIOD_KINDS:
        return wm_period_format(period, text);
    }
    return text;
}

bool wm_day_parse(const char *text, WmPeriodKind pair_kind, WmDay *out)
{
    WmPeriod period;
    const bool is_read = wm_period_parse(text, pair_kind, &period);
    *out = wm_period_end(period);
    return is_read;
}

const char *wm_day_format_iso(WmDay day, char text[WM_PERIOD_TEXT])
{
    const WmDate date = wm_day_to_date(day);
    if (day == WM_NO_DAY)
        text[0] = 0;
    else
        snprintf(text, WM_PERIOD_TEXT, "%04d-%02d-%02d", date.year, date.month, date.day);
    return text;
}

const char *wm_day_format(WmDay day, char text[WM_PERIOD_TEXT])
{
    const WmDate date = wm_day_to_date(day);
    if (day == WM_NO_DAY)
        text[0] = 0;
    else
        snprintf(text, WM_PERIOD_TEXT, "%d %.3s %d", date.day, MONTHS[date.month - 1], date.year);
    return text;
}

const char *wm_day_format_month(WmDay day, char text[WM_PERIOD_TEXT])
{
    const WmDate date = wm_day_to_date(day);
    if (day == WM_NO_DAY)
        text[0] = 0;
    else
        snprintf(text, WM_PERIOD_TEXT, "%.3s %d", MONTHS[date.month - 1], date.year);
    return text;
}
