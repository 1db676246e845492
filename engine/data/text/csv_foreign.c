/* What is no CSV. */
#include "engine/data/text/csv_foreign.h"

#include <string.h>

#define UNPACK "unpack it, and take the file inside"
#define AS_CSV "ask its sender for the figures as a CSV file or a workbook"

/* Each format's own mark: ISO 32000 7.5.2, RFC 1952 2.3.1, RFC 8878 3.1.1, and those of bzip2, xz, 7-Zip, SQLite 3, PNG and JPEG.
 */
static const struct {
    const char *mark;
    size_t n;
    ForeignKind kind;
} MARKS[] = {
    {"%PDF-", 5, {"a PDF", AS_CSV}},
    {"\x1F\x8B", 2, {"packed by gzip", UNPACK}},
    {"\x28\xB5\x2F\xFD", 4, {"packed by zstd", UNPACK}},
    {"BZh", 3, {"packed by bzip2", UNPACK}},
    {"\xFD"
     "7zXZ",
     5,
     {"packed by xz", UNPACK}},
    {"7z\xBC\xAF", 4, {"packed by 7-Zip", UNPACK}},
    {"SQLite format 3", 15, {"an SQLite database", AS_CSV}},
    {"\x89PNG", 4, {"a picture", AS_CSV}},
    {"\xFF\xD8\xFF", 3, {"a picture", AS_CSV}},
};

static const ForeignKind PAGE = {"a web page or XML",
                                 "the download may have failed: fetch it again; or open it in a spreadsheet and save it as CSV"};
static const ForeignKind JSON = {"JSON", AS_CSV};

static size_t skip_blanks(const char *bytes, size_t length, size_t at)
{
    while (at < length && g_ascii_isspace(bytes[at]))
        at++;
    return at;
}

const ForeignKind *csv_foreign_kind(const char *bytes, size_t length)
{
    for (size_t i = 0; i < G_N_ELEMENTS(MARKS); i++)
        if (length >= MARKS[i].n && memcmp(bytes, MARKS[i].mark, MARKS[i].n) == 0)
            return &MARKS[i].kind;
    const size_t first = skip_blanks(bytes, length, 0), second = skip_blanks(bytes, length, first + 1);
    if (first + 1 >= length)
        return NULL;
    const char next = bytes[first + 1]; /* "<5 years" may well head a column */
    if (bytes[first] == '<' && (g_ascii_isalpha(next) || next == '!' || next == '?'))
        return &PAGE;
    const char inner = second < length ? bytes[second] : 0;
    const gboolean is_object = bytes[first] == '{' && (inner == '"' || inner == '}');
    const gboolean is_array = bytes[first] == '[' && (inner == '{' || inner == '[');
    return is_object || is_array ? &JSON : NULL;
}
