-- Jobs of one lane do not wait for those of another.
ALTER TABLE job ADD COLUMN lane text NOT NULL DEFAULT 'rest';
-- When the last try failed of a job that is not tried again by itself.
ALTER TABLE job ADD COLUMN given_up_at bigint;
UPDATE job SET lane = CASE
    WHEN task LIKE '{"task":"mail"%' THEN 'mail'
    WHEN task LIKE '{"task":"delete_files"%' THEN 'media'
    WHEN task LIKE '{"task":"delete_post"%' THEN 'deletion'
    ELSE 'rest' END;
DROP INDEX job_due;
CREATE INDEX job_due ON job (lane, run_at) WHERE given_up_at IS NULL;
CREATE INDEX job_given_up ON job (given_up_at) WHERE given_up_at IS NOT NULL;
