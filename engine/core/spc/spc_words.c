/* Signals in words, and run lengths from them. */
#include <waymark/spc.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum { AT_LIMIT, AT_LENGTH, AT_FIXED } Shape;

/* How each signal is said: at AT_LIMIT "Oct 2021 is" comes before, at AT_LENGTH "7 months". `%s` is the centre. */
static const struct {
    Shape shape;
    const char *high, *low;
} WORDS[WM_N_SIGNALS] = {
    [WM_SIGNAL_NONE] = {AT_FIXED, "no signal", "no signal"},
    [WM_SIGNAL_OUTSIDE] = {AT_LIMIT, "above the upper limit", "below the lower limit"},
    [WM_SIGNAL_TREND] = {AT_LENGTH, "rising without a break", "falling without a break"},
    [WM_SIGNAL_TWO_OF_THREE] = {AT_FIXED, "two of the last three near the upper limit",
                                "two of the last three near the lower limit"},
    [WM_SIGNAL_RUN] = {AT_LENGTH, "above %s", "below %s"},
    [WM_SIGNAL_NELSON_1] = {AT_LIMIT, "above the upper limit", "below the lower limit"},
    [WM_SIGNAL_NELSON_2] = {AT_LENGTH, "above %s", "below %s"},
    [WM_SIGNAL_NELSON_3] = {AT_LENGTH, "rising without a break", "falling without a break"},
    [WM_SIGNAL_NELSON_4] = {AT_LENGTH, "up and down by turns", "up and down by turns"},
    [WM_SIGNAL_NELSON_5] = {AT_FIXED, "two of the last three near the upper limit", "two of the last three near the lower limit"},
    [WM_SIGNAL_NELSON_6] = {AT_FIXED, "four of the last five well above %s", "four of the last five well below %s"},
    [WM_SIGNAL_NELSON_7] = {AT_LENGTH, "closer to %s than chance allows", "closer to %s than chance allows"},
    [WM_SIGNAL_NELSON_8] = {AT_LENGTH, "away from %s on either side", "away from %s on either side"},
    [WM_SIGNAL_LONG_RUN] = {AT_LENGTH, "above %s", "below %s"},
    [WM_SIGNAL_FEW_CROSSINGS] = {AT_FIXED, "%s is crossed less often than chance allows",
                                 "%s is crossed less often than chance allows"},
};

const char *wm_signal_describe(WmSignal signal, int direction, size_t n_signal, const char *noun, const char *period,
                               const char *centre, char text[WM_SIGNAL_TEXT])
{
    const char *words = direction >= 0 ? WORDS[signal].high : WORDS[signal].low;
    const char *place = strstr(words, "%s");
    const int n_before = place ? (int)(place - words) : (int)strlen(words);
    char what[WM_SIGNAL_TEXT];
    snprintf(what, sizeof what, "%.*s%s%s", n_before, words, place ? centre : "", place ? place + 2 : "");
    switch (WORDS[signal].shape) {
    case AT_LIMIT:
        snprintf(text, WM_SIGNAL_TEXT, "%s is %s", period, what);
        break;
    case AT_LENGTH:
        snprintf(text, WM_SIGNAL_TEXT, "%zu %s%s %s", n_signal, noun, n_signal == 1 ? "" : "s", what);
        break;
    case AT_FIXED:
        snprintf(text, WM_SIGNAL_TEXT, "%s", what);
        break;
    }
    return text;
}

/* Lengths that make a pattern; {0, 0} where a signal has none. */
static const struct {
    unsigned least, most;
} LENGTHS[WM_N_SIGNALS] = {
    [WM_SIGNAL_TREND] = {3, 1000},    [WM_SIGNAL_TWO_OF_THREE] = {1, 3}, [WM_SIGNAL_RUN] = {2, 1000},
    [WM_SIGNAL_NELSON_2] = {2, 1000}, [WM_SIGNAL_NELSON_3] = {3, 1000},  [WM_SIGNAL_NELSON_4] = {4, 1000},
    [WM_SIGNAL_NELSON_5] = {1, 1000}, [WM_SIGNAL_NELSON_6] = {1, 1000},  [WM_SIGNAL_NELSON_7] = {2, 1000},
    [WM_SIGNAL_NELSON_8] = {2, 1000}, [WM_SIGNAL_LONG_RUN] = {2, 1000},
};

static const char *skip(const char *text, const char *characters)
{
    return text + strspn(text, characters);
}

/* "run 8": writes it, and returns what comes after; NULL when it is none. */
static const char *read_length(const char *text, unsigned lengths[WM_N_SIGNALS])
{
    char name[24];
    const size_t n = strcspn(text, " \t=,");
    if (n == 0 || n >= sizeof name)
        return NULL;
    memcpy(name, text, n);
    name[n] = 0;
    WmSignal signal;
    text = skip(text + n, " \t=");
    char *end;
    const unsigned long length = isdigit((unsigned char)*text) ? strtoul(text, &end, 10) : 0;
    if (!wm_signal_parse(name, &signal) || length < LENGTHS[signal].least || length > LENGTHS[signal].most || length == 0)
        return NULL;
    lengths[signal] = (unsigned)length;
    return skip(end, " \t");
}

bool wm_spc_lengths_parse(const char *text, unsigned lengths[WM_N_SIGNALS])
{
    unsigned read[WM_N_SIGNALS];
    memcpy(read, lengths, sizeof read);
    for (text = skip(text, " \t"); *text; text = skip(text + 1, " \t")) {
        text = read_length(text, read);
        if (!text || (*text && *text != ','))
            return false;
        if (!*text)
            break;
    }
    memcpy(lengths, read, sizeof read);
    return true;
}
