/* Cells: where they stand, and their numbers as text. */
#include "engine/data/xlsx/xlsx_cell.h"

#include <math.h>
#include <string.h>
#include <waymark/calendar.h>

#define MAX_LETTERS    3
#define MAX_ROW_DIGITS 7
#define SECONDS_A_DAY  86400
#define MAX_SERIAL     2958465.0 /* 31 December 9999 */
#define FALSE_LEAP_DAY 60        /* Excel's 29 February 1900, kept from Lotus 1-2-3 */
#define DIGITS_MAX     17
#define DIGITS_SURE    15

gboolean xlsx_reference_read(const char *text, int *row, int *column)
{
    const char *at = text;
    *row = *column = 0;
    for (; g_ascii_isalpha(*at) && at - text < MAX_LETTERS + 1; at++)
        *column = *column * 26 + g_ascii_toupper(*at) - 'A' + 1;
    const char *digits = at;
    for (; g_ascii_isdigit(*at) && at - digits < MAX_ROW_DIGITS + 1; at++)
        *row = *row * 10 + g_ascii_digit_value(*at);
    return !*at && *column >= 1 && *column <= XLSX_MAX_COLUMNS && *row >= 1 && *row <= XLSX_MAX_ROWS;
}

const char *xlsx_column_letters(int column, char text[XLSX_COLUMN_TEXT])
{
    char *at = text + XLSX_COLUMN_TEXT - 1;
    *at = 0;
    for (; column > 0 && at > text; column = (column - 1) / 26)
        *--at = (char)('A' + (column - 1) % 26);
    return at;
}

/* Whether a number already stands as we write it: no blanks, signs or zeros too many, and of at most 15 digits, for which no
 * shorter text reads back to the same double. */
static gboolean is_plain_decimal(const char *stored)
{
    const char *whole = stored + (*stored == '-');
    const size_t n_whole = strspn(whole, "0123456789");
    const char *point = whole + n_whole;
    const size_t n_decimals = *point == '.' ? strspn(point + 1, "0123456789") : 0;
    if (n_whole == 0 || n_whole + n_decimals > DIGITS_SURE || (*whole == '0' && n_whole > 1))
        return FALSE;
    if (*point == 0)
        return *whole != '0' || whole == stored; /* but -0 */
    return *point == '.' && n_decimals > 0 && !point[1 + n_decimals] && point[n_decimals] != '0';
}

static gboolean number_read(const char *stored, double *out)
{
    char *end;
    *out = g_ascii_strtod(stored, &end);
    return end != stored && !*end && isfinite(*out) && !stored[strspn(stored, "0123456789+-.eE")];
}

/* The digits of the shortest text that reads back to the same double, and the power of ten of the first: 0.25 is "25" and -1. */
static int shortest_digits(double size, char digits[DIGITS_MAX + 1])
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    for (int n = 14; n < DIGITS_MAX; n++) {
        char format[8];
        g_snprintf(format, sizeof format, "%%.%de", n);
        g_ascii_formatd(text, sizeof text, format, size);
        if (g_ascii_strtod(text, NULL) == size)
            break;
    }
    size_t n_digits = 0;
    const char *at = text;
    for (; *at && *at != 'e'; at++)
        if (g_ascii_isdigit(*at))
            digits[n_digits++] = *at;
    while (n_digits > 1 && digits[n_digits - 1] == '0')
        n_digits--;
    digits[n_digits] = 0;
    return *at ? (int)g_ascii_strtoll(at + 1, NULL, 10) : 0;
}

/* A number times ten to the `shift`, by moving the point: a percent is exact, and has no digits that the cell had not. */
static void append_decimal(GString *out, double value, int shift)
{
    char digits[DIGITS_MAX + 1];
    const int power = value == 0 ? 0 : shortest_digits(fabs(value), digits) + shift;
    if (value == 0)
        strcpy(digits, "0");
    const int n = (int)strlen(digits);
    if (value < 0)
        g_string_append_c(out, '-');
    if (power < -7 || power > 20) {
        g_string_append_printf(out, "%c%s%se%d", digits[0], n > 1 ? "." : "", digits + 1, power);
        return;
    }
    if (power < 0)
        g_string_append(out, "0.");
    for (int i = power + 1; i < 0; i++)
        g_string_append_c(out, '0');
    for (int i = 0; i < MAX(n, power + 1); i++) {
        if (i == power + 1 && i > 0)
            g_string_append_c(out, '.');
        g_string_append_c(out, i < n ? digits[i] : '0');
    }
}

/* The day of a serial number. In the 1900 epoch day 1 is 1 January 1900, and a day too many follows 28 February. */
static WmDate date_of(int serial, gboolean is_1904)
{
    const WmDay day =
        is_1904 ? wm_day_from_date(1904, 1, 1) + serial : wm_day_from_date(1899, 12, serial < FALSE_LEAP_DAY ? 31 : 30) + serial;
    return wm_day_to_date(day);
}

static void append_time(GString *out, gint64 seconds)
{
    g_string_append_printf(out, "%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60));
    if (seconds % 60)
        g_string_append_printf(out, ":%02d", (int)(seconds % 60));
}

static void append_day(GString *out, int serial, XlsxFormat format, gboolean is_1904)
{
    WmDate date = date_of(serial, is_1904);
    if (!is_1904 && serial == FALSE_LEAP_DAY)
        date = (WmDate){1900, 2, 29};
    if (!is_1904 && serial == 0)
        date = (WmDate){1900, 1, 0}; /* as Excel shows it */
    g_string_append_printf(out, "%04d", date.year);
    if (format != XLSX_YEAR)
        g_string_append_printf(out, "-%02d", date.month);
    if (format != XLSX_YEAR && format != XLSX_MONTH)
        g_string_append_printf(out, "-%02d", date.day);
}

/* A time of day has no day only where the serial has none. */
static void append_date(GString *out, double serial, XlsxFormat format, gboolean is_1904)
{
    if (serial < 0 || serial > MAX_SERIAL) { /* Excel shows ##### */
        append_decimal(out, serial, 0);
        return;
    }
    const gint64 total = (gint64)round(serial * SECONDS_A_DAY), seconds = total % SECONDS_A_DAY;
    const int day = (int)(format == XLSX_DAY_AND_TIME || format == XLSX_TIME ? total / SECONDS_A_DAY : (gint64)serial);
    if (format == XLSX_ELAPSED || (format == XLSX_TIME && day == 0)) {
        append_time(out, total);
        return;
    }
    append_day(out, day, format, is_1904);
    if ((format == XLSX_DAY_AND_TIME || format == XLSX_TIME) && seconds) {
        g_string_append_c(out, 'T');
        append_time(out, seconds);
    }
}

void xlsx_append_number(GString *out, const char *stored, XlsxFormat format, gboolean is_1904)
{
    double value;
    if ((format == XLSX_PLAIN && is_plain_decimal(stored)) || !number_read(stored, &value)) {
        g_string_append(out, stored);
        return;
    }
    switch (format) {
    case XLSX_PLAIN:
        append_decimal(out, value, 0);
        break;
    case XLSX_PERCENT:
        append_decimal(out, value, 2);
        g_string_append_c(out, '%');
        break;
    case XLSX_DAY:
    case XLSX_MONTH:
    case XLSX_YEAR:
    case XLSX_DAY_AND_TIME:
    case XLSX_TIME:
    case XLSX_ELAPSED:
        append_date(out, value, format, is_1904);
        break;
    }
}
