-- What a search looks through: texts in small letters and without accents, as `domain::search::text` makes them. The virtual
-- tables are their index, which the triggers keep in step. With 'secure-delete', words that go are overwritten in the index, too.

-- The names of members: a space, then the words of first name, last name and username. The number joins a row to its index.
CREATE TABLE search_person (
    id integer PRIMARY KEY,
    account_id uuid NOT NULL UNIQUE REFERENCES account (id) ON DELETE RESTRICT,
    names text NOT NULL
);
CREATE VIRTUAL TABLE person_index USING fts5(names, content = 'search_person', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO person_index (person_index, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER search_person_inserted AFTER INSERT ON search_person BEGIN
    INSERT INTO person_index (rowid, names) VALUES (new.id, new.names);
END;
CREATE TRIGGER search_person_updated AFTER UPDATE ON search_person BEGIN
    INSERT INTO person_index (person_index, rowid, names) VALUES ('delete', old.id, old.names);
    INSERT INTO person_index (rowid, names) VALUES (new.id, new.names);
END;
CREATE TRIGGER search_person_deleted AFTER DELETE ON search_person BEGIN
    INSERT INTO person_index (person_index, rowid, names) VALUES ('delete', old.id, old.names);
END;

-- Each of these words by itself: the index of trigrams finds nothing under three characters.
CREATE TABLE search_name (
    word text NOT NULL,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    PRIMARY KEY (word, account_id)
);
CREATE INDEX search_name_account ON search_name (account_id);

-- The words of posts that are not removed. The number is the front of the post's id: when it was published.
CREATE TABLE search_post (
    id integer PRIMARY KEY,
    post_id uuid NOT NULL UNIQUE REFERENCES post (id) ON DELETE RESTRICT,
    words text NOT NULL
);
CREATE VIRTUAL TABLE post_index USING fts5(
    words, content = 'search_post', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
INSERT INTO post_index (post_index, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER search_post_inserted AFTER INSERT ON search_post BEGIN
    INSERT INTO post_index (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER search_post_updated AFTER UPDATE ON search_post BEGIN
    INSERT INTO post_index (post_index, rowid, words) VALUES ('delete', old.id, old.words);
    INSERT INTO post_index (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER search_post_deleted AFTER DELETE ON search_post BEGIN
    INSERT INTO post_index (post_index, rowid, words) VALUES ('delete', old.id, old.words);
END;

-- What is there already is made findable by a job.
INSERT INTO job (id, task, run_at, lane)
    SELECT X'019ad0f54c0070008000000000000019', '{"task":"index_search"}', 0, 'rest' WHERE EXISTS (SELECT 1 FROM account);
