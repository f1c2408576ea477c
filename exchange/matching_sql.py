"""Functions of the database that `exchange.touching` asks: made by a migration, changed by a later one."""

SERVER_OF = r"""
CREATE OR REPLACE FUNCTION server_of(kind text, value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT CASE kind
        WHEN 'domain' THEN value
        WHEN 'email' THEN substring(value FROM '@([^@]+)$')
        WHEN 'url' THEN coalesce(
            substring(value FROM '^[a-z0-9+.-]+://(?:[^/?#]*@)?\[([0-9a-f:.]+)\]'),
            substring(value FROM '^[a-z0-9+.-]+://(?:[^/?#]*@)?([^/?#:@\[\]]+)'))
    END
$$
"""
# What is no network is none, whoever wrote it: one bad row must not keep all others from being looked at.
NETWORK_OF = r"""
CREATE OR REPLACE FUNCTION network_of(kind text, value text, host text) RETURNS inet
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF kind IN ('ipv4', 'ipv6', 'ipv4-network', 'ipv6-network') THEN
        RETURN value::inet;
    ELSIF kind = 'url' AND (host ~ '^[0-9.]+$' OR host ~ ':') THEN
        RETURN host::inet;
    END IF;
    RETURN NULL;
EXCEPTION WHEN invalid_text_representation THEN
    RETURN NULL;
END $$
"""
