-- Ids grow with time, so they are the order of the feed.
CREATE TABLE post (
    id uuid PRIMARY KEY,
    author_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    body text NOT NULL,
    created_at bigint NOT NULL,
    like_count bigint NOT NULL DEFAULT 0,
    comment_count bigint NOT NULL DEFAULT 0,
    -- Grows with each change of the counts, so that a late announcement of an old count is known as such.
    revision bigint NOT NULL DEFAULT 0
);
CREATE INDEX post_author ON post (author_id, id);

CREATE TABLE post_like (
    post_id uuid NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    PRIMARY KEY (post_id, account_id)
);
CREATE INDEX post_like_account ON post_like (account_id, post_id);

CREATE TABLE comment (
    id uuid PRIMARY KEY,
    post_id uuid NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    -- The comment that a reply stands below; NULL for a comment.
    thread_id uuid REFERENCES comment (id) ON DELETE CASCADE,
    -- Whom a reply to a reply answers.
    answered_id uuid REFERENCES account (id) ON DELETE SET NULL,
    author_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    body text NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX comment_post ON comment (post_id, thread_id, id);
CREATE INDEX comment_thread ON comment (thread_id, id);
CREATE INDEX comment_author ON comment (author_id, post_id);
CREATE INDEX comment_answered ON comment (answered_id);
