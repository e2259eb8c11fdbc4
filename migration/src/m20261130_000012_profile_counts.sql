-- How many people follow somebody, whom they follow, and how many posts of theirs are not removed: changed in the transaction of
-- each cause.
ALTER TABLE account ADD COLUMN follower_count bigint NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN following_count bigint NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN post_count bigint NOT NULL DEFAULT 0;
UPDATE account SET
    follower_count = (SELECT COUNT(*) FROM follow WHERE followed_id = account.id),
    following_count = (SELECT COUNT(*) FROM follow WHERE follower_id = account.id),
    post_count = (SELECT COUNT(*) FROM post WHERE author_id = account.id AND removed_at IS NULL);
