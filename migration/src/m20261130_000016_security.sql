-- Log-ins, kept apart from sessions: whoever looks back also sees those that have ended. Its id is that of the session.
CREATE TABLE login (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    -- What the browser calls itself.
    device text NOT NULL,
    -- "password", "code", "recovery_code" or "passkey".
    method text NOT NULL,
    created_at bigint NOT NULL,
    ended_at bigint,
    -- "log_out", "signed_out", "password", "closed" or "expired".
    ended_by text
);
CREATE INDEX login_account ON login (account_id, id);
CREATE INDEX login_created ON login (created_at);
INSERT INTO login (id, account_id, device, method, created_at)
    SELECT id, account_id, device, 'password', created_at FROM session;

-- Tries that failed, counted for each hour, kind of device and method: a stranger who tries fills no table.
CREATE TABLE failed_login (
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    -- When the hour began.
    hour bigint NOT NULL,
    -- Of a closed list, unlike what a browser calls itself: "Firefox on Windows".
    device text NOT NULL,
    method text NOT NULL,
    tries bigint NOT NULL,
    last_at bigint NOT NULL,
    PRIMARY KEY (account_id, hour, device, method)
);
CREATE INDEX failed_login_hour ON failed_login (hour);

-- An address that somebody wants instead of theirs. It is nobody's until the link in its letter was used.
CREATE TABLE email_change (
    account_id uuid PRIMARY KEY REFERENCES account (id) ON DELETE RESTRICT,
    email text NOT NULL,
    email_key text NOT NULL,
    -- SHA-256 of the token in the link; NULL until the letter is written.
    token_hash bytea UNIQUE,
    expires_at bigint NOT NULL
);
CREATE INDEX email_change_expiry ON email_change (expires_at);

-- How somebody wants to see Kith.
ALTER TABLE account ADD COLUMN theme text NOT NULL DEFAULT 'system';
ALTER TABLE account ADD COLUMN date_style text NOT NULL DEFAULT 'words';
ALTER TABLE account ADD COLUMN clock_style text NOT NULL DEFAULT 'hours24';

-- The second step of a log-in: codes by time (RFC 6238).
CREATE TABLE two_factor (
    account_id uuid PRIMARY KEY REFERENCES account (id) ON DELETE RESTRICT,
    secret bytea NOT NULL,
    created_at bigint NOT NULL,
    -- When a code of it was typed for the first time; it asks for codes from then on.
    confirmed_at bigint,
    -- The step of the last code that was taken. Each is taken once.
    last_step bigint NOT NULL DEFAULT 0
);

CREATE TABLE recovery_code (
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    -- SHA-256 of the account and the code.
    code_hash bytea NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);

-- Log-ins whose password was right and whose code is still to come.
CREATE TABLE login_challenge (
    -- SHA-256 of the token in the browser's cookie.
    token_hash bytea PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    expires_at bigint NOT NULL
);
CREATE INDEX login_challenge_account ON login_challenge (account_id);
CREATE INDEX login_challenge_expiry ON login_challenge (expires_at);
