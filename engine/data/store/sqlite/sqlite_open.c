/* Opening a store: to write, or where it can only be read.
 *
 * It keeps a write-ahead log, so that who reads never holds up who writes: a report of ten thousand series reads for minutes. That
 * log is shared through memory, which two machines have not: on a network drive the store keeps SQLite's older journal, and who
 * writes waits for who reads.
 */
#include <string.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

#include "engine/data/store/sqlite/sqlite_store.h"

#define BUSY_TIMEOUT_MS 10000

/* Whether another machine may have the file open too, by the numbers of statfs(2). */
static gboolean is_on_network(const char *path)
{
#ifdef __linux__
    static const guint32 KINDS[] = {
        0x00006969, /* NFS */
        0x0000517b, /* SMB */
        0xff534d42, /* CIFS */
        0xfe534d42, /* SMB 2 */
        0x01021997, /* 9P, as under Windows */
        0x5346414f, /* AFS */
        0x00c36400, /* Ceph */
        0x65735546, /* FUSE: SSH and others */
    };
    struct statfs facts;
    if (statfs(path, &facts) != 0)
        return FALSE;
    for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++)
        if ((guint32)facts.f_type == KINDS[i])
            return TRUE;
#endif
    return FALSE;
}

/* Where that cannot be, because somebody has the store open or it is read-only, it stays as it is: either way is safe. */
static void choose_journal(SqliteStore *self)
{
    sqlite3_busy_timeout(self->db, 0);
    sqlite3_exec(self->db, is_on_network(self->base.path) ? "PRAGMA journal_mode = DELETE" : "PRAGMA journal_mode = WAL", NULL,
                 NULL, NULL);
    sqlite3_busy_timeout(self->db, BUSY_TIMEOUT_MS);
}

/* A month's drop touches some 1,600 pages twice; who reads a series after the other comes back to few, and may be one of many
 * processes that read at once. */
void sqlite_store_make_room(SqliteStore *self, StoreAccess access)
{
    static const char *const SIZES[] = {[TO_READ] = "PRAGMA cache_size = -2048", [TO_WRITE] = "PRAGMA cache_size = -8192"};
    sqlite3_exec(self->db, SIZES[access], NULL, NULL, NULL);
    self->roomed = access;
}

static gboolean connect(SqliteStore *self, const char *name, int flags, GError **error)
{
    if (sqlite3_open_v2(name, &self->db, flags, NULL) != SQLITE_OK)
        return sqlite_fail(self->db, self->base.path, "open the store", error);
    sqlite3_busy_timeout(self->db, BUSY_TIMEOUT_MS);
    sqlite_store_make_room(self, TO_READ);
    return sqlite_schema_migrate(self->db, self->base.path, error);
}

/* A write-ahead log needs files beside the store. Where none can be made, and none are left, nobody else writes either: the file is
 * read as it stands. */
static gboolean can_be_read_alone(const SqliteStore *self)
{
    const int code = sqlite3_errcode(self->db) & 0xff;
    g_autofree char *log = g_strconcat(self->base.path, "-wal", NULL);
    return (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) && g_file_test(self->base.path, G_FILE_TEST_IS_REGULAR) &&
           !g_file_test(log, G_FILE_TEST_EXISTS);
}

static gboolean connect_alone(SqliteStore *self, GError **error)
{
    g_autofree char *escaped = g_uri_escape_string(self->base.path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE);
    g_autofree char *address = g_strdup_printf("file:%s?immutable=1", escaped);
    sqlite3_close(g_steal_pointer(&self->db));
    return connect(self, address, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

static WmStore *new_store(const char *path)
{
    SqliteStore *self = g_new0(SqliteStore, 1);
    self->base.backend = &SQLITE_BACKEND;
    self->base.path = g_strdup(path);
    return &self->base;
}

WmStore *sqlite_store_open(const char *path, GError **error)
{
    g_autoptr(WmStore) self = new_store(path);
    SqliteStore *sqlite = (SqliteStore *)self;
    g_autoptr(GError) cause = NULL;
    if (connect(sqlite, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &cause))
        choose_journal(sqlite);
    else if (!can_be_read_alone(sqlite) || !connect_alone(sqlite, NULL)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return NULL;
    }
    return g_steal_pointer(&self);
}

WmStore *sqlite_store_new(const char *path, GError **error)
{
    g_autoptr(WmStore) self = new_store(path);
    return connect((SqliteStore *)self, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error) ? g_steal_pointer(&self) : NULL;
}
