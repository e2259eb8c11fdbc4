-- Copies of everything that a person has here, which they asked for: made by a job, kept for some days.
CREATE TABLE export (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    requested_at bigint NOT NULL,
    -- How many things are in it so far, and how many there will be.
    done bigint NOT NULL DEFAULT 0,
    total bigint NOT NULL DEFAULT 0,
    -- Until when whoever makes it may be silent before somebody else makes it anew.
    busy_until bigint NOT NULL DEFAULT 0,
    -- Set once it can be fetched.
    ready_at bigint,
    bytes bigint NOT NULL DEFAULT 0
);
CREATE INDEX export_account ON export (account_id, requested_at);
CREATE INDEX export_requested ON export (requested_at);
