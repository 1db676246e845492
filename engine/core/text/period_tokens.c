/* A period's text, cut into tokens: each becomes one letter (y a four-digit year, m a month's name, q a quarter …). */
#include "engine/core/text/period_tokens.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

const char *const WM_MONTHS[12] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};

const WmTerm WM_TERMS[WM_N_TERMS] = {{"autumn", 9, 0}, {"spring", 1, 1}, {"summer", 5, 1}};

/* Words other than months and terms. */
typedef struct {
    const char *word;
    char letter;
} Word;

static const Word WORDS[] = {
    {"q", 'q'},        {"qtr", 'q'}, {"quarter", 'q'},   {"h", 'h'},  {"half", 'h'},     {"ay", 'a'},
    {"academic", 'a'}, {"fy", 'f'},  {"financial", 'f'}, {"cy", 'c'}, {"calendar", 'c'},
};
#define N_WORDS (sizeof WORDS / sizeof WORDS[0])

/* Words that add nothing, and the letters of the tokens that they may follow: elsewhere they say something that is not understood.
 */
static const struct {
    const char *word, *follows;
} FILLERS[] = {{"term", "t"}, {"year", "acfh"}, {"of", "d"}};
#define N_FILLERS (sizeof FILLERS / sizeof FILLERS[0])

/* What may stand between tokens, and what it counts as. */
static const struct {
    const char *text;
    char letter;
} SEPARATORS[] = {
    {" ", ' '}, {"\t", ' '}, {"\xC2\xA0", ' '},                                    /* no-break space */
    {".", '.'}, {",", '.'},  {"-", '-'},        {"/", '/'}, {"\xE2\x80\x93", '-'}, /* en dash */
};
#define N_SEPARATORS (sizeof SEPARATORS / sizeof SEPARATORS[0])

/* The kind of a token of digits by its length. */
static char digits_letter(size_t length)
{
    static const char LETTERS[] = {0, 'd', 'd', 0, 'y', 0, 's', 0, 'e'};
    return length < sizeof LETTERS ? LETTERS[length] : 0;
}

static bool word_token(const char *word, size_t length, WmToken *token)
{
    for (int i = 0; i < 12; i++)
        if (length >= 3 && length <= strlen(WM_MONTHS[i]) && strncasecmp(word, WM_MONTHS[i], length) == 0) {
            *token = (WmToken){.letter = 'm', .value = i + 1};
            return true;
        }
    for (size_t i = 0; i < WM_N_TERMS; i++)
        if (length == strlen(WM_TERMS[i].name) && strncasecmp(word, WM_TERMS[i].name, length) == 0) {
            *token = (WmToken){.letter = 't', .value = (int)i};
            return true;
        }
    for (size_t i = 0; i < N_WORDS; i++)
        if (length == strlen(WORDS[i].word) && strncasecmp(word, WORDS[i].word, length) == 0) {
            *token = (WmToken){.letter = WORDS[i].letter};
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

static bool is_filler(const char *word, size_t length, const WmTokens *tokens)
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

static bool number_token(const char *digits, size_t length, WmToken *token)
{
    *token = (WmToken){.letter = digits_letter(length), .n_digits = (int)length};
    for (size_t i = 0; token->letter && i < length; i++)
        token->value = token->value * 10 + (digits[i] - '0');
    return token->letter != 0;
}

static bool split(const char *text, WmTokens *out)
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
            WmToken token;
            if (out->n == WM_MAX_TOKENS || !(is_number ? number_token(at, length, &token) : word_token(at, length, &token)))
                return false;
            token.before = before;
            out->tokens[out->n++] = token;
        }
        at = skip_separators(run_end, end, &before);
    }
    const bool is_cut_off = before == '-' || before == '/';
    return out->n > 0 && !is_cut_off && !strchr("-/", out->tokens[0].before ? out->tokens[0].before : ' ');
}

static void merge(WmTokens *self, int i, char letter, int value)
{
    self->tokens[i].letter = letter;
    self->tokens[i].value = value;
    memmove(&self->tokens[i + 1], &self->tokens[i + 2], (size_t)(self->n - i - 2) * sizeof self->tokens[0]);
    self->n--;
}

int wm_full_year(int two_digits)
{
    return two_digits < 70 ? 2000 + two_digits : 1900 + two_digits;
}

static bool has_year_prefix(const WmTokens *self)
{
    for (int i = 0; i < self->n; i++)
        if (strchr("af", self->tokens[i].letter))
            return true;
    return false;
}

/* Whether tokens i and i + 1 are a year pair, and its first year. "2011-12" is a month unless a prefix says otherwise. */
static bool is_pair(const WmTokens *self, int i, int *first)
{
    const WmToken a = self->tokens[i], b = self->tokens[i + 1];
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
        *first = wm_full_year(a.value);
        return has_year_prefix(self) || (self->n == 2 && a.value > 12) ||
               (self->n == 3 && strchr("tQHqh", self->tokens[i == 0 ? 2 : 0].letter));
    }
    return false;
}

/* Join what belongs together: q 2 -> Q, h 1 -> H, 2021 / 22 -> p, and 202122 -> p. */
static void join(WmTokens *self, WmPeriodKind pair_kind)
{
    for (int i = 0; i + 1 < self->n; i++) {
        const WmToken next = self->tokens[i + 1];
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
        WmToken *token = &self->tokens[i];
        const int first = token->value / 100, rest = token->value % 100;
        const bool can_be_month = rest >= 1 && rest <= 12;
        const bool wants_pair = has_year_prefix(self) || pair_kind == WM_PERIOD_ACADEMIC_YEAR;
        if (token->letter == 's' && rest == (first + 1) % 100 && (!can_be_month || wants_pair))
            *token = (WmToken){.letter = 'p', .value = first, .before = token->before};
    }
}

bool wm_tokens_read(const char *text, WmPeriodKind pair_kind, WmTokens *out)
{
    if (!split(text, out))
        return false;
    join(out, pair_kind);
    return true;
}
