#!/bin/sh
# Runs once, when the database container makes its files: our roles, then their passwords.
set -eu
psql --username postgres --no-psqlrc --quiet --file /srv/deploy/roles.sql postgres
for role in owner app backup; do
    psql --username postgres --no-psqlrc --quiet --set "password=$(cat "/run/secrets/database_${role}_password")" \
        postgres <<SQL
ALTER ROLE oas_${role} PASSWORD :'password';
SQL
done
# A copy of the whole cluster goes to that one role, by its password.
echo "host replication oas_backup samenet scram-sha-256" >> "$PGDATA/pg_hba.conf"
