-- Fills a migrated, empty database: the same posts, likes and comments each time. Before it, `seed.rs` has made the
-- tables setting(posts), person(i, id, username), phrase(i, text) and gallery(i, pictures).
--
-- `i * prime % 1000003` scatters numbers evenly; its powers make small ones frequent and large ones rare.

CREATE TEMP TABLE step (j INTEGER PRIMARY KEY);
WITH RECURSIVE n (j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM n WHERE j < 99)
INSERT INTO step SELECT j FROM n;

-- Two years of posts. The latest 20,000 have two likes and a comment on average, and some have many; of the older ones
-- a quarter. The first 990 people write, the first of them most; 998 and 999 wrote only in the beginning.
CREATE TEMP TABLE numbered (
    i INTEGER PRIMARY KEY, id BLOB, author INTEGER, millis INTEGER, likes INTEGER, comments INTEGER, picked REAL
);
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < (SELECT posts FROM setting)),
drawn AS (
    SELECT i, 1793491200000 - (posts - i) * (63072000000 / posts) AS millis, posts, posts - i <= 20000 OR i % 4 = 0 AS lively,
        (i * 611953 % 1000003) / 1000003.0 AS one, (i * 350377 % 1000003) / 1000003.0 AS other,
        (i * 746773 % 1000003) / 1000003.0 AS picked
    FROM n, setting
)
INSERT INTO numbered
SELECT i, unhex(printf('%012x7%03x8%015x', millis, i & 4095, i)),
    CASE WHEN i < posts / 20 AND i % 2 = 0 THEN 998 + i / 2 % 2 ELSE CAST(990 * one * one AS INTEGER) END,
    millis,
    lively * (CASE WHEN i % 50 = 7 THEN 60 ELSE CAST(9 * other * other * other AS INTEGER) END),
    lively * (CASE WHEN i % 97 = 5 THEN 40 ELSE CAST(5 * picked * picked * picked AS INTEGER) END),
    picked
FROM drawn;

-- A line to half a page; every tenth mentions somebody, every fifth has pictures.
INSERT INTO post (id, author_id, body, created_at, like_count, comment_count, revision, pictures)
SELECT numbered.id, author.id,
    CASE WHEN numbered.i % 10 = 0 THEN '@' || mentioned.username || ' ' ELSE '' END || (
        SELECT group_concat(text, CASE WHEN numbered.i % 4 = 0 THEN char(10) ELSE ' ' END) FROM phrase
        WHERE phrase.i BETWEEN numbered.i * 7919 % 24 AND numbered.i * 7919 % 24 + CAST(7 * picked * picked AS INTEGER)
    ),
    millis * 1000, likes, comments, likes + comments,
    CASE WHEN numbered.i % 5 = 0 THEN gallery.pictures ELSE '[]' END
FROM numbered
JOIN person AS author ON author.i = numbered.author
JOIN person AS mentioned ON mentioned.i = numbered.i * 3 % 1000
JOIN gallery ON gallery.i = numbered.i / 5 % 4
ORDER BY numbered.i;

INSERT INTO post_mention (post_id, account_id)
SELECT numbered.id, person.id FROM numbered JOIN person ON person.i = numbered.i * 3 % 1000 WHERE numbered.i % 10 = 0;

-- The reader, who is number 100, likes every sixth post that anybody likes.
INSERT INTO post_like (post_id, account_id, created_at)
SELECT numbered.id, person.id, (millis + (step.j + 1) * 60000) * 1000
FROM numbered
JOIN step ON step.j < numbered.likes
JOIN person ON person.i = CASE WHEN numbered.i % 6 = 0 AND step.j = 0 THEN 100
    ELSE (101 + (numbered.i * 7 + step.j * 13) % 999) % 1000 END
ORDER BY numbered.i;

-- Every third comment has a reply.
INSERT INTO comment (id, post_id, thread_id, author_id, body, created_at)
SELECT unhex(printf('%012x7%03x8%015x', millis + (step.j + 1) * 60000, step.j, numbered.i)), numbered.id,
    CASE WHEN step.j % 3 = 1 THEN unhex(printf('%012x7%03x8%015x', millis + step.j * 60000, step.j - 1, numbered.i)) END,
    person.id, phrase.text, (millis + (step.j + 1) * 60000) * 1000
FROM numbered
JOIN step ON step.j < numbered.comments
JOIN person ON person.i = (numbered.i * 11 + step.j * 17) % 1000
JOIN phrase ON phrase.i = (numbered.i + step.j) % 24
ORDER BY numbered.i;

-- Everybody follows thirty people; the reader a seventh of all; 995 only two, who have long been silent; 996 everybody.
INSERT OR IGNORE INTO follow (follower_id, followed_id, created_at)
SELECT follower.id, followed.id, 1730419200000000
FROM person AS follower JOIN person AS followed ON followed.i <> follower.i AND CASE follower.i
    WHEN 100 THEN followed.i % 7 = 3
    WHEN 995 THEN followed.i >= 998
    WHEN 996 THEN 1
    ELSE (followed.i + 1000 - follower.i) * 17 % 1000 < 30 END;

-- The reader has blocked ten people, and five have blocked the reader.
INSERT INTO block (blocker_id, blocked_id, created_at)
SELECT reader.id, other.id, 1730419200000000 FROM person AS reader JOIN person AS other ON other.i % 97 = 5 WHERE reader.i = 100
UNION ALL
SELECT other.id, reader.id, 1730419200000000 FROM person AS reader JOIN person AS other ON other.i % 197 = 7 WHERE reader.i = 100;
DELETE FROM follow WHERE EXISTS (
    SELECT 1 FROM block WHERE (blocker_id = follower_id AND blocked_id = followed_id)
        OR (blocker_id = followed_id AND blocked_id = follower_id)
);

-- The reader talks to thirty people and has not read what ten of them wrote.
CREATE TEMP TABLE talk AS
SELECT other.i, unhex(printf('%032x', other.i)) AS id, reader.id AS reader, other.id AS other
FROM person AS reader JOIN person AS other ON other.i BETWEEN 200 AND 229 WHERE reader.i = 100;
INSERT INTO conversation (id, first_id, second_id, last_seq) SELECT id, reader, other, 1 FROM talk;
INSERT INTO chat_member (conversation_id, account_id, other_id, read_seq, active_at)
SELECT id, reader, other, i >= 210, 1793491200000000 FROM talk UNION ALL SELECT id, other, reader, 1, 1793491200000000 FROM talk;
INSERT INTO message (conversation_id, seq, sender_id, client_id, body, created_at)
SELECT id, 1, other, id, 'See you on Saturday?', 1793491200000000 FROM talk;

-- What is counted and what is searched, as Kith keeps it.
UPDATE account SET
    follower_count = (SELECT COUNT(*) FROM follow WHERE followed_id = account.id),
    following_count = (SELECT COUNT(*) FROM follow WHERE follower_id = account.id),
    post_count = (SELECT COUNT(*) FROM post WHERE author_id = account.id);
INSERT INTO search_person (account_id, names)
SELECT id, ' ' || lower(first_name) || ' ' || lower(last_name) || ' ' || username FROM account;
INSERT OR IGNORE INTO search_name (word, account_id)
SELECT lower(first_name), id FROM account UNION ALL SELECT lower(last_name), id FROM account UNION ALL SELECT username, id FROM account;
INSERT INTO search_post (id, post_id, words)
SELECT millis << 12 | (numbered.i & 4095), numbered.id, lower(post.body) FROM numbered JOIN post ON post.id = numbered.id ORDER BY numbered.i;
