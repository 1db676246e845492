#include "data/fixture_folder.h"

#include <glib/gstdio.h>
#include <string.h>

static const PlanFile STANDARD[] = {
    {"plan.ini",
     "[plan]\ntitle = Test plan\narea = Ourland\nowner_role = Director\nstart = 2020-09-01\nend = 2022-08-31\nversion = 1\n\n"
     "[model]\nmodel = ols\n"},
    {"themes.csv", "theme,title,parent,owner_role\nT1,First theme,,Head of SEND\n"},
    {"units.csv", "unit,name,parent,type,code\nN1,North,,area,E1\nS1,South,,area,E2\n"},
    {"indicators.csv", INDICATORS_HEADER "PCT,Plans on time,T1,percent,%,higher,month,0,100,1\n"
                                         "DUR,Weeks waited,T1,duration,weeks,lower,month,0,,1\n"
                                         "CNT,Exclusions,T1,count,pupils,lower,quarter,0,,0\n"
                                         "YES,Strategy published,T1,yes_no,,plan,once,0,1,0\n"
                                         "ACY,Pupils at home,T1,percent,%,higher,academic_year,0,100,1\n"},
    {"baselines.csv",
     "indicator,unit,value,qualifier,as_at,note\nPCT,,40,exact,2020-08,\nDUR,,26,greater_than,2020-08,\nCNT,,100,exact,2020-06,\n"},
    {"targets.csv", "indicator,unit,due,target,note\nPCT,,2021-08,50%,\nPCT,,2022-08,75%,\nDUR,,2022-08,up to 12 "
                    "weeks,\nCNT,,2022-06,95% of baseline,\n"
                    "YES,,2021-01,Done,\n"},
};

Folder folder_new(void)
{
    g_autoptr(GError) error = NULL;
    const Folder self = {g_dir_make_tmp("waymark-test-XXXXXX", &error)};
    assert_non_null(self.path);
    return self;
}

static void remove_all(const char *path)
{
    g_autoptr(GDir) dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        remove_all(child);
    }
    g_remove(path);
}

void folder_clear(Folder *self)
{
    if (!self->path)
        return;
    remove_all(self->path);
    g_clear_pointer(&self->path, g_free);
}

char *folder_path(const Folder *self, const char *name)
{
    return g_build_filename(self->path, name, NULL);
}

bool folder_has(const Folder *self, const char *name)
{
    g_autofree char *path = folder_path(self, name);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

void folder_write_bytes(const Folder *self, const char *name, const char *bytes, size_t length)
{
    g_autofree char *path = folder_path(self, name);
    g_autofree char *parent = g_path_get_dirname(path);
    g_autoptr(GError) error = NULL;
    assert_int_equal(g_mkdir_with_parents(parent, 0777), 0);
    assert_true(g_file_set_contents(path, bytes, (gssize)length, &error));
}

void folder_write(const Folder *self, const char *name, const char *text)
{
    folder_write_bytes(self, name, text, strlen(text));
}

char *folder_read(const Folder *self, const char *name)
{
    g_autofree char *path = folder_path(self, name);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        fail_msg("there is no file %s", name);
    return text;
}

static const PlanFile *find_file(const PlanFile *files, const char *name)
{
    for (; files->name; files++)
        if (strcmp(files->name, name) == 0)
            return files;
    return NULL;
}

Folder plan_folder_new(const PlanFile *files)
{
    Folder self = folder_new();
    for (size_t i = 0; i < N_ELEMENTS(STANDARD); i++)
        if (!find_file(files, STANDARD[i].name))
            folder_write(&self, STANDARD[i].name, STANDARD[i].text);
    for (; files->name; files++)
        if (files->text)
            folder_write(&self, files->name, files->text);
    return self;
}

static void copy_all(const char *from, const Folder *to, const char *name)
{
    g_autofree char *source = g_build_filename(from, name, NULL);
    g_autoptr(GDir) dir = g_dir_open(source, 0, NULL);
    for (const char *child; dir && (child = g_dir_read_name(dir));) {
        g_autofree char *below = g_build_filename(name, child, NULL);
        copy_all(from, to, below);
    }
    g_autofree char *text = NULL;
    gsize length;
    if (!dir && g_file_get_contents(source, &text, &length, NULL))
        folder_write_bytes(to, name, text, length);
}

Folder dataset_folder_new(const char *name)
{
    const char *root = g_getenv("WAYMARK_SOURCE");
    g_autofree char *path = g_build_filename(root ? root : ".", "datasets", name, NULL);
    assert_true(g_file_test(path, G_FILE_TEST_IS_DIR));
    Folder self = folder_new();
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *child; (child = g_dir_read_name(dir));)
        if (strcmp(child, "out") != 0 && !g_str_has_prefix(child, "waymark.db"))
            copy_all(path, &self, child);
    return self;
}

const char *text_of(const char *format, ...)
{
    static GStringChunk *kept;
    if (!kept)
        kept = g_string_chunk_new(1024);
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return g_string_chunk_insert_const(kept, text);
}

void check_contains(const char *text, const char *part, bool is_wanted, const char *file, int line)
{
    if (text && (strstr(text, part) != NULL) == is_wanted)
        return;
    print_error("“%.300s” %s in:\n", part, is_wanted ? "is not" : "is");
    (void)fprintf(stderr, "%s\n", text ? text : "(nothing)"); /* whole: cmocka's own printing takes 1,024 bytes */
    _fail(file, line);
}
