-- Nothing disappears by a cascade any more: whoever deletes an account or a post goes slice by slice, corrects counters and
-- removes files. SQLite changes no foreign key of a table that is there, so each table is made anew and takes its rows over.
-- What its columns mean stands in the files before this one.

CREATE TABLE session_new (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    token_hash bytea NOT NULL UNIQUE,
    device text NOT NULL,
    address text NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL
);
INSERT INTO session_new (id, account_id, token_hash, device, address, created_at, seen_at)
    SELECT id, account_id, token_hash, device, address, created_at, seen_at FROM session;
CREATE TABLE mail_token_new (
    token_hash bytea PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    purpose text NOT NULL,
    expires_at bigint NOT NULL
);
INSERT INTO mail_token_new (token_hash, account_id, purpose, expires_at)
    SELECT token_hash, account_id, purpose, expires_at FROM mail_token;
CREATE TABLE known_device_new (
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    token_hash bytea NOT NULL,
    seen_at bigint NOT NULL,
    PRIMARY KEY (account_id, token_hash)
);
INSERT INTO known_device_new (account_id, token_hash, seen_at)
    SELECT account_id, token_hash, seen_at FROM known_device;
CREATE TABLE follow_new (
    follower_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    followed_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    created_at bigint NOT NULL,
    PRIMARY KEY (follower_id, followed_id)
);
INSERT INTO follow_new (follower_id, followed_id, created_at)
    SELECT follower_id, followed_id, created_at FROM follow;
CREATE TABLE block_new (
    blocker_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    blocked_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    created_at bigint NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id)
);
INSERT INTO block_new (blocker_id, blocked_id, created_at)
    SELECT blocker_id, blocked_id, created_at FROM block;
CREATE TABLE post_new (
    id uuid PRIMARY KEY,
    author_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    body text NOT NULL,
    created_at bigint NOT NULL,
    like_count bigint NOT NULL DEFAULT 0,
    comment_count bigint NOT NULL DEFAULT 0,
    revision bigint NOT NULL DEFAULT 0,
    client_id uuid,
    version bigint NOT NULL DEFAULT 0,
    edited_at bigint,
    removed_at bigint,
    pictures text NOT NULL DEFAULT '[]'
);
INSERT INTO post_new (id, author_id, body, created_at, like_count, comment_count, revision, client_id, version, edited_at, removed_at, pictures)
    SELECT id, author_id, body, created_at, like_count, comment_count, revision, client_id, version, edited_at, removed_at, pictures FROM post;
CREATE TABLE post_like_new (
    post_id uuid NOT NULL REFERENCES post_new (id) ON DELETE RESTRICT,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    created_at bigint NOT NULL,
    PRIMARY KEY (post_id, account_id)
);
INSERT INTO post_like_new (post_id, account_id, created_at)
    SELECT post_id, account_id, created_at FROM post_like;
CREATE TABLE comment_new (
    id uuid PRIMARY KEY,
    post_id uuid NOT NULL REFERENCES post_new (id) ON DELETE RESTRICT,
    thread_id uuid REFERENCES comment_new (id) ON DELETE RESTRICT,
    answered_id uuid REFERENCES account (id) ON DELETE RESTRICT,
    author_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    body text NOT NULL,
    created_at bigint NOT NULL,
    version bigint NOT NULL DEFAULT 0,
    edited_at bigint,
    removed_at bigint,
    client_id uuid
);
INSERT INTO comment_new (id, post_id, thread_id, answered_id, author_id, body, created_at, version, edited_at, removed_at, client_id)
    SELECT id, post_id, thread_id, answered_id, author_id, body, created_at, version, edited_at, removed_at, client_id FROM comment;
CREATE TABLE comment_mention_new (
    comment_id uuid NOT NULL REFERENCES comment_new (id) ON DELETE RESTRICT,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    PRIMARY KEY (comment_id, account_id)
);
INSERT INTO comment_mention_new (comment_id, account_id)
    SELECT comment_id, account_id FROM comment_mention;
CREATE TABLE post_version_new (
    post_id uuid NOT NULL REFERENCES post_new (id) ON DELETE RESTRICT,
    version bigint NOT NULL,
    body text NOT NULL,
    pictures bigint NOT NULL,
    written_at bigint NOT NULL,
    PRIMARY KEY (post_id, version)
);
INSERT INTO post_version_new (post_id, version, body, pictures, written_at)
    SELECT post_id, version, body, pictures, written_at FROM post_version;
CREATE TABLE post_mention_new (
    post_id uuid NOT NULL REFERENCES post_new (id) ON DELETE RESTRICT,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    PRIMARY KEY (post_id, account_id)
);
INSERT INTO post_mention_new (post_id, account_id)
    SELECT post_id, account_id FROM post_mention;
CREATE TABLE picture_new (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    post_id uuid REFERENCES post_new (id) ON DELETE RESTRICT,
    width bigint NOT NULL,
    height bigint NOT NULL,
    preview text NOT NULL,
    moves bigint NOT NULL,
    bytes bigint NOT NULL,
    created_at bigint NOT NULL
);
INSERT INTO picture_new (id, owner_id, post_id, width, height, preview, moves, bytes, created_at)
    SELECT id, owner_id, post_id, width, height, preview, moves, bytes, created_at FROM picture;
CREATE TABLE conversation_new (
    id uuid PRIMARY KEY,
    first_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    second_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    last_seq bigint NOT NULL DEFAULT 0,
    UNIQUE (first_id, second_id)
);
INSERT INTO conversation_new (id, first_id, second_id, last_seq)
    SELECT id, first_id, second_id, last_seq FROM conversation;
CREATE TABLE chat_member_new (
    conversation_id uuid NOT NULL REFERENCES conversation_new (id) ON DELETE RESTRICT,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    other_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    read_seq bigint NOT NULL DEFAULT 0,
    active_at bigint NOT NULL,
    PRIMARY KEY (conversation_id, account_id)
);
INSERT INTO chat_member_new (conversation_id, account_id, other_id, read_seq, active_at)
    SELECT conversation_id, account_id, other_id, read_seq, active_at FROM chat_member;
CREATE TABLE message_new (
    conversation_id uuid NOT NULL REFERENCES conversation_new (id) ON DELETE RESTRICT,
    seq bigint NOT NULL,
    sender_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    client_id uuid NOT NULL,
    body text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (conversation_id, seq),
    UNIQUE (sender_id, client_id)
);
INSERT INTO message_new (conversation_id, seq, sender_id, client_id, body, created_at)
    SELECT conversation_id, seq, sender_id, client_id, body, created_at FROM message;

-- From the tables that nothing refers to.
DROP TABLE message;
DROP TABLE chat_member;
DROP TABLE conversation;
DROP TABLE picture;
DROP TABLE post_mention;
DROP TABLE post_version;
DROP TABLE comment_mention;
DROP TABLE comment;
DROP TABLE post_like;
DROP TABLE post;
DROP TABLE block;
DROP TABLE follow;
DROP TABLE known_device;
DROP TABLE mail_token;
DROP TABLE session;

ALTER TABLE session_new RENAME TO session;
ALTER TABLE mail_token_new RENAME TO mail_token;
ALTER TABLE known_device_new RENAME TO known_device;
ALTER TABLE follow_new RENAME TO follow;
ALTER TABLE block_new RENAME TO block;
ALTER TABLE post_new RENAME TO post;
ALTER TABLE post_like_new RENAME TO post_like;
ALTER TABLE comment_new RENAME TO comment;
ALTER TABLE comment_mention_new RENAME TO comment_mention;
ALTER TABLE post_version_new RENAME TO post_version;
ALTER TABLE post_mention_new RENAME TO post_mention;
ALTER TABLE picture_new RENAME TO picture;
ALTER TABLE conversation_new RENAME TO conversation;
ALTER TABLE chat_member_new RENAME TO chat_member;
ALTER TABLE message_new RENAME TO message;

CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_seen ON session (seen_at);
CREATE INDEX mail_token_account ON mail_token (account_id, purpose);
CREATE INDEX mail_token_expiry ON mail_token (expires_at);
CREATE INDEX known_device_seen ON known_device (seen_at);
CREATE INDEX follow_followed ON follow (followed_id, follower_id);
CREATE INDEX block_blocked ON block (blocked_id, blocker_id);
CREATE INDEX post_author ON post (author_id, id);
CREATE UNIQUE INDEX post_client ON post (author_id, client_id);
CREATE INDEX post_like_account ON post_like (account_id, post_id);
CREATE INDEX post_like_latest ON post_like (post_id, created_at, account_id);
CREATE INDEX comment_post ON comment (post_id, thread_id, id);
CREATE INDEX comment_thread ON comment (thread_id, id);
CREATE INDEX comment_author ON comment (author_id, post_id);
CREATE INDEX comment_answered ON comment (answered_id);
CREATE UNIQUE INDEX comment_client ON comment (author_id, client_id);
CREATE INDEX comment_mention_account ON comment_mention (account_id);
CREATE INDEX post_mention_account ON post_mention (account_id);
CREATE INDEX picture_owner ON picture (owner_id, bytes);
CREATE INDEX picture_post ON picture (post_id);
CREATE INDEX picture_unused ON picture (created_at) WHERE post_id IS NULL;
CREATE INDEX conversation_second ON conversation (second_id);
CREATE INDEX chat_member_recent ON chat_member (account_id, active_at);
CREATE INDEX chat_member_other ON chat_member (other_id);
