/* tests/data/fixture_folder.h: a temporary folder, and a whole plan in it, by one call. */
#ifndef WM_TESTS_DATA_FIXTURE_FOLDER_H
#define WM_TESTS_DATA_FIXTURE_FOLDER_H

#include <waymark/waymark.h>

#include "core/fixture_cases.h"

/* A temporary folder, removed with all that is in it when it goes out of scope. */
typedef struct {
    char *path;
} Folder;

Folder folder_new(void);
void folder_clear(Folder *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Folder, folder_clear)

/* A file below it, its folders made on the way. */
void folder_write(const Folder *self, const char *name, const char *text);
void folder_write_bytes(const Folder *self, const char *name, const char *bytes, size_t length);

/* New; the test fails when there is no such file. */
char *folder_read(const Folder *self, const char *name);
char *folder_path(const Folder *self, const char *name);
bool folder_has(const Folder *self, const char *name);

typedef struct {
    const char *name;
    const char *text; /* NULL: leave the standard file out */
} PlanFile;

/* A plan of five indicators, and a file for each of `files`, which replaces the standard one of its name. Ends with a NULL name.
 *
 * PCT percent, higher, month, 0 to 100, one decimal · DUR weeks, lower, month · CNT count, lower, quarter · YES yes_no, once ·
 * ACY percent of an academic year. Two units: N1 North (code E1) and S1 South, below the area Ourland. */
Folder plan_folder_new(const PlanFile *files);
#define PLAN_FOLDER(...) plan_folder_new((const PlanFile[]){__VA_ARGS__, {NULL, NULL}})

/* Copy datasets/NAME of the sources. Fails the test when it is not there. */
Folder dataset_folder_new(const char *name);

#define INDICATORS_HEADER "indicator,title,theme,kind,measure_unit,polarity,frequency,low,high,decimals\n"
#define DROP_HEADER       "indicator,unit,cohort,period,value,numerator,denominator,state,note\n"

/* Text of `format`, kept until the program ends. */
const char *text_of(const char *format, ...) G_GNUC_PRINTF(1, 2);

#define assert_contains(text, part) check_contains((text), (part), TRUE, __FILE__, __LINE__)
#define assert_lacks(text, part)    check_contains((text), (part), FALSE, __FILE__, __LINE__)
void check_contains(const char *text, const char *part, bool is_wanted, const char *file, int line);

#endif
