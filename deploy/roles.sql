-- The roles, the database and its privileges. Run once per cluster by a superuser, and again whenever you like:
--     psql -d postgres -f deploy/roles.sql                       (the database is called oas)
--     psql -d postgres -v database=other -f deploy/roles.sql
-- Roles that sign in over a network need a password besides: \password oas_owner, \password oas_app, \password oas_backup.
--
--   oas_owner  owns the tables; migrations, backups and restores. Row security does not bind an owner.
--   oas_app    the running portal; owns nothing, so row security binds it.
--   oas_backup copies the cluster page by page and receives its log (python -m backups); reads no table.
--   oas_all    the programme's staff; nobody signs in as it. The portal enters it for one transaction
--              (SET LOCAL ROLE), never by inheritance: hence NOINHERIT.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
\if :{?database} \else \set database oas \endif

SELECT 'CREATE ROLE oas_owner LOGIN CREATEDB' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'oas_owner') \gexec
SELECT 'CREATE ROLE oas_app LOGIN NOINHERIT' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'oas_app') \gexec
SELECT 'CREATE ROLE oas_backup LOGIN REPLICATION' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'oas_backup') \gexec
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO oas_backup;
SELECT 'CREATE ROLE oas_all NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'oas_all') \gexec
ALTER ROLE oas_app NOINHERIT;

-- Since PostgreSQL 16 a grant carries its own inheritance; before, the role's NOINHERIT decides.
SELECT current_setting('server_version_num')::int >= 160000 AS grants_carry_inheritance \gset
\if :grants_carry_inheritance
    GRANT oas_all TO oas_app WITH INHERIT FALSE, SET TRUE;
\else
    GRANT oas_all TO oas_app;
\endif
GRANT oas_all, oas_app TO oas_owner;

SELECT format('CREATE DATABASE %I OWNER oas_owner', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO oas_app;

-- Privileges live in each database: first template1, so that test databases are born with them, then ours.
\connect template1
\ir privileges.sql
\connect :"database"
\ir privileges.sql
