-- What people tell of themselves, their profile picture, and the usernames that they had before.

-- The profile picture; NULL without one. Its files lie under this id, which is another one for each picture.
ALTER TABLE account ADD COLUMN picture_id uuid;
CREATE UNIQUE INDEX account_picture ON account (picture_id);

-- Somebody who has not said anything yet has no row. What is empty is not said.
CREATE TABLE profile (
    account_id uuid PRIMARY KEY REFERENCES account (id) ON DELETE RESTRICT,
    bio text NOT NULL,
    about text NOT NULL,
    address text NOT NULL,
    -- ISO 3166-1 alpha-2.
    country text NOT NULL,
    -- A JSON list of addresses.
    links text NOT NULL,
    -- A JSON object: who may see which of these.
    visibility text NOT NULL,
    version bigint NOT NULL
);

-- For a while, a username that somebody gave up leads to them, and nobody else can take it or one that looks like it.
CREATE TABLE former_username (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    username text NOT NULL,
    likeness text NOT NULL,
    given_up_at bigint NOT NULL
);
CREATE INDEX former_username_name ON former_username (username, given_up_at);
CREATE INDEX former_username_likeness ON former_username (likeness, given_up_at);
CREATE INDEX former_username_account ON former_username (account_id, given_up_at);
CREATE INDEX former_username_age ON former_username (given_up_at);

-- The pictures on somebody's posts, the latest first.
CREATE INDEX picture_posted ON picture (owner_id, id) WHERE post_id IS NOT NULL;
