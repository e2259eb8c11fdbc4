-- SHA-256 of the token in the cookie of the browser that signed up: "Send the link again" belongs to that sign-up. NULL once
-- the address is verified.
ALTER TABLE account ADD COLUMN sign_up_hash bytea;
CREATE UNIQUE INDEX account_sign_up ON account (sign_up_hash);

-- Browsers that somebody has signed in from before; they have tries of their own.
CREATE TABLE known_device (
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- SHA-256 of the account and the token in the device's cookie.
    token_hash bytea NOT NULL,
    -- When somebody signed in from it last.
    seen_at bigint NOT NULL,
    PRIMARY KEY (account_id, token_hash)
);
CREATE INDEX known_device_seen ON known_device (seen_at);
