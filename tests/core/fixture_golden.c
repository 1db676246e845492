#include "core/fixture_golden.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"

static const char *source_folder(void)
{
    const char *source = getenv("WAYMARK_SOURCE");
    return source && *source ? source : ".";
}

const char *source_path(const char *file, char path[4096])
{
    snprintf(path, 4096, "%s/%s", source_folder(), file);
    return path;
}

const char *shared_path(const char *file, char path[4096])
{
    const char *shared = getenv("WAYMARK_SHARED");
    if (shared && *shared)
        snprintf(path, 4096, "%s/%s", shared, file);
    else
        snprintf(path, 4096, "%s/../shared/%s", source_folder(), file);
    return path;
}

static char *read_all(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    char *text = NULL;
    size_t length = 0, size = 0;
    for (;;) {
        if (size - length < 65536)
            text = realloc(text, size = 2 * size + 65537);
        const size_t n = fread(text + length, 1, size - length - 1, file);
        if (n == 0)
            break;
        length += n;
    }
    fclose(file);
    text[length] = 0;
    return text;
}

/* Cut one field off in place; *is_last says that its line ends with it. Returns where the next begins. */
static char *cut_field(char *at, const char **field, bool *is_last)
{
    char *out = at;
    *field = at;
    bool is_quoted = false;
    for (; *at && (is_quoted || (*at != ',' && *at != '\n')); at++) {
        if (*at == '"' && is_quoted && at[1] == '"')
            *out++ = *at++;
        else if (*at == '"')
            is_quoted = !is_quoted;
        else if (*at != '\r' || is_quoted)
            *out++ = *at;
    }
    *is_last = *at != ',';
    char *next = *at ? at + 1 : at;
    *out = 0;
    return next;
}

bool table_read(const char *path, Table *out)
{
    *out = (Table){.text = read_all(path)};
    if (!out->text)
        return false;
    char *at = out->text;
    for (bool is_last = false; !is_last; out->n_columns++) {
        assert_true(out->n_columns < MAX_FIELDS);
        at = cut_field(at, &out->columns[out->n_columns], &is_last);
    }
    size_t room = 0;
    while (*at) {
        if (out->n_rows == room) {
            room = 2 * room + 64;
            out->fields = realloc(out->fields, room * out->n_columns * sizeof *out->fields);
        }
        const char **row = out->fields + out->n_rows++ * out->n_columns;
        bool is_last = false;
        for (size_t i = 0; i < out->n_columns; i++) {
            row[i] = "";
            if (!is_last)
                at = cut_field(at, &row[i], &is_last);
        }
        assert_true(is_last);
    }
    return true;
}

void table_free(Table *self)
{
    free(self->text);
    free(self->fields);
    *self = (Table){.text = NULL};
}

const char *table_text(const Table *self, size_t i_row, const char *column)
{
    for (size_t i = 0; i < self->n_columns; i++)
        if (strcmp(self->columns[i], column) == 0)
            return self->fields[i_row * self->n_columns + i];
    fail_msg("no column %s", column);
    return "";
}

double table_number(const Table *self, size_t i_row, const char *column)
{
    const char *text = table_text(self, i_row, column);
    return *text ? strtod(text, NULL) : NAN;
}

void golden_read(const char *name, Table *out)
{
    char file[256], path[4096];
    snprintf(file, sizeof file, "golden/%s", name);
    if (table_read(shared_path(file, path), out))
        return;
    print_message("skipped: no reference results at %s\n", path);
    skip();
}
