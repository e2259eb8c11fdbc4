-- Keys that a device or a password manager holds, and that log their owner in (Web Authentication, level 3).
CREATE TABLE passkey (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    -- Drawn by the device, which names it at a log-in.
    credential_id bytea NOT NULL UNIQUE,
    -- The public key, and what has to be remembered of it, as JSON.
    credential text NOT NULL,
    -- What the browser called itself that made it.
    device text NOT NULL,
    created_at bigint NOT NULL,
    used_at bigint
);
CREATE INDEX passkey_account ON passkey (account_id, id);

-- A passkey that somebody is making: what the browser is asked for, and what its answer has to match.
CREATE TABLE passkey_set_up (
    account_id uuid PRIMARY KEY REFERENCES account (id) ON DELETE RESTRICT,
    options text NOT NULL,
    state text NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX passkey_set_up_expiry ON passkey_set_up (expires_at);

-- Log-ins that wait for the answer of a passkey. Nobody knows yet whose.
CREATE TABLE passkey_login (
    -- SHA-256 of the token that comes back with the answer.
    token_hash bytea PRIMARY KEY,
    state text NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX passkey_login_expiry ON passkey_login (expires_at);
