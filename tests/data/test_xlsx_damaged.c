/* Files that are no workbooks, or were once: every byte cut off or changed, old and protected ones, texts, nothing at all. */
#include "engine/data/xlsx/xlsx_file.h"

#include <string.h>
#include <zip.h>

#include "core/fixture_random.h"
#include "data/fixture_workbook.h"

#define DAMAGED "get the file again from its sender"

static GBytes *bytes_of(GByteArray *bytes)
{
    return g_byte_array_free_to_bytes(bytes);
}

static GByteArray *standard_bytes(void)
{
    return g_bytes_unref_to_array(WORKBOOK_BYTES({NULL, NULL}));
}

static void append_number(GByteArray *bytes, guint64 value, int n)
{
    for (int i = 0; i < n; i++, value >>= 8)
        g_byte_array_append(bytes, &(guint8){(guint8)value}, 1);
}

/* A 64-bit directory that claims n parts. */
static GBytes *claims_many_parts(void)
{
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)"PK\x03\x04", 4);
    append_number(bytes, 0, 26);
    const guint64 end64 = bytes->len;
    g_byte_array_append(bytes, (const guint8 *)"PK\x06\x06", 4);
    append_number(bytes, 44, 8);
    append_number(bytes, 0, 12);
    append_number(bytes, 100000000, 8);
    append_number(bytes, 100000000, 8);
    append_number(bytes, 4600000000, 8);
    append_number(bytes, 0, 8);
    g_byte_array_append(bytes, (const guint8 *)"PK\x06\x07", 4);
    append_number(bytes, 0, 4);
    append_number(bytes, end64, 8);
    append_number(bytes, 1, 4);
    g_byte_array_append(bytes, (const guint8 *)"PK\x05\x06", 4);
    append_number(bytes, 0, 4);
    append_number(bytes, 0xFFFFFFFF, 4);
    append_number(bytes, 0xFFFFFFFF, 4);
    append_number(bytes, 0xFFFFFFFF, 4);
    append_number(bytes, 0, 2);
    return bytes_of(bytes);
}

/* Set a bit of each entry's flags, in both of its headers. */
static GBytes *with_flag(guint8 bit)
{
    GByteArray *bytes = standard_bytes();
    for (guint i = 0; i + 10 < bytes->len; i++) {
        if (memcmp(bytes->data + i, "PK\x03\x04", 4) == 0)
            bytes->data[i + 6] |= bit;
        if (memcmp(bytes->data + i, "PK\x01\x02", 4) == 0)
            bytes->data[i + 8] |= bit;
    }
    return bytes_of(bytes);
}

static GBytes *encrypted(void)
{
    return with_flag(1);
}

/* The method of each entry, in both of its headers: 12 is bzip2, 99 none that is known. */
static GBytes *packed_by_bzip2(void)
{
    GByteArray *bytes = standard_bytes();
    for (guint i = 0; i + 12 < bytes->len; i++) {
        if (memcmp(bytes->data + i, "PK\x03\x04", 4) == 0)
            bytes->data[i + 8] = 12;
        if (memcmp(bytes->data + i, "PK\x01\x02", 4) == 0)
            bytes->data[i + 10] = 12;
    }
    return bytes_of(bytes);
}

/* The checksums that the directory keeps. */
static GBytes *wrong_checksum(void)
{
    GByteArray *bytes = standard_bytes();
    for (guint i = 0; i + 20 < bytes->len; i++)
        if (memcmp(bytes->data + i, "PK\x01\x02", 4) == 0)
            bytes->data[i + 16] ^= 0xFF;
    return bytes_of(bytes);
}

static GBytes *cut_in_the_middle(void)
{
    GByteArray *bytes = standard_bytes();
    g_byte_array_set_size(bytes, bytes->len / 2);
    return bytes_of(bytes);
}

static GBytes *a_text_file(void)
{
    return g_bytes_new_static("indicator,period,value\n", 23);
}

static GBytes *an_empty_file(void)
{
    return g_bytes_new_static("", 0);
}

/* An OLE compound file with one stream in its directory. */
static GBytes *ole_with(const char *stream)
{
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_set_size(bytes, 1024);
    memset(bytes->data, 0, bytes->len);
    memcpy(bytes->data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    bytes->data[30] = 9; /* sectors of 512 bytes; the directory in the first */
    for (size_t i = 0; stream[i]; i++)
        bytes->data[512 + 128 + 2 * i] = (guint8)stream[i];
    return bytes_of(bytes);
}

static GBytes *an_old_workbook(void)
{
    return ole_with("Workbook");
}

static GBytes *a_protected_workbook(void)
{
    return ole_with("EncryptedPackage");
}

static GBytes *another_ole_file(void)
{
    return ole_with("WordDocument");
}

static GBytes *a_beginning_of_ole(void)
{
    return g_bytes_new_static("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
}

typedef struct {
    const char *name;
    GBytes *(*make)(void);
    const char *message;
} BytesCase;

static const BytesCase BYTES_CASES[] = {
    {"a_directory_that_claims_a_hundred_million_parts", claims_many_parts, "it claims more than 65,535 parts"},
    {"encrypted_parts", encrypted, "is encrypted; open it with its password and save it as .xlsx without one"},
    {"parts_packed_by_another_method", packed_by_bzip2, "is packed by a method that workbooks do not use"},
    {"a_wrong_checksum", wrong_checksum, "is damaged"},
    {"a_file_cut_in_the_middle", cut_in_the_middle, "the workbook is cut short; " DAMAGED},
    {"a_text_file", a_text_file, "it is no .xlsx workbook; save it as .xlsx, or as CSV with the ending .csv"},
    {"an_empty_file", an_empty_file, "the file is empty"},
    {"an_old_workbook", an_old_workbook,
     "it is a workbook of the old .xls format; open it in Excel or LibreOffice and save it as .xlsx"},
    {"a_protected_workbook", a_protected_workbook,
     "the workbook is protected by a password; open it with its password and save it as .xlsx"},
    {"another_office_file", another_ole_file, "it is an old or password-protected Office file"},
    {"the_beginning_of_an_office_file", a_beginning_of_ole, "it is an old or password-protected Office file"},
};

static void bytes_are_refused(void **state)
{
    const BytesCase *row = *state;
    g_autoptr(GBytes) bytes = row->make();
    assert_workbook_refused(bytes, row->message);
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    (void)state;
    g_autoptr(GBytes) whole = WORKBOOK_BYTES({NULL, NULL});
    const gsize n = g_bytes_get_size(whole);
    for (gsize length = 0; length < n; length++) {
        g_autoptr(GBytes) bytes = g_bytes_new_from_bytes(whole, 0, length);
        g_autoptr(GError) error = NULL;
        assert_null(workbook_rows(bytes, NULL, &error));
        assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    }
}

/* A damaged byte is either harmless or told: never other figures. */
static void a_damaged_byte_never_changes_what_is_read(void **state)
{
    (void)state;
    g_autoptr(GBytes) whole = WORKBOOK_BYTES({NULL, NULL});
    g_autofree char *rows = workbook_rows(whole, NULL, NULL);
    gsize n;
    const guint8 *data = g_bytes_get_data(whole, &n);
    for (gsize i = 0; i < n; i++)
        for (int bit = 0; bit < 8; bit += 3) {
            guint8 *copy = g_memdup2(data, n);
            copy[i] ^= (guint8)(1 << bit);
            g_autoptr(GBytes) bytes = g_bytes_new_take(copy, n);
            g_autoptr(GError) error = NULL;
            g_autofree char *read = workbook_rows(bytes, NULL, &error);
            assert_true(read ? strcmp(read, rows) == 0 : error != NULL);
        }
}

static void an_empty_file_on_disk_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.xlsx");
    g_autoptr(GError) error = NULL;
    folder_write(&folder, "x.xlsx", "");
    assert_null(xlsx_open(path, &error));
    assert_contains(error->message, "x.xlsx: the file is empty");
}

static void a_missing_file_says_where_and_what_to_do(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(xlsx_open("/no/such/book.xlsx", &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
    assert_contains(
        error->message,
        "/no/such/book.xlsx: cannot open: Can't open file: No such file or directory; check the path and its permissions");
}

int main(void)
{
    ADD_TABLE(BYTES_CASES, bytes_are_refused);
    ADD(a_file_cut_anywhere_is_refused);
    ADD(a_damaged_byte_never_changes_what_is_read);
    ADD(an_empty_file_on_disk_is_refused);
    ADD(a_missing_file_says_where_and_what_to_do);
    return run_cases("xlsx_damaged");
}
