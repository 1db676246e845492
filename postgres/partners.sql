-- Partners of one store: who may give, read and see what. Run by a superuser in the store's database, as often as one likes; a later
-- version of this file brings an older one's roles up to it. docs/postgres.md, "Partners", is the guide.
--
--   psql -d plan -f postgres/partners.sql
--   SELECT waymark.add_partner('leeds', 'submitter', ARRAY['E08000035']);
--
-- Three roles of the cluster, none of which can log in: waymark_submitter gives drops with readings of its own units and sees these
-- alone; waymark_analyst reads all and writes assessments and issued packs; waymark_board sees assessments and issued packs. What a
-- member may do is decided here, in the database, by row-level security: whatever program it connects with.
\set ON_ERROR_STOP on
BEGIN;

-- Each server would have to have this row-level security too, and the partitions' bounds name the units to every role.
DO $$ BEGIN
    IF (SELECT relkind FROM pg_class WHERE oid = 'waymark.readings'::regclass) = 'p' THEN
        RAISE 'this store is laid out over servers: a store is shared by partners or laid out over servers, not both';
    END IF;
END $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['waymark_submitter', 'waymark_analyst', 'waymark_board'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO waymark_submitter, waymark_analyst', current_database());
END $$;

-- Which units are whose. A unit may be several partners'; '' is the area as a whole.
CREATE TABLE IF NOT EXISTS waymark.partner (
    role name NOT NULL,
    unit text COLLATE "C" NOT NULL,
    PRIMARY KEY (role, unit));

-- What the board may see: assessments that an analyst published, and packs that were issued.
CREATE TABLE IF NOT EXISTS waymark.assessments (
    as_at date NOT NULL,
    indicator text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL,
    cohort text COLLATE "C" NOT NULL,
    period text, value double precision, baseline double precision, trajectory double precision, gap double precision,
    months_gap double precision, due date, target double precision, chance double precision, expected date,
    status text, mark text, "position" text, outlook text, variation text, assurance text, reasons text, sentence text,
    PRIMARY KEY (as_at, indicator, unit, cohort));
CREATE TABLE IF NOT EXISTS waymark.issued (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    as_at date NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    content bytea NOT NULL,
    issued timestamptz NOT NULL DEFAULT now(),
    issued_by name NOT NULL DEFAULT current_user,
    CHECK (sha256 = encode(sha256(content), 'hex')));

-- ---- what the planner would tell

-- EXPLAIN tells any role how many rows the planner expects, and it expects them from samples of the whole table, other partners' rows
-- among them. So there are no samples of these columns; the keys do without. Samples taken before are removed.
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT attrelid, attrelid::regclass AS of, attname FROM pg_attribute
        WHERE attrelid IN ('waymark.drops'::regclass, 'waymark.series'::regclass, 'waymark.readings'::regclass, 'waymark.quarantine'::regclass,
                           'waymark.findings'::regclass, 'waymark.partner'::regclass) AND attnum > 0 AND NOT attisdropped LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 0', one.of, one.attname);
        DELETE FROM pg_statistic WHERE starelid = one.attrelid;
    END LOOP;
END $$;

-- ---- rights

REVOKE ALL ON SCHEMA waymark FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA waymark FROM PUBLIC, waymark_submitter, waymark_analyst, waymark_board;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA waymark FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA waymark TO waymark_submitter, waymark_analyst, waymark_board;

-- Drops get their number and their submitter from the database.
ALTER TABLE waymark.drops ALTER COLUMN id SET DEFAULT waymark.next_drop();
DO $$
DECLARE
    given text;
BEGIN
    SELECT string_agg(quote_ident(attname), ', ') INTO given FROM pg_attribute
        WHERE attrelid = 'waymark.drops'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('id', 'submitter');
    EXECUTE format('GRANT INSERT (%s), UPDATE (%1$s) ON waymark.drops TO waymark_submitter, waymark_analyst', given);
END $$;
GRANT SELECT ON waymark.store, waymark.drops, waymark.series, waymark.readings, waymark.quarantine, waymark.findings, waymark.vintages,
    waymark.partner TO waymark_submitter, waymark_analyst;
GRANT INSERT ON waymark.series, waymark.readings, waymark.quarantine, waymark.findings TO waymark_submitter, waymark_analyst;
GRANT UPDATE (raw) ON waymark.quarantine TO waymark_submitter, waymark_analyst;
GRANT SELECT, INSERT, UPDATE, DELETE ON waymark.assessments TO waymark_analyst;
GRANT SELECT, INSERT (as_at, name, sha256, content) ON waymark.issued TO waymark_analyst;
GRANT SELECT ON waymark.assessments, waymark.issued TO waymark_board;

-- ---- rows

DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT polname, polrelid::regclass AS of FROM pg_policy WHERE polrelid::regclass::text LIKE 'waymark.%' LOOP
        EXECUTE format('DROP POLICY %I ON %s', one.polname, one.of);
    END LOOP;
END $$;
ALTER TABLE waymark.partner ENABLE ROW LEVEL SECURITY;
ALTER TABLE waymark.drops ENABLE ROW LEVEL SECURITY;
ALTER TABLE waymark.series ENABLE ROW LEVEL SECURITY;
ALTER TABLE waymark.readings ENABLE ROW LEVEL SECURITY;
ALTER TABLE waymark.quarantine ENABLE ROW LEVEL SECURITY;
ALTER TABLE waymark.findings ENABLE ROW LEVEL SECURITY;

-- A drop is its submitter's, and holds readings of that one's units under their own series' names. Queries within a policy see what the
-- same role may see.
CREATE POLICY own ON waymark.partner FOR SELECT TO waymark_submitter USING (role = current_user);
CREATE POLICY own_seen ON waymark.drops FOR SELECT TO waymark_submitter USING (submitter = current_user);
CREATE POLICY own_given ON waymark.drops FOR INSERT TO waymark_submitter, waymark_analyst WITH CHECK (submitter = current_user);
CREATE POLICY own_kept ON waymark.drops FOR UPDATE TO waymark_submitter, waymark_analyst USING (submitter = current_user);
CREATE POLICY own_seen ON waymark.series FOR SELECT TO waymark_submitter USING (unit IN (SELECT p.unit FROM waymark.partner p));
CREATE POLICY own_given ON waymark.series FOR INSERT TO waymark_submitter WITH CHECK (unit IN (SELECT p.unit FROM waymark.partner p));
CREATE POLICY own_seen ON waymark.readings FOR SELECT TO waymark_submitter
    USING (unit IN (SELECT p.unit FROM waymark.partner p) AND drop_id IN (SELECT d.id FROM waymark.drops d));
CREATE POLICY own_given ON waymark.readings FOR INSERT TO waymark_submitter WITH CHECK (
    unit IN (SELECT p.unit FROM waymark.partner p) AND drop_id IN (SELECT d.id FROM waymark.drops d)
    AND EXISTS (SELECT FROM waymark.series s WHERE (s.id, s.indicator, s.unit, s.cohort)
                                                  = (readings.series, readings.indicator, readings.unit, readings.cohort)));
CREATE POLICY own ON waymark.quarantine TO waymark_submitter USING (drop_id IN (SELECT d.id FROM waymark.drops d));
CREATE POLICY own ON waymark.findings TO waymark_submitter USING (drop_id IN (SELECT d.id FROM waymark.drops d));

-- An analyst sees everything, and gives drops of any unit, each under its own name.
CREATE POLICY all_seen ON waymark.partner FOR SELECT TO waymark_analyst USING (true);
CREATE POLICY all_seen ON waymark.drops FOR SELECT TO waymark_analyst USING (true);
CREATE POLICY all_own ON waymark.series TO waymark_analyst USING (true);
CREATE POLICY all_seen ON waymark.readings FOR SELECT TO waymark_analyst USING (true);
CREATE POLICY all_given ON waymark.readings FOR INSERT TO waymark_analyst WITH CHECK (
    drop_id IN (SELECT d.id FROM waymark.drops d WHERE d.submitter = current_user)
    AND EXISTS (SELECT FROM waymark.series s WHERE (s.id, s.indicator, s.unit, s.cohort)
                                                  = (readings.series, readings.indicator, readings.unit, readings.cohort)));
CREATE POLICY all_seen ON waymark.quarantine TO waymark_analyst USING (true)
    WITH CHECK (drop_id IN (SELECT d.id FROM waymark.drops d WHERE d.submitter = current_user));
CREATE POLICY all_seen ON waymark.findings TO waymark_analyst USING (true)
    WITH CHECK (drop_id IN (SELECT d.id FROM waymark.drops d WHERE d.submitter = current_user));

-- What another drop holds may be shared, and another drop replaced, only where that is one's own as well: else a drop could make
-- another's figures count again. A policy on drops cannot ask drops, so a trigger does, with the rights of who writes; where rows are
-- hidden from nobody, from the owner, it asks nothing.
CREATE OR REPLACE FUNCTION waymark.only_own_drops() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    other integer;
BEGIN
    FOREACH other IN ARRAY ARRAY[NEW.content, NEW.replaced_by] LOOP
        IF row_security_active('waymark.drops') AND other <> NEW.id
            AND NOT EXISTS (SELECT FROM waymark.drops AS d WHERE d.id = other AND d.submitter = current_user) THEN
            RAISE insufficient_privilege USING MESSAGE = format('drop %s is not one of yours', other);
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION waymark.only_own_drops() FROM PUBLIC;
CREATE OR REPLACE TRIGGER only_own BEFORE INSERT OR UPDATE ON waymark.drops FOR EACH ROW EXECUTE FUNCTION waymark.only_own_drops();

-- ---- partners

-- Let a role, which is made if there is none, be a submitter (of some units), an analyst or a board reader; called again, it is that and
-- no longer what it was. How it logs in (password, certificate) is the cluster's business: pg_hba.conf.
CREATE OR REPLACE FUNCTION waymark.add_partner(login name, kind text, units text[] DEFAULT '{}') RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one text;
BEGIN
    IF kind NOT IN ('submitter', 'analyst', 'board') THEN
        RAISE invalid_parameter_value USING MESSAGE = format('there is no kind of partner "%s"', kind), HINT = 'It may be submitter, analyst or board.';
    END IF;
    IF (kind = 'submitter') <> (cardinality(units) > 0) THEN
        RAISE invalid_parameter_value USING MESSAGE = 'a submitter has units, and no other partner has', HINT = 'Name them as an array of texts.';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
        EXECUTE format('CREATE ROLE %I LOGIN', login);
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = login AND (rolsuper OR rolbypassrls OR rolcreaterole)) THEN
        RAISE invalid_parameter_value USING MESSAGE = format('role "%s" may pass by row-level security', login), HINT = 'Take a role of its own.';
    END IF;
    FOREACH one IN ARRAY ARRAY['submitter', 'analyst', 'board'] LOOP
        IF one <> kind AND pg_has_role(login, 'waymark_' || one, 'MEMBER') THEN
            EXECUTE format('REVOKE %I FROM %I', 'waymark_' || one, login);
        END IF;
    END LOOP;
    EXECUTE format('GRANT %I TO %I', 'waymark_' || kind, login);
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), login);
    DELETE FROM waymark.partner WHERE role = login;
    INSERT INTO waymark.partner SELECT login, u FROM unnest(units) AS u GROUP BY u;
END $$;
REVOKE ALL ON FUNCTION waymark.add_partner(name, text, text[]) FROM PUBLIC;
COMMIT;
