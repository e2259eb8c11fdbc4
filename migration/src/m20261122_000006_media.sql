-- A picture, uploaded by one person for at most one post. Its files lie under its id in the store of files: every file
-- there has a row here, or a job that removes it.
CREATE TABLE picture (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- NULL as long as no post shows it.
    post_id uuid REFERENCES post (id) ON DELETE CASCADE,
    -- Of its large size.
    width bigint NOT NULL,
    height bigint NOT NULL,
    -- The picture in a few dozen pixels, as the address of an image.
    preview text NOT NULL,
    -- 1 when its large size moves.
    moves bigint NOT NULL,
    -- Of all its files.
    bytes bigint NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX picture_owner ON picture (owner_id, bytes);
CREATE INDEX picture_post ON picture (post_id);
CREATE INDEX picture_unused ON picture (created_at) WHERE post_id IS NULL;
