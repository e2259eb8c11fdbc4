ALTER TABLE comment ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE comment ADD COLUMN edited_at bigint;
-- When it was removed, for one that stays as the empty head of its replies. Its body is empty then.
ALTER TABLE comment ADD COLUMN removed_at bigint;

CREATE TABLE comment_mention (
    comment_id uuid NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (comment_id, account_id)
);
CREATE INDEX comment_mention_account ON comment_mention (account_id);
