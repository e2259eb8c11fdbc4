-- Accounts that their owners have closed. Nobody sees them, and they are deleted at that moment unless their owner logs in before.
CREATE TABLE closed_account (
    account_id uuid PRIMARY KEY REFERENCES account (id) ON DELETE RESTRICT,
    closed_at bigint NOT NULL,
    delete_at bigint NOT NULL
);

-- Set once an account is deleted. Its row stays without anything of its person, for those who keep a chat with it.
ALTER TABLE account ADD COLUMN deleted_at bigint;

-- What usernames of deleted accounts share with those that are easily mistaken for them: nobody can have one of these.
CREATE TABLE reserved_username (
    likeness text PRIMARY KEY
);
