#!/bin/sh
# Writes ./secrets once: every password random, and the addresses that hold them. Never overwrites.
# Containers read the files under another account: the folder is closed, not the files.
set -eu
cd "$(dirname "$0")/.."
mkdir -p secrets
chmod 700 secrets
random() { python3 -c 'import secrets; print(secrets.token_urlsafe(48), end="")'; }
keep() {
    if [ ! -e "secrets/$1" ]; then
        printf '%s' "$2" > "secrets/$1"
        chmod 444 "secrets/$1"
    fi
}
for name in secret_key postgres_password database_owner_password database_app_password database_backup_password redis_password; do
    keep "$name" "$(random)"
done
keep field_keys "$(python3 -c 'import secrets; print(secrets.token_urlsafe(32), end="")')"
keep database_owner_url "postgres://oas_owner:$(cat secrets/database_owner_password)@database:5432/oas"
keep database_url "postgres://oas_app:$(cat secrets/database_app_password)@database:5432/oas"
keep database_backup_url "postgres://oas_backup:$(cat secrets/database_backup_password)@database:5432/"
keep redis_url "redis://:$(cat secrets/redis_password)@broker:6379/0"
keep smtp_password ""
echo "secrets/ is complete. Put the password of your mail server into secrets/smtp_password."
