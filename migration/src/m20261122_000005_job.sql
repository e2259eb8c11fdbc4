-- What happens later. Enqueued in the transaction of its cause, gone when done.
CREATE TABLE job (
    id uuid PRIMARY KEY,
    -- What to do, as JSON.
    task text NOT NULL,
    run_at bigint NOT NULL,
    attempts bigint NOT NULL DEFAULT 0,
    last_error text
);
CREATE INDEX job_due ON job (run_at);
