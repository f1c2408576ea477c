-- What the roles may do in the database one is connected to; roles.sql calls this for each.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO oas_app, oas_all;

-- Future tables: whatever oas_owner creates, the portal may use. Row security narrows it; a migration may revoke.
ALTER DEFAULT PRIVILEGES FOR ROLE oas_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO oas_app, oas_all;
ALTER DEFAULT PRIVILEGES FOR ROLE oas_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO oas_app, oas_all;
