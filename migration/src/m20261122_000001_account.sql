CREATE TABLE account (
    id uuid PRIMARY KEY,
    username text NOT NULL UNIQUE,
    -- What usernames share that are easily mistaken for each other.
    likeness text NOT NULL UNIQUE,
    first_name text NOT NULL,
    last_name text NOT NULL,
    email text NOT NULL,
    -- The address in small letters.
    email_key text NOT NULL,
    password_hash text NOT NULL,
    created_at bigint NOT NULL,
    verified_at bigint
);
-- An address belongs to whoever proved that they read its mail. Until then anybody may have typed it, more than once.
CREATE UNIQUE INDEX account_verified_email ON account (email_key) WHERE verified_at IS NOT NULL;
CREATE INDEX account_email ON account (email_key);
CREATE INDEX account_unverified ON account (created_at) WHERE verified_at IS NULL;

CREATE TABLE session (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- SHA-256 of the token in the cookie.
    token_hash bytea NOT NULL UNIQUE,
    -- What the browser calls itself.
    device text NOT NULL,
    address text NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL
);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_seen ON session (seen_at);

-- The links of mails.
CREATE TABLE mail_token (
    -- SHA-256 of the token in the link.
    token_hash bytea PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    purpose text NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX mail_token_account ON mail_token (account_id, purpose);
CREATE INDEX mail_token_expiry ON mail_token (expires_at);
