CREATE TABLE follow (
    follower_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    followed_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    PRIMARY KEY (follower_id, followed_id)
);
CREATE INDEX follow_followed ON follow (followed_id, follower_id);

CREATE TABLE block (
    blocker_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    blocked_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id)
);
CREATE INDEX block_blocked ON block (blocked_id, blocker_id);
