/* Every file of the folders named, whole and cut short at eight places, through the fuzz target that this is linked with. */
#include <stdio.h>

#include "support.h"

#define N_CUTS 8

static int replay(const char *path)
{
    g_autofree char *bytes = NULL;
    gsize size;
    if (!g_file_get_contents(path, &bytes, &size, NULL)) {
        fprintf(stderr, "cannot read %s\n", path);
        return 1;
    }
    for (gsize i = 0; i <= N_CUTS; i++) {
        const gsize length = size * i / N_CUTS;
        g_autofree uint8_t *copy = g_memdup2(bytes, length); /* of its own length, so that reading past its end is seen */
        LLVMFuzzerTestOneInput(copy, length);
    }
    return 0;
}

int main(int argc, char **argv)
{
    int n_files = 0, n_failed = 0;
    for (int i = 1; i < argc; i++) {
        g_autoptr(GDir) dir = g_dir_open(argv[i], 0, NULL);
        for (const char *name; dir && (name = g_dir_read_name(dir)); n_files++) {
            g_autofree char *path = g_build_filename(argv[i], name, NULL);
            n_failed += replay(path);
        }
    }
    printf("%d inputs replayed\n", n_files);
    return n_files == 0 || n_failed > 0;
}
