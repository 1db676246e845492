/* tests/fuzz/support.h: what the fuzz targets share. */
#ifndef WM_TESTS_FUZZ_SUPPORT_H
#define WM_TESTS_FUZZ_SUPPORT_H

#include <stdint.h>

#include <waymark/waymark.h>

/* Take one input. Called by libFuzzer, or by replay.c; the value is always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold of every input: otherwise abort, which is a finding. */
#define MUST(condition)                                                               \
    do {                                                                              \
        if (!(condition))                                                             \
            g_error("%s:%d: this does not hold: %s", __FILE__, __LINE__, #condition); \
    } while (0)

/* An input as text: cut at its first NUL. New. */
char *input_text(const uint8_t *data, size_t size);

/* The text before the line `mark`, and in *rest what follows it ("" when there is none). Both within `text`, which is changed. */
char *cut_at_line(char *text, const char *mark, char **rest);

/* A file in memory, by a path that can be opened until it is closed. */
typedef struct {
    int descriptor;
    char path[32];
} MemoryFile;

MemoryFile memory_file_new(const void *bytes, size_t size);
void memory_file_close(MemoryFile *self);

/* A temporary folder that is removed when the program ends. The same one each time; borrowed. */
const char *scratch_folder(void);
void scratch_write(const char *name, const char *text);

#endif
