#!/usr/bin/env python3
"""Partners of one store: a submitter neither reads nor writes another's units by any statement here, an analyst reads all and changes
nobody's readings, the board sees assessments and issued packs; and hostile text stays data."""

import re
import threading

from checks import run_cases
from servers import SOURCE, Farm

FARM = Farm()
SERVER = FARM.start("partners")
SECRET = ["SEKRIT", "4242.25", "7331"]  # in every name, file, note and figure of the other's, and nowhere else
HOSTILE = ["'; DROP TABLE waymark.readings; --", "$$ || current_user || $$", "\\', E'\\\\x00'", "<script>alert(1)</script>", "=cmd|' /C calc'!A0",
           "%s%n{0}${jndi:x}", "a\tb\nc\"d\\.", "\u202egnp.exe\u0301", "NULL", "\\N", " " * 50 + "x", "../../etc/passwd", "{E1,E2}", "(a,b)"]


def quoted(text):
    return "'" + text.replace("'", "''") + "'" if "\\" not in text else "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def as_role(role, text, stop=True):
    """What psql says to a role: rows and errors alike."""
    done = FARM.run(["psql", "-XqAt", "-v", "VERBOSITY=verbose", "-v", "ON_ERROR_STOP=%d" % stop, "-h", FARM.folder, "-p", str(SERVER.port), "-U", role,
                     "postgres"], input=text)
    return done.stdout + done.stderr


def good(role, text):
    said = as_role(role, text)
    if "ERROR" in said:
        raise AssertionError("%s: %s" % (role, said))
    return said.strip()


def drop(role, readings, received="2026-01-31", file="drop.csv", note=""):
    """A drop as Waymark writes one; its number."""
    names = sorted({(indicator, unit) for indicator, unit, _, _ in readings})
    script = ["BEGIN; SELECT pg_advisory_xact_lock(1464685396); INSERT INTO waymark.drops (received, file, hash, since) VALUES ('%s', %s, md5(%s), '%s') "
              "RETURNING id AS drop \\gset" % (received, quoted(file), quoted(file + role), received)]
    for indicator, unit in names:
        script.append("INSERT INTO waymark.series (indicator, unit, cohort) SELECT %s, %s, '' WHERE NOT EXISTS (SELECT FROM waymark.series WHERE "
                      "indicator = %s AND unit = %s);" % ((quoted(indicator), quoted(unit)) * 2))
    for indicator, unit, period, value in readings:
        script.append("INSERT INTO waymark.readings SELECT id, %d, :drop, %r, NULL, NULL, indicator, unit, '', %s, 'final', %s FROM waymark.series WHERE "
                      "indicator = %s AND unit = %s;" % (int(period.replace("-", "")), value, quoted(period), quoted(note), quoted(indicator), quoted(unit)))
    script.append("UPDATE waymark.drops SET content = id, hash = hash, n_rows = %d, n_loaded = %d WHERE id = :drop; COMMIT; SELECT :drop;" % (2 * (len(readings),)))
    return int(good(role, "\n".join(script)).split()[-1])


def whole_store():
    return SERVER.sql("".join("SELECT '%s', %s FROM waymark.%s AS t ORDER BY 2;" % (name, "t::text", name) for name in (
        "drops", "series", "readings", "quarantine", "findings", "partner", "assessments", "issued")))


def others():
    """All that is york's or the board's, as the owner sees it."""
    return SERVER.sql("SELECT r::text FROM waymark.readings AS r WHERE unit LIKE '%SEKRIT%' ORDER BY 1; SELECT d::text FROM waymark.drops AS d WHERE "
                      "submitter <> 'leeds' ORDER BY 1; SELECT * FROM waymark.series WHERE unit LIKE '%SEKRIT%' ORDER BY 1; SELECT * FROM waymark.partner "
                      "ORDER BY 1, 2; SELECT * FROM waymark.quarantine WHERE raw LIKE '%SEKRIT%'; SELECT * FROM waymark.findings WHERE message LIKE "
                      "'%SEKRIT%'; SELECT * FROM waymark.assessments ORDER BY 1; SELECT * FROM waymark.issued; "
                      "SELECT v::text FROM waymark.as_at('2030-01-01') AS v WHERE unit LIKE '%SEKRIT%' ORDER BY 1")


def it_is_set_up_twice_with_the_same_end():
    for name in ("store/1.sql", "partners.sql"):
        with open("%s/postgres/%s" % (SOURCE, name)) as file:
            SERVER.sql(file.read())
    SERVER.sql("CREATE EXTENSION waymark")
    SERVER.sql("SELECT waymark.add_partner('leeds', 'submitter', ARRAY['L1', 'L2']), waymark.add_partner('york', 'submitter', ARRAY['Y-SEKRIT']), "
               "waymark.add_partner('ana', 'analyst'), waymark.add_partner('chair', 'board'), waymark.add_partner('nobody in particular', 'submitter', ARRAY['N'])")
    rights = "SELECT polname, polrelid::regclass, polcmd, polroles::regrole[], pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid) FROM " \
             "pg_policy ORDER BY 1, 2; SELECT relname, relacl FROM pg_class WHERE relnamespace = 'waymark'::regnamespace ORDER BY 1"
    before = SERVER.sql(rights)
    with open(SOURCE + "/postgres/partners.sql") as file:
        SERVER.sql(file.read())
    if SERVER.sql(rights) != before:
        raise AssertionError("other rights the second time")


def each_gives_drops_of_its_own():
    for month in (10, 11, 12):
        drop("leeds", [("HOMES", unit, "2025-%02d" % month, 10.5 + month) for unit in ("L1", "L2")], "2025-%02d-28" % month, "leeds-%d.csv" % month)
        drop("york", [("I-SEKRIT", "Y-SEKRIT", "2025-%02d" % month, 4242.25), ("HOMES", "Y-SEKRIT", "2025-%02d" % month, 7331)], "2025-%02d-28" % month,
             "york-SEKRIT-%d.csv" % month, "note-SEKRIT")
    number = drop("ana", [("HOMES", "L1", "2025-09", 9.5), ("HOMES", "Y-SEKRIT", "2025-09", 4242.25)], "2025-09-30", "SEKRIT-all.csv")
    good("york", "INSERT INTO waymark.readings SELECT s.id, k, d.id, 4242.25, NULL, NULL, s.indicator, s.unit, '', '2025-10', 'final', 'note-SEKRIT' FROM waymark.series s, "
                 "generate_series(1, 3000) AS k, (SELECT max(id) AS id FROM waymark.drops) AS d")
    good("york", "INSERT INTO waymark.quarantine (drop_id, line, field, code, message, raw) SELECT max(id), 3, 1, 'c', 'm', 'SEKRIT raw' FROM waymark.drops; "
                 "INSERT INTO waymark.findings (drop_id, line, field, severity, code, message, advice, indicator) SELECT max(id), 1, 1, 1, 'c', 'SEKRIT', '', '' FROM waymark.drops")
    good("ana", "INSERT INTO waymark.assessments (as_at, indicator, unit, cohort, sentence) VALUES ('2025-12-31', 'HOMES', 'Y-SEKRIT', '', 'SEKRIT 4242.25'); "
                "INSERT INTO waymark.issued (as_at, name, sha256, content) SELECT '2025-12-31', 'SEKRIT.pdf', encode(sha256(c), 'hex'), c FROM (SELECT 'SEKRIT'::bytea) AS t (c)")
    SERVER.sql("ANALYZE")
    seen = good("leeds", "SELECT string_agg(DISTINCT unit, ' ' ORDER BY unit), count(*), sum(value) FROM waymark.readings; SELECT count(*) FROM waymark.as_at('2026-01-01')")
    if seen != "L1 L2|6|129\n6":
        raise AssertionError(seen)
    if good("ana", "SELECT count(*) FROM waymark.readings") != "6014" or number != 7:
        raise AssertionError("the analyst sees less than all")


# Statements that read. None may say a word of SECRET, nor raise an error that does.
READS = [
    *["SELECT * FROM waymark.%s" % table for table in ("drops", "series", "readings", "quarantine", "findings", "vintages", "partner", "assessments", "issued")],
    *["COPY waymark.%s TO STDOUT" % table for table in ("drops", "series", "readings", "quarantine", "findings", "partner", "assessments")],
    "COPY (SELECT * FROM waymark.readings) TO STDOUT CSV", "COPY waymark.readings TO PROGRAM 'cat'", "COPY waymark.readings TO '/tmp/x'",
    "SELECT * FROM waymark.as_at('2030-01-01')", "TABLE waymark.readings", "SELECT r FROM waymark.readings AS r", "SELECT waymark.next_drop() > 0",
    "SELECT query_to_xml('SELECT * FROM waymark.readings', true, true, '')", "SELECT table_to_xml('waymark.series', true, true, '')",
    "SELECT schema_to_xml('waymark', true, true, '')", "SELECT database_to_xml(true, true, '')",
    "SELECT ctid, xmin, * FROM waymark.series WHERE ctid = '(0,3)'", "SELECT * FROM ONLY waymark.series TABLESAMPLE SYSTEM (100)",
    "SELECT * FROM waymark.series FOR UPDATE", "SELECT * FROM waymark.readings FOR SHARE",
    # functions of one's own, in place of others', and as operators: they must be asked after the policy
    "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'leak %', $1; RETURN true; END $$; "
    "SELECT count(*) FROM waymark.readings WHERE pg_temp.leak(unit || indicator || value || note)",
    "CREATE FUNCTION pg_temp.leak(text, text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'leak % %', $1, $2; RETURN true; END $$; "
    "CREATE OPERATOR pg_temp.<<<< (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_temp.leak); SELECT * FROM waymark.series WHERE unit OPERATOR(pg_temp.<<<<) indicator",
    "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE sql LEAKPROOF AS 'SELECT true'",
    "SELECT * FROM waymark.readings WHERE unit::integer = 1", "SELECT * FROM waymark.readings WHERE 1 / (value - 4242.25)::integer > 0 AND note::date > '2020-01-01'",
    "SELECT * FROM waymark.drops WHERE file::xml IS NOT NULL", "SELECT indicator::regclass FROM waymark.series", "SELECT unit::jsonb FROM waymark.series",
    "SELECT * FROM waymark.series ORDER BY (unit || '!')::regclass", "SELECT sum(1 / (CASE WHEN unit LIKE 'Y%' THEN 0 ELSE 1 END)) FROM waymark.series",
    # search_path, roles, sessions
    "CREATE FUNCTION pg_temp.\"current_user\"() RETURNS name LANGUAGE sql AS $$ SELECT 'york'::name $$; SET search_path = pg_temp, waymark; SELECT * FROM waymark.drops",
    "CREATE TEMP TABLE partner (role name, unit text); INSERT INTO partner VALUES ('leeds', 'Y-' || 'SEK' || 'RIT'); SET search_path = pg_temp, waymark; SELECT * FROM series",
    "CREATE TEMP TABLE drops AS SELECT 1 AS id; SET search_path = pg_temp, waymark; SELECT * FROM waymark.readings, waymark.as_at('2030-01-01')",
    "CREATE FUNCTION pg_temp.max(integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', (SELECT string_agg(unit, ',') FROM waymark.series); RETURN 1; END $$; "
    "SET search_path = pg_temp, pg_catalog; SELECT waymark.next_drop()",
    *["SET ROLE %s; SELECT * FROM waymark.readings" % role for role in ("york", "ana", "postgres", "waymark_submitter", "waymark_analyst", "pg_read_all_data")],
    "SET SESSION AUTHORIZATION york; SELECT * FROM waymark.readings", "SET row_security = off; SELECT * FROM waymark.readings",
    "SET row_security = off; COPY waymark.readings TO STDOUT", "ALTER TABLE waymark.readings DISABLE ROW LEVEL SECURITY; SELECT * FROM waymark.readings",
    "ALTER ROLE leeds BYPASSRLS", "GRANT waymark_analyst TO leeds", "GRANT york TO leeds", "SELECT waymark.add_partner('leeds', 'analyst')",
    "CREATE POLICY mine ON waymark.readings USING (true)", "DROP POLICY own_seen ON waymark.readings", "SET session_replication_role = replica; SELECT * FROM waymark.readings",
    # what the planner and the statistics know
    "SELECT * FROM pg_stats WHERE schemaname = 'waymark'", "SELECT * FROM pg_statistic", "SELECT * FROM pg_stats_ext", "SELECT most_common_vals FROM pg_stats",
    "SELECT * FROM pg_stat_activity", "SELECT * FROM pg_prepared_statements", "SELECT * FROM pg_policies", "SELECT * FROM pg_file_settings",
    "EXPLAIN (ANALYZE, VERBOSE, BUFFERS) SELECT * FROM waymark.readings WHERE value > 4000", "EXPLAIN (VERBOSE) SELECT * FROM waymark.vintages",
    # prepared, cursors, blocks, views, rules
    "PREPARE p(text) AS SELECT * FROM waymark.series WHERE unit <> $1; EXECUTE p('')", "BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT * FROM waymark.readings; COMMIT; FETCH ALL FROM c",
    "DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM waymark.drops LOOP RAISE NOTICE '%', r; END LOOP; END $$",
    "CREATE TEMP VIEW v AS SELECT * FROM waymark.readings; SELECT * FROM v", "CREATE VIEW public.v AS SELECT * FROM waymark.readings",
    "CREATE FUNCTION public.f() RETURNS SETOF waymark.readings SECURITY DEFINER LANGUAGE sql AS 'SELECT * FROM waymark.readings'",
    "CREATE TEMP TABLE t AS SELECT * FROM waymark.readings; SELECT * FROM t", "CREATE SCHEMA mine", "CREATE TABLE waymark.mine (i integer)", "CREATE MATERIALIZED VIEW m AS TABLE waymark.readings",
    "WITH RECURSIVE r AS (SELECT * FROM waymark.series UNION SELECT * FROM r) SELECT * FROM r", "SELECT (SELECT string_agg(unit || note, ',') FROM waymark.readings)",
    "SELECT * FROM waymark.series s FULL JOIN waymark.readings r ON s.id = r.series", "SELECT unit, waymark_spc(period, value, NULL, NULL, NULL ORDER BY period) FROM waymark.as_at('2030-01-01') GROUP BY 1",
    "SELECT * FROM waymark.readings EXCEPT SELECT * FROM waymark.readings WHERE unit = 'L1'", "SELECT pg_get_viewdef('waymark.vintages')",
    # files, large objects, other servers
    "SELECT pg_read_file('postgresql.conf')", "SELECT * FROM pg_ls_dir('.')", "SELECT lo_import('/etc/passwd')", "SELECT lo_get(oid) FROM pg_largeobject_metadata",
    "SELECT * FROM pg_largeobject", "CREATE EXTENSION dblink", "CREATE EXTENSION postgres_fdw", "CREATE EXTENSION file_fdw", "LOAD 'auto_explain'", "SELECT * FROM pg_hba_file_rules",
    "SELECT * FROM pg_authid", "SELECT * FROM pg_walinspect", "SELECT pg_logical_slot_peek_changes('s', NULL, NULL)", "SELECT pg_create_logical_replication_slot('s', 'test_decoding')",
    "CREATE PUBLICATION p FOR TABLE waymark.readings", "LISTEN drops", "SELECT currval('waymark.series_id_seq')", "SELECT * FROM waymark.series_id_seq", "ANALYZE VERBOSE waymark.readings",
    "VACUUM (VERBOSE) waymark.readings", "CLUSTER waymark.readings", "LOCK TABLE waymark.readings IN ACCESS EXCLUSIVE MODE", "REFRESH MATERIALIZED VIEW waymark.vintages",
]


def a_submitter_reads_nothing_of_another():
    for statement in READS:
        said = as_role("leeds", statement, stop=False)
        said = said.replace(statement, "")
        told = [word for word in SECRET if word in said and not (word in statement and "LINE 1" in said)]
        if told:
            raise AssertionError("%s\ntells %s:\n%s" % (statement, told, said))
    return "%d statements" % len(READS)


def estimates_tell_nothing_of_another():
    """The planner expects as many rows of what another has thousands of as of what nobody has."""
    for column, theirs, nobodys in (("unit", "'Y-SEKRIT'", "'X-NOBODY'"), ("indicator", "'I-SEKRIT'", "'I-NOBODY'"), ("value", "4242.25", "1717.5"),
                                    ("note", "'note-SEKRIT'", "'note-NOBODY'"), ("drop_id", "2", "2000"), ("series", "3", "3000"), ("period", "'2025-10'", "'1999-10'")):
        for operator in ("=", "<>", "IN (%s) OR TRUE AND " + column + " ="):
            plans = [as_role("leeds", "EXPLAIN SELECT * FROM waymark.readings WHERE %s %s %s" % (column, operator.replace("%s", one), one)) for one in (theirs, nobodys)]
            if "rows=" not in plans[0] or re.findall(r"rows=\d+", plans[0]) != re.findall(r"rows=\d+", plans[1]):
                raise AssertionError("%s\n%s" % tuple(plans))
    kept = SERVER.sql("SELECT count(*) FROM pg_stats WHERE schemaname = 'waymark' AND tablename IN ('drops', 'series', 'readings', 'quarantine', 'findings', 'partner')")
    if kept.strip() != "0":
        raise AssertionError("samples are kept: " + kept)


# Statements that write. Whatever they say, what is another's stays as it is, and what they say tells nothing.
NUMBER = "(SELECT max(id) FROM waymark.drops)"
ROW = "INSERT INTO waymark.readings (series, period_key, drop_id, value, indicator, unit, cohort, period, state, note) VALUES (%s, 1, %s, 6, 'HOMES', '%s', '', '2025-12', 'final', '')"
WRITES = [
    ROW % (1, NUMBER, "Y-SEKRIT"), ROW % (3, NUMBER, "Y-SEKRIT"), ROW % (3, NUMBER, "L1"), ROW % (4, NUMBER, "L1"), ROW % (1, 2, "L1"), ROW % (1, 7, "L1"), ROW % (1, 999, "L1"),
    ROW % (1, NUMBER, "L1") + " ON CONFLICT (series, period_key, drop_id) DO UPDATE SET unit = 'Y-SEKRIT'",
    "UPDATE waymark.readings SET value = 0", "UPDATE waymark.readings SET unit = 'Y-SEKRIT'", "DELETE FROM waymark.readings", "TRUNCATE waymark.readings", "DROP TABLE waymark.readings",
    "DELETE FROM waymark.drops", "DELETE FROM waymark.series", "UPDATE waymark.series SET unit = 'L1'", "INSERT INTO waymark.series (indicator, unit, cohort) VALUES ('HOMES', 'Y-SEKRIT', '')",
    "INSERT INTO waymark.series (id, indicator, unit, cohort) VALUES (3, 'HOMES', 'L1', 'x')", "INSERT INTO waymark.series (indicator, unit, cohort) VALUES ('HOMES', 'Y-SEKRIT', '') ON CONFLICT DO NOTHING RETURNING *",
    "INSERT INTO waymark.drops (received, file, hash, since, submitter) VALUES ('2026-02-01', 'f', 'h', '2026-02-01', 'york')",
    "INSERT INTO waymark.drops (id, received, file, hash, since) VALUES (2147483647, '2026-02-01', 'f', 'h', '2026-02-01')",
    "INSERT INTO waymark.drops (received, file, hash, since, content) VALUES ('2029-02-01', 'f', 'h', '2029-02-01', 2)",
    "INSERT INTO waymark.drops (received, file, hash, since, replaced_by) VALUES ('2029-02-01', 'f', 'h', '2029-02-01', 2)",
    "UPDATE waymark.drops SET content = 2", "UPDATE waymark.drops SET content = 7", "UPDATE waymark.drops SET content = 999", "UPDATE waymark.drops SET replaced_by = 2",
    "UPDATE waymark.drops SET withdrawn = '2025-01-01' WHERE id IN (2, 4, 6, 7)", "UPDATE waymark.drops SET withdrawn = NULL RETURNING *", "UPDATE waymark.drops SET submitter = 'york'",
    "UPDATE waymark.drops SET id = 99", "UPDATE waymark.drops d SET file = r.note FROM waymark.readings r",
    "CREATE RULE r AS ON SELECT TO waymark.series DO INSTEAD SELECT 1", "CREATE TRIGGER t BEFORE INSERT ON waymark.readings FOR EACH ROW EXECUTE FUNCTION waymark.only_own_drops()",
    "ALTER TABLE waymark.drops DISABLE TRIGGER only_own", "DROP TRIGGER only_own ON waymark.drops", "SET session_replication_role = replica; UPDATE waymark.drops SET content = 2",
    "CREATE FUNCTION waymark.as_at(text) RETURNS integer LANGUAGE sql AS 'SELECT 1'", "CREATE OR REPLACE FUNCTION waymark.next_drop() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "INSERT INTO waymark.partner VALUES ('leeds', 'Y-SEKRIT')", "UPDATE waymark.partner SET unit = 'Y-SEKRIT'", "DELETE FROM waymark.partner",
    "INSERT INTO waymark.quarantine (drop_id, line, field, code, message, raw) VALUES (2, 1, 1, 'c', 'm', 'r')", "UPDATE waymark.quarantine SET raw = 'mine'",
    "INSERT INTO waymark.findings (drop_id, line, field, severity, code, message, advice, indicator) VALUES (2, 1, 1, 1, 'c', 'm', 'a', 'i')",
    "INSERT INTO waymark.assessments (as_at, indicator, unit, cohort) VALUES ('2025-12-31', 'HOMES', 'L1', '')", "DELETE FROM waymark.assessments",
    "INSERT INTO waymark.issued (as_at, name, sha256, content) VALUES ('2025-12-31', 'x', '', '')", "UPDATE waymark.store SET version = 99", "SELECT setval('waymark.series_id_seq', 1)",
    "SELECT nextval('waymark.series_id_seq')", "ALTER SEQUENCE waymark.series_id_seq RESTART", "MERGE INTO waymark.drops d USING (SELECT 2 AS id) s ON d.id = s.id WHEN NOT MATCHED THEN "
    "INSERT (received, file, hash, since, content) VALUES ('2029-01-01', 'm', 'm', '2029-01-01', 2)", "COPY waymark.readings FROM STDIN;\n3\t1\t2\t1\t1\t1\tHOMES\tY-SEKRIT\t\t2025-12\tfinal\t\n\\.",
    "COPY waymark.drops (received, file, hash, since, content) FROM STDIN;\n2029-01-01\tf\th\t2029-01-01\t2\n\\.", "REASSIGN OWNED BY york TO leeds", "DROP OWNED BY york", "DROP ROLE york",
]


def a_submitter_writes_nothing_of_another():
    before = others()
    for statement in WRITES:
        said = as_role("leeds", statement, stop=False)
        given = SECRET + ["york"]
        told = [word for word in given if word in said and word not in statement]
        if told:
            raise AssertionError("%s\ntells %s:\n%s" % (statement, told, said))
        if others() != before:
            raise AssertionError("%s\nchanged what is another's: %s" % (statement, said))
    return "%d statements" % len(WRITES)


def a_refusal_does_not_tell_whether_there_is_something():
    """What is another's and what is not at all are refused with the same words."""
    pairs = [("UPDATE waymark.drops SET content = @ WHERE id = 1", "2", "999"), ("UPDATE waymark.drops SET replaced_by = @ WHERE id = 1", "4", "998"),
             (ROW % ("@", NUMBER, "L1"), "3", "999"), (ROW % (1, "@", "L1"), "2", "999"),
             ("INSERT INTO waymark.series (indicator, unit, cohort) VALUES ('HOMES', '@', '')", "Y-SEKRIT", "X-NOBODY"),
             ("INSERT INTO waymark.quarantine (drop_id, line, field, code, message, raw) VALUES (@, 1, 1, 'c', 'm', 'r')", "2", "999")]
    for statement, theirs, nothing in pairs:
        said = [as_role("leeds", statement.replace("@", one)).replace("drop %s " % one, "drop @ ") for one in (theirs, nothing)]
        if said[0] != said[1] or "ERROR:  42501" not in said[0]:
            raise AssertionError("%s\n%s\n%s" % (statement, *said))


def the_analyst_reads_all_and_changes_no_reading():
    before = SERVER.sql("SELECT r::text FROM waymark.readings AS r ORDER BY 1; SELECT d::text FROM waymark.drops AS d WHERE submitter <> 'ana' ORDER BY 1")
    for statement in WRITES + ["UPDATE waymark.drops SET withdrawn = '2026-01-01' WHERE submitter = 'york'"]:
        if "assessments" not in statement and "issued" not in statement and "series" not in statement:
            as_role("ana", statement, stop=False)
    if SERVER.sql("SELECT r::text FROM waymark.readings AS r ORDER BY 1; SELECT d::text FROM waymark.drops AS d WHERE submitter <> 'ana' ORDER BY 1") != before:
        raise AssertionError("the analyst changed a partner's readings")


def the_board_sees_what_was_published():
    for statement in READS:
        if not re.search("assessments|issued|schema_to_xml|database_to_xml", statement):
            said = as_role("chair", statement, stop=False).replace(statement, "")
            if any(word in said and not (word in statement and "LINE 1" in said) for word in SECRET):
                raise AssertionError("%s\ntells:\n%s" % (statement, said))
    if good("chair", "SELECT sentence FROM waymark.assessments; SELECT name FROM waymark.issued") != "SEKRIT 4242.25\nSEKRIT.pdf":
        raise AssertionError("the board sees less than was published")
    for statement in WRITES + ["UPDATE waymark.assessments SET status = 'green'", "DELETE FROM waymark.issued"]:
        before = whole_store()
        as_role("chair", statement, stop=False)
        if whole_store() != before:
            raise AssertionError("the board changed something: " + statement)


def hostile_text_stays_data():
    """In every field that a submitter fills, and as the name of a role and of a unit."""
    good("postgres", "SELECT waymark.add_partner(%s, 'submitter', ARRAY[%s])" % (quoted("o'neil \"x\"; --"), ", ".join(map(quoted, HOSTILE))))
    n = SERVER.sql("SELECT count(*) FROM waymark.readings").strip()
    for text in HOSTILE:
        drop("o'neil \"x\"; --", [(text, text, "2025-12", 1.5)], "2026-01-31", text, text)
        back = SERVER.sql("SELECT count(*) FROM waymark.vintages WHERE (indicator, unit, file, note) = (%s, %s, %s, %s)" % (4 * (quoted(text),))).strip()
        if back != "1":
            raise AssertionError("%r came back %s times" % (text, back))
    if int(SERVER.sql("SELECT count(*) FROM waymark.readings")) != int(n) + len(HOSTILE):
        raise AssertionError("readings were lost or made")
    good("leeds", "SELECT count(*) FROM waymark.readings")
    return "%d texts" % len(HOSTILE)


def two_submitters_at_once_lose_nothing():
    said = []
    threads = [threading.Thread(target=lambda role=role, unit=unit: said.extend(
        drop(role, [("HOMES", unit, "2026-01", i)], "2026-02-%02d" % (i + 1), "%s-%d" % (role, i)) for i in range(8))) for role, unit in (("leeds", "L1"), ("york", "Y-SEKRIT"))]
    before = int(SERVER.sql("SELECT count(*) FROM waymark.readings"))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(set(said)) != 16 or int(SERVER.sql("SELECT count(*) FROM waymark.readings")) != before + 16:
        raise AssertionError("%s: %s" % (said, SERVER.sql("SELECT count(*) FROM waymark.readings")))


def a_partner_becomes_another_kind():
    SERVER.sql("SELECT waymark.add_partner('york', 'board')")
    if "permission denied" not in as_role("york", "SELECT * FROM waymark.readings") or good("york", "SELECT count(*) FROM waymark.issued") != "1":
        raise AssertionError("york is still a submitter")
    for words, wanted in (("'postgres', 'analyst'", "may pass by"), ("'x', 'submitter'", "a submitter has units"), ("'x', 'chief'", "no kind of partner"),
                          ("'x', 'board', '{L1}'", "a submitter has units")):
        said = as_role("postgres", "SELECT waymark.add_partner(%s)" % words)
        if wanted not in said:
            raise AssertionError(said)


run_cases([it_is_set_up_twice_with_the_same_end, each_gives_drops_of_its_own, a_submitter_reads_nothing_of_another, estimates_tell_nothing_of_another,
           a_refusal_does_not_tell_whether_there_is_something, a_submitter_writes_nothing_of_another, the_analyst_reads_all_and_changes_no_reading,
           the_board_sees_what_was_published, two_submitters_at_once_lose_nothing, hostile_text_stays_data, a_partner_becomes_another_kind])
