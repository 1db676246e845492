/* The SQL that SQLite and PostgreSQL understand alike. Days, flags and texts are bound and read as each of them keeps them. */
#include "engine/data/store/store_statements.h"

#define BY_ORDER "received, file, id"

#define ALL_OF_DROPS                                                                                                            \
    "id, received, file, hash, n_rows, n_loaded, n_revised, n_unchanged, n_quarantined, n_repeated, was_windows_1252, n_bytes," \
    " content, withdrawn, is_silent, since, replaced_by, recipe, first, last"

const char *const STORE_STATEMENTS[N_STATEMENTS] = {
    [ADD_DROP] = "INSERT INTO drops (received, file, hash, since) VALUES (?1, ?2, ?3, ?4) RETURNING id",
    [CLOSE_DROP] =
        "UPDATE drops SET n_rows = ?2, n_loaded = ?3, n_repeated = ?4, n_unchanged = ?4, n_quarantined = ?5,"
        " was_windows_1252 = ?6, n_bytes = ?7, content = ?1, hash = ?8, recipe = ?9, first = ?10, last = ?11 WHERE id = ?1",
    [READ_COUNTS] = "SELECT n_loaded, n_revised, n_unchanged FROM drops WHERE id = ?1",
    [COPY_DROP] = "INSERT INTO drops (received, file, hash, n_rows, n_loaded, n_repeated, n_unchanged, n_quarantined,"
                  "  was_windows_1252, n_bytes, content, recipe, first, last, since)"
                  " SELECT ?2, ?3, hash, n_rows, n_loaded, n_repeated, n_repeated, n_quarantined, was_windows_1252, n_bytes,"
                  "  content, recipe, first, last, ?4 FROM drops WHERE id = ?1 RETURNING id",
    [FIND_DROP] = "SELECT id FROM drops WHERE received = ?1 AND hash = ?2 AND file = ?3 AND replaced_by IS NULL",
    [FIND_CONTENT] = "SELECT content FROM drops WHERE hash = ?1 AND replaced_by IS NULL AND content IS NOT NULL"
                     " AND (recipe IS NULL OR recipe = ?2) LIMIT 1",
    [FIND_EARLIER] = "SELECT e.id FROM drops d JOIN drops e ON e.hash = d.hash AND e.replaced_by IS NULL"
                     " WHERE d.id = ?1 AND NOT e.is_silent"
                     " AND (e.received, e.file, e.id) <= (d.received, d.file, d.id)"
                     " ORDER BY e.received DESC, e.file DESC, e.id DESC LIMIT 1",
    [HAS_SIZE] = "SELECT 1 FROM drops WHERE n_bytes IS NULL OR n_bytes = ?1 LIMIT 1",
    [LIST_DROPS] = "SELECT id, received, file, hash, n_rows, n_loaded, n_revised, n_unchanged, n_quarantined, was_windows_1252,"
                   " withdrawn, since, replaced_by, recipe FROM drops WHERE since <= ?1 AND NOT is_silent ORDER BY " BY_ORDER,
    [LIST_FACTS] =
        "SELECT id, content, received, withdrawn, is_silent, since, replaced_by, first, last FROM drops ORDER BY " BY_ORDER,
    [SET_WITHDRAWN] = "UPDATE drops SET withdrawn = ?2 WHERE id = ?1",
    [ADD_COUNTS] = "UPDATE drops SET n_revised = n_revised + ?2, n_unchanged = n_unchanged + ?3 WHERE id = ?1",
    /* The same content again, when nothing has changed since, is no news: it is kept and not shown. */
    [MARK_SILENT] = "UPDATE drops AS d SET is_silent = n_loaded = n_unchanged AND EXISTS (SELECT 1 FROM drops e"
                    " WHERE e.hash = d.hash AND e.replaced_by IS NULL AND (e.received, e.file, e.id) < (d.received, d.file, d.id)"
                    " AND e.withdrawn IS NULL) WHERE d.replaced_by IS NULL AND (is_silent OR"
                    " EXISTS (SELECT 1 FROM drops e WHERE e.hash = d.hash AND e.replaced_by IS NULL AND e.id <> d.id))",
    [SET_REPLACED] = "UPDATE drops SET replaced_by = ?2 WHERE id = ?1",
    [SET_RECIPE] = "UPDATE drops SET recipe = ?2 WHERE id = ?1",
    [LIST_SAME] = "SELECT e.id, e.received, e.file, e.since, e.withdrawn FROM drops d JOIN drops e ON e.hash = d.hash"
                  " WHERE d.id = ?1 AND e.id <> d.id AND e.replaced_by IS NULL ORDER BY e.received, e.file",
    [LIST_SERIES] = "SELECT id, indicator, unit, cohort FROM series ORDER BY indicator, unit, cohort",
    [LIST_SERIES_OF] = "SELECT id, indicator, unit, cohort FROM series WHERE unit = ?1",
    [LIST_SERIES_IN] = "SELECT id, indicator, unit, cohort FROM series WHERE indicator = ?1 ORDER BY unit, cohort",
    [LIST_UNITS] = "SELECT DISTINCT unit FROM series",
    [ADD_QUARANTINE] = "INSERT INTO quarantine (drop_id, line, field, code, message, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [LIST_QUARANTINE] = "SELECT q.line, q.field, q.code, q.message, q.raw FROM quarantine q JOIN drops d ON q.drop_id = d.content"
                        " WHERE d.id = ?1 ORDER BY q.line, q.field, q.rowid",
    [NEXT_CONFLICT] = "SELECT line FROM quarantine WHERE drop_id = ?1 AND line > ?2 AND raw = '' ORDER BY line LIMIT 1",
    [ADD_FINDING] = "INSERT INTO findings (drop_id, line, field, severity, code, message, advice, indicator)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [LIST_FINDINGS] = "SELECT f.line, f.field, f.severity, f.code, f.message, f.advice, f.indicator FROM findings f"
                      " JOIN drops d ON f.drop_id = d.content WHERE d.id = ?1 ORDER BY f.rowid",
    [LIST_WHOLE_DROPS] = "SELECT " ALL_OF_DROPS " FROM drops ORDER BY id",
    [PUT_WHOLE_DROP] =
        "INSERT INTO drops (" ALL_OF_DROPS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
        " ?16, ?17, ?18, ?19, ?20)",
    [SET_RAW] = "UPDATE quarantine SET raw = ?3 WHERE drop_id = ?1 AND line = ?2 AND raw = ''",
};
