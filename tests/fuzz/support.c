#define _GNU_SOURCE
#include "support.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

char *input_text(const uint8_t *data, size_t size)
{
    return size ? g_strndup((const char *)data, size) : g_strdup("");
}

char *cut_at_line(char *text, const char *mark, char **rest)
{
    g_autofree char *line = g_strdup_printf("\n%s\n", mark);
    char *found = strstr(text, line);
    *rest = found ? found + strlen(line) : text + strlen(text);
    if (found)
        found[1] = 0;
    return text;
}

MemoryFile memory_file_new(const void *bytes, size_t size)
{
    MemoryFile self = {.descriptor = memfd_create("input", 0)};
    MUST(self.descriptor >= 0);
    for (size_t done = 0; done < size;) {
        const ssize_t n = write(self.descriptor, (const char *)bytes + done, size - done);
        MUST(n > 0);
        done += (size_t)n;
    }
    g_snprintf(self.path, sizeof self.path, "/proc/self/fd/%d", self.descriptor);
    return self;
}

void memory_file_close(MemoryFile *self)
{
    close(self->descriptor);
}

static char *scratch;

static void remove_scratch(void)
{
    g_autoptr(GDir) dir = g_dir_open(scratch, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(scratch, name, NULL);
        g_remove(path);
    }
    g_rmdir(scratch);
    g_clear_pointer(&scratch, g_free);
}

const char *scratch_folder(void)
{
    if (!scratch) {
        const char *root =
            g_file_test("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir(); /* files in memory are quicker */
        scratch = g_build_filename(root, "waymark-fuzz-XXXXXX", NULL);
        MUST(g_mkdtemp(scratch));
        atexit(remove_scratch);
    }
    return scratch;
}

void scratch_write(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(scratch_folder(), name, NULL);
    MUST(g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}
