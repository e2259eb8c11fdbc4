-- What a search looks through: texts in small letters and without accents, as `domain::search::text` makes them. The file for
-- SQLite says what is in each table.

CREATE TABLE search_person (
    account_id uuid PRIMARY KEY REFERENCES account (id) ON DELETE RESTRICT,
    names text NOT NULL
);

CREATE TABLE search_name (
    word text COLLATE "C" NOT NULL,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    PRIMARY KEY (word, account_id)
);
CREATE INDEX search_name_account ON search_name (account_id);

-- Parts of names and names that are spelled alike are found by trigrams, where the database has them. Where it has not, names are
-- found by the beginning of each word, in search_name.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'pg_trgm is not to be had: %', SQLERRM;
END
$$;
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') THEN
        CREATE INDEX search_person_names ON search_person USING gin (names gin_trgm_ops);
        CREATE FUNCTION people_like(one text, two text, three text, four text, most bigint) RETURNS SETOF uuid
            LANGUAGE sql STABLE AS $function$
                SELECT account_id FROM search_person
                WHERE names LIKE one AND names LIKE two AND names LIKE three AND names LIKE four LIMIT most
            $function$;
        CREATE FUNCTION people_spelled_like(query text, most bigint) RETURNS SETOF uuid
            LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.3 AS $function$
                SELECT account_id FROM search_person WHERE query <% names ORDER BY query <<-> names, account_id LIMIT most
            $function$;
    ELSE
        CREATE FUNCTION people_like(one text, two text, three text, four text, most bigint) RETURNS SETOF uuid
            LANGUAGE sql STABLE AS 'SELECT NULL::uuid WHERE false';
        CREATE FUNCTION people_spelled_like(query text, most bigint) RETURNS SETOF uuid
            LANGUAGE sql STABLE AS 'SELECT NULL::uuid WHERE false';
    END IF;
END
$$;

CREATE TABLE search_post (
    id bigint NOT NULL,
    post_id uuid PRIMARY KEY REFERENCES post (id) ON DELETE RESTRICT,
    words text NOT NULL,
    -- The words as they are: PostgreSQL's own parser would cut them differently.
    lexemes tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED
);
CREATE INDEX search_post_lexemes ON search_post USING gin (lexemes);

-- What is there already is made findable by a job.
INSERT INTO job (id, task, run_at, lane)
    SELECT '019ad0f5-4c00-7000-8000-000000000019', '{"task":"index_search"}', 0, 'rest' WHERE EXISTS (SELECT 1 FROM account);
