/* The files of the generated nation. */
#include "bench/national_text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void put(Writer *self, const char *text, size_t length)
{
    if (self->n + length > sizeof self->bytes) {
        fwrite(self->bytes, 1, self->n, self->file);
        self->n = 0;
    }
    memcpy(self->bytes + self->n, text, length);
    self->n += length;
}

void put_text(Writer *self, const char *text)
{
    put(self, text, strlen(text));
}

void put_whole(Writer *self, long value)
{
    char digits[24];
    size_t i = sizeof digits;
    do
        digits[--i] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    put(self, digits + i, sizeof digits - i);
}

void put_tenths(Writer *self, double value)
{
    const long tenths = lround(value * 10);
    put_whole(self, tenths / 10);
    put(self, ".", 1);
    put_whole(self, tenths % 10);
}

void fail(const char *path)
{
    fprintf(stderr, "generate_national: %s: %s\n", path, strerror(errno));
    exit(1);
}

FILE *open_file(const char *folder, const char *name)
{
    char path[2 * MAX_PATH];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file)
        fail(path);
    return file;
}

void make_folder(const char *path)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        fail(path);
}

void finish(Writer *self, const char *folder)
{
    fwrite(self->bytes, 1, self->n, self->file);
    if (fclose(self->file) != 0)
        fail(folder);
}
