-- Fills a migrated, empty database with people: before it, `people.rs` has made the tables setting(people) and syllable(i, text),
-- of 32. `i * prime` scatters evenly.

CREATE TEMP TABLE member (i INTEGER PRIMARY KEY, id BLOB, first TEXT, last TEXT);
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < (SELECT people FROM setting))
INSERT INTO member
SELECT n.i, unhex(printf('%012x7%03x8%015x', 1719792000000 + n.i * 600000, n.i & 4095, n.i)), one.text || two.text,
    three.text || four.text || five.text
FROM n
JOIN syllable AS one ON one.i = n.i * 7919 % 32
JOIN syllable AS two ON two.i = n.i / 32 * 104729 % 32
JOIN syllable AS three ON three.i = n.i * 611953 / 7 % 32
JOIN syllable AS four ON four.i = n.i * 350377 / 11 % 32
JOIN syllable AS five ON five.i = n.i * 746773 / 13 % 32
ORDER BY n.i;

INSERT INTO account (id, username, likeness, first_name, last_name, email, email_key, password_hash, created_at, verified_at)
SELECT id, 'person' || i, 'person' || i, upper(substr(first, 1, 1)) || substr(first, 2), upper(substr(last, 1, 1)) || substr(last, 2),
    'person' || i || '@example.org', 'person' || i || '@example.org', '', 1719792000000000 + i * 600000000, 1719792000000000 + i
FROM member;
INSERT INTO search_person (account_id, names) SELECT id, ' ' || first || ' ' || last || ' person' || i FROM member;
INSERT OR IGNORE INTO search_name (word, account_id)
SELECT first, id FROM member UNION ALL SELECT last, id FROM member UNION ALL SELECT 'person' || i, id FROM member;

-- Everybody follows thirty others, and number 0. Number 1 follows forty more; number 2 nobody.
CREATE TEMP TABLE step (k INTEGER PRIMARY KEY);
WITH RECURSIVE n (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM n WHERE k < 69) INSERT INTO step SELECT k FROM n;
INSERT OR IGNORE INTO follow (follower_id, followed_id, created_at)
SELECT follower.id, followed.id, 1730419200000000 + follower.i * 100 + step.k
FROM member AS follower
JOIN step ON step.k < CASE follower.i WHEN 1 THEN 70 ELSE 30 END
JOIN member AS followed ON followed.i = CASE step.k WHEN 0 THEN 0
    ELSE (follower.i + 1 + step.k * step.k * 31) % (SELECT people FROM setting) END
WHERE follower.i NOT IN (0, 2) AND followed.i <> follower.i;

-- Two thousand posts, each liked by thirty people; number 1 likes every twentieth.
INSERT INTO post (id, author_id, body, created_at, like_count, comment_count, revision, pictures)
SELECT unhex(printf('%012x7%03x8%015x', 1793491200000 + i * 60000, i, i)), id, first || ' ' || last, (1793491200000 + i * 60000) * 1000, 30, 0, 0, '[]'
FROM member WHERE i BETWEEN 3 AND 2002;
INSERT OR IGNORE INTO post_like (post_id, account_id, created_at)
SELECT post.id, liker.id, post.created_at + step.k
FROM member AS author
JOIN post ON post.author_id = author.id
JOIN step ON step.k < 30
JOIN member AS liker ON liker.i = CASE WHEN step.k = 0 AND author.i % 20 = 0 THEN 1
    ELSE (author.i * 13 + step.k * 101) % (SELECT people FROM setting) END;

-- Number 1 has blocked ten people, and ten have blocked number 1.
INSERT OR IGNORE INTO block (blocker_id, blocked_id, created_at)
SELECT one.id, other.id, 1730419200000000 FROM member AS one JOIN member AS other ON other.i BETWEEN 500 AND 509 WHERE one.i = 1
UNION ALL
SELECT other.id, one.id, 1730419200000000 FROM member AS one JOIN member AS other ON other.i BETWEEN 510 AND 519 WHERE one.i = 1;
DELETE FROM follow WHERE EXISTS (
    SELECT 1 FROM block WHERE (blocker_id = follower_id AND blocked_id = followed_id)
        OR (blocker_id = followed_id AND blocked_id = follower_id)
);
UPDATE account SET
    follower_count = (SELECT COUNT(*) FROM follow WHERE followed_id = account.id),
    following_count = (SELECT COUNT(*) FROM follow WHERE follower_id = account.id),
    post_count = (SELECT COUNT(*) FROM post WHERE author_id = account.id);
