-- Chosen by the author; makes publishing again harmless.
ALTER TABLE post ADD COLUMN client_id uuid;
CREATE UNIQUE INDEX post_client ON post (author_id, client_id);
-- How often it was edited, and when it was the last time.
ALTER TABLE post ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE post ADD COLUMN edited_at bigint;
-- When it was removed: nobody sees it any more, and soon it is deleted, unless its author wants it back.
ALTER TABLE post ADD COLUMN removed_at bigint;
-- What readers are told about its pictures, as JSON, so that a page of posts needs no query for them.
ALTER TABLE post ADD COLUMN pictures text NOT NULL DEFAULT '[]';

-- What a post said before.
CREATE TABLE post_version (
    post_id uuid NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    version bigint NOT NULL,
    body text NOT NULL,
    -- How many it had.
    pictures bigint NOT NULL,
    written_at bigint NOT NULL,
    PRIMARY KEY (post_id, version)
);

-- The people whose usernames stand in the text.
CREATE TABLE post_mention (
    post_id uuid NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (post_id, account_id)
);
CREATE INDEX post_mention_account ON post_mention (account_id);

-- The list of people who like a post, the latest first.
CREATE INDEX post_like_latest ON post_like (post_id, created_at, account_id);
