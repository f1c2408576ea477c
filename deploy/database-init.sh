#!/bin/sh
# Runs once, when the database container makes its files: our roles, then their passwords.
set -eu
psql --username postgres --no-psqlrc --quiet --file /srv/deploy/roles.sql postgres
for role in owner app; do
    psql --username postgres --no-psqlrc --quiet --set "password=$(cat "/run/secrets/database_${role}_password")" \
        postgres <<SQL
ALTER ROLE oas_${role} PASSWORD :'password';
SQL
done
