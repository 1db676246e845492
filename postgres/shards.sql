-- Readings over several servers, by unit: what the coordinator has. Loaded by `shards.sh init`; docs/postgres.md is the guide.
--
-- waymark.readings is partitioned by lists of units; each partition is a foreign table on one server. Which unit is where stands in
-- waymark.unit, and waymark.attach() makes the partitions say the same. On its server the table lies in a schema named after the
-- shard, so that whatever goes wrong there names it: the remote SQL is part of every error.
--
-- In the database of a store it is the store's own table that is laid out, and a unit that no server has been given stays here, in the
-- partition waymark.readings_here. Elsewhere it is a table for whoever brings readings as they are.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS waymark;
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'waymark' AND c.relname = 'store') AS has_store \gset
\if :has_store

-- Row-level security would have to be another's on each server, and partitions name the units to every role.
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'waymark'::regnamespace AND relname = 'partner') THEN
        RAISE 'partners write to this store: a store is shared by partners or laid out over servers, not both';
    END IF;
END $$;
DO $$
DECLARE
    vintages text := pg_get_viewdef('waymark.vintages'::regclass);
    as_at text := pg_get_functiondef('waymark.as_at(date)'::regprocedure);
BEGIN
    DROP VIEW waymark.vintages CASCADE; -- which read the table that becomes a part
    ALTER TABLE waymark.readings RENAME TO readings_here;
    CREATE TABLE waymark.readings (LIKE waymark.readings_here) PARTITION BY LIST (unit);
    ALTER TABLE waymark.readings ATTACH PARTITION waymark.readings_here DEFAULT;
    EXECUTE 'CREATE VIEW waymark.vintages WITH (security_invoker = true) AS ' || vintages;
    EXECUTE as_at;
END $$;

\else

CREATE SCHEMA waymark;
CREATE TABLE waymark.readings (
    indicator text NOT NULL, unit text NOT NULL, cohort text NOT NULL DEFAULT '', period text NOT NULL,
    value double precision, numerator double precision, denominator double precision,
    state text NOT NULL DEFAULT 'final', received date NOT NULL)
    PARTITION BY LIST (unit);

-- What waymark_assess is told of a series (docs/postgres.md, "Options"), on the server that has the series.
CREATE TABLE waymark.options (
    indicator text NOT NULL, unit text NOT NULL, cohort text NOT NULL DEFAULT '', options jsonb NOT NULL)
    PARTITION BY LIST (unit);

-- Every series that has options, assessed: a view on its server, so that whatever the planner here expects, a row a series comes from
-- there.
DO $$ BEGIN
    EXECUTE format('CREATE TABLE waymark.assessed (indicator text NOT NULL, unit text NOT NULL, cohort text NOT NULL, %s) PARTITION BY LIST (unit)',
                   (SELECT string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum)
                    FROM pg_attribute WHERE attrelid = 'waymark_assess_row'::regclass AND attnum > 0));
END $$;

\endif

CREATE TABLE waymark.shard (
    name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,30}$' AND name NOT IN ('here', 'back')));
CREATE TABLE waymark.unit (
    unit text PRIMARY KEY,
    shard text NOT NULL REFERENCES waymark.shard);

-- The tables that are laid out.
CREATE FUNCTION waymark.laid_out() RETURNS SETOF name STABLE LANGUAGE sql AS $$
    SELECT relname FROM pg_class WHERE relnamespace = 'waymark'::regnamespace AND relkind = 'p' ORDER BY relname
$$;

-- A table's columns, as CREATE TABLE has them.
CREATE FUNCTION waymark.columns_of(one name) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', quote_ident(attname), format_type(atttypid, atttypmod), 'COLLATE ' || nullif(attcollation, 0)::regcollation,
                                CASE WHEN attnotnull THEN 'NOT NULL' END), ', ' ORDER BY attnum)
    FROM pg_attribute WHERE attrelid = format('waymark.%I', one)::regclass AND attnum > 0
$$;

-- Without it an aggregate is computed here, from every reading.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET enable_partitionwise_aggregate = on', current_database()); END $$;

-- How the coordinator reaches a server, whose tables `shards.sh add` has made. A server that stops answering is given up after the
-- times below; a row from there is dear, so that the planner lets each server aggregate even where it knows nothing of them; a lock there is waited for no longer than lock_timeout. No password: a passfile or a service has it.
CREATE FUNCTION waymark.add_shard(name text, host text, port text, dbname text, username text, lock_timeout text DEFAULT '60s')
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one text;
BEGIN
    INSERT INTO waymark.shard VALUES (add_shard.name);
    EXECUTE format('CREATE SERVER %I FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, port %L, dbname %L, extensions ''waymark'', '
                   'async_capable ''true'', fdw_tuple_cost ''1'', fetch_size ''10000'', batch_size ''100'', connect_timeout ''10'', keepalives_idle ''10'', '
                   'keepalives_interval ''5'', keepalives_count ''3'', tcp_user_timeout ''30000'', options %L)',
                   name, host, port, dbname, '-c lock_timeout=' || lock_timeout);
    EXECUTE format('CREATE USER MAPPING FOR CURRENT_USER SERVER %I OPTIONS (user %L, password_required ''false'')', name, username);
    FOR one IN SELECT waymark.laid_out() LOOP
        EXECUTE format('CREATE FOREIGN TABLE waymark.%I (%s) SERVER %I OPTIONS (schema_name %L, table_name %L)', one || '_' || name,
                       waymark.columns_of(one), name, 'waymark_' || name, one);
    END LOOP;
    EXECUTE format('CREATE FOREIGN TABLE waymark.%I (version text, method integer, extension text) SERVER %I '
                   'OPTIONS (schema_name %L, table_name ''version'')', 'version_' || name, name, 'waymark_' || name);
END $$;

-- Make the partitions say what waymark.unit says. No reading moves.
CREATE FUNCTION waymark.attach() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT inhparent::regclass AS whole, inhrelid::regclass AS part FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE relnamespace = 'waymark'::regnamespace AND relkind = 'f' LOOP
        EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', one.whole, one.part);
    END LOOP;
    FOR one IN SELECT name, shard, string_agg(quote_literal(unit), ', ' ORDER BY unit COLLATE "C") AS units
        FROM waymark.unit, waymark.laid_out() AS name GROUP BY name, shard LOOP
        EXECUTE format('ALTER TABLE waymark.%I ATTACH PARTITION waymark.%I FOR VALUES IN (%s)', one.name, one.name || '_' || one.shard, one.units);
    END LOOP;
END $$;

-- The end of a move: say where units are. Of a store any may go to a server; what came back from one takes its place here.
CREATE FUNCTION waymark.place(units text[], place text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF place = 'back' THEN
        DELETE FROM waymark.unit WHERE unit = ANY (units);
    ELSIF to_regclass('waymark.readings_here') IS NULL THEN
        UPDATE waymark.unit SET shard = place WHERE unit = ANY (units);
    ELSE
        INSERT INTO waymark.unit SELECT DISTINCT u, place FROM unnest(units) AS u ON CONFLICT (unit) DO UPDATE SET shard = place;
    END IF;
    PERFORM waymark.attach();
    IF place = 'back' THEN
        INSERT INTO waymark.readings_here SELECT * FROM waymark.readings_back WHERE unit = ANY (units) ON CONFLICT DO NOTHING;
        DELETE FROM waymark.readings_back WHERE unit = ANY (units);
    END IF;
END $$;

-- Units whose way back to the coordinator ended half way.
CREATE FUNCTION waymark.way_problems() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    stray text;
BEGIN
    IF to_regclass('waymark.readings_back') IS NOT NULL THEN
        FOR stray IN SELECT DISTINCT unit FROM waymark.readings_back ORDER BY 1 LOOP
            RETURN NEXT format('readings of unit %s are on their way back to the coordinator: move that unit again', stray);
        END LOOP;
    END IF;
END $$;

-- What is wrong with one server: not to be reached, of another version, or with readings of units that are another's.
CREATE FUNCTION waymark.shard_problems(shard text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    there record;
    stray text;
BEGIN
    BEGIN
        EXECUTE format('SELECT * FROM waymark.%I', 'version_' || shard) INTO there;
        IF (there.version, there.method) IS DISTINCT FROM (waymark_version(), waymark_method()) THEN
            RETURN NEXT format('it computes with version %s, method %s; here is version %s, method %s', there.version, there.method,
                               waymark_version(), waymark_method());
        END IF;
        IF there.extension IS DISTINCT FROM (SELECT extversion FROM pg_extension WHERE extname = 'waymark') THEN
            RETURN NEXT format('its extension is of version %s: ALTER EXTENSION waymark UPDATE there', there.extension);
        END IF;
        FOR stray IN EXECUTE format('SELECT DISTINCT unit FROM waymark.%I EXCEPT SELECT unit FROM waymark.unit WHERE shard = %L ORDER BY 1',
                                    'readings_' || shard, shard) LOOP
            RETURN NEXT format('it has readings of unit %s, which is not its: move that unit again', stray);
        END LOOP;
    EXCEPTION WHEN OTHERS THEN
        RETURN NEXT format('%s (SQLSTATE %s)', SQLERRM, SQLSTATE);
    END;
END $$;

-- The plan of an assessment of every series: on each server that has units one foreign scan with the whole aggregate in it.
CREATE FUNCTION waymark.plan_problems() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    n_pushed integer := 0;
    n_local integer := 0;
BEGIN
    FOR line IN EXECUTE format('EXPLAIN (VERBOSE) SELECT indicator, unit, cohort, waymark_assess(period, value, numerator, denominator, state, '
                               'NULL::date, ''{}'') FROM waymark.readings WHERE unit = ANY (%L::text[]) GROUP BY indicator, unit, cohort',
                               (SELECT array_agg(unit) FROM waymark.unit)) LOOP
        n_pushed := n_pushed + (line ~ 'Relations: Aggregate on')::integer;
        n_local := n_local + (line ~ '^\s*(->\s*)?(Partial |Finalize )?(Group|Hash|Mixed)?Aggregate')::integer;
    END LOOP;
    IF n_local > 0 OR n_pushed <> (SELECT count(DISTINCT shard) FROM waymark.unit) THEN
        RETURN NEXT format('%s of %s servers would aggregate by themselves: is enable_partitionwise_aggregate on in this session, and the '
                           'extension in one schema everywhere?', n_pushed, (SELECT count(DISTINCT shard) FROM waymark.unit));
    END IF;
END $$;

CREATE FUNCTION waymark.problems() RETURNS TABLE (shard text, problem text) LANGUAGE sql AS $$
    SELECT name, p FROM waymark.shard, waymark.shard_problems(name) AS p
    UNION ALL SELECT 'here', p FROM waymark.way_problems() AS p
    UNION ALL SELECT NULL, p FROM waymark.plan_problems() AS p
$$;
