-- What people are told of others' doings: one row for each cause, stored with it. Whether the cause still stands is asked when it
-- is read, so a like that is taken back takes nothing from here, and one that is given again tells nobody twice.
CREATE TABLE notification (
    -- Later ones are greater. That of a conversation is another one with each message.
    id uuid PRIMARY KEY,
    -- Who is told.
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    -- Who did it.
    actor_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    kind text NOT NULL,
    -- The post, comment, conversation or follower: the likes of one post have the same, and are shown together.
    subject_id uuid NOT NULL,
    -- Where it happened.
    post_id uuid REFERENCES post (id) ON DELETE RESTRICT,
    comment_id uuid REFERENCES comment (id) ON DELETE RESTRICT,
    created_at bigint NOT NULL,
    read_at bigint,
    -- Whoever was told keeps it no more. The row stays, so that the same cause does not come again.
    deleted_at bigint,
    UNIQUE (account_id, subject_id, actor_id)
);
CREATE INDEX notification_list ON notification (account_id, id) WHERE deleted_at IS NULL;
CREATE INDEX notification_unread ON notification (account_id, subject_id) WHERE read_at IS NULL AND deleted_at IS NULL;
CREATE INDEX notification_actor ON notification (actor_id);
CREATE INDEX notification_post ON notification (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX notification_comment ON notification (comment_id) WHERE comment_id IS NOT NULL;

-- Which new ones are shown at once. Somebody who has chosen nothing has no row.
CREATE TABLE notification_setting (
    account_id uuid PRIMARY KEY REFERENCES account (id) ON DELETE RESTRICT,
    -- Names of kinds with a space between them.
    muted text NOT NULL,
    -- Minutes of the day; both or none.
    quiet_from bigint,
    quiet_until bigint
);
