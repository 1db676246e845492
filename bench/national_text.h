/* bench/national_text.h: the files of the generated nation, written as fast as can be. What cannot be written ends the program. */
#ifndef WM_BENCH_NATIONAL_TEXT_H
#define WM_BENCH_NATIONAL_TEXT_H

#include <stddef.h>
#include <stdio.h>

enum { MAX_PATH = 600 };

typedef struct {
    FILE *file;
    size_t n;
    char bytes[1 << 18];
} Writer;

void put(Writer *self, const char *text, size_t length);
void put_text(Writer *self, const char *text);
void put_whole(Writer *self, long value);
void put_tenths(Writer *self, double value); /* with one decimal; 0 or more */

/* Write what is left, and close the file of that folder. */
void finish(Writer *self, const char *folder);

void fail(const char *path);
FILE *open_file(const char *folder, const char *name);
void make_folder(const char *path); /* which may be there already */

#endif
