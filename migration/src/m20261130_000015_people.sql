-- The lists of somebody's followers and of whom they follow, and one's own blocklist: the latest first.
CREATE INDEX follow_followers ON follow (followed_id, created_at, follower_id);
CREATE INDEX follow_following ON follow (follower_id, created_at, followed_id);
CREATE INDEX block_latest ON block (blocker_id, created_at, blocked_id);

-- Members in the order in which they came.
CREATE INDEX account_member ON account (id) WHERE verified_at IS NOT NULL;

-- Suggestions that somebody does not want to see again.
CREATE TABLE suggestion_dismissal (
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    dismissed_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    created_at bigint NOT NULL,
    PRIMARY KEY (account_id, dismissed_id)
);
CREATE INDEX suggestion_dismissal_dismissed ON suggestion_dismissal (dismissed_id);
