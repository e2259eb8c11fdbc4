CREATE TABLE conversation (
    id uuid PRIMARY KEY,
    -- The two people, the smaller id first, so that there is one conversation for each pair.
    first_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    second_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    last_seq bigint NOT NULL DEFAULT 0,
    UNIQUE (first_id, second_id)
);
CREATE INDEX conversation_second ON conversation (second_id);

-- The conversation as each of the two has it in their list.
CREATE TABLE chat_member (
    conversation_id uuid NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    other_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- Read up to this message; sending reads what came before.
    read_seq bigint NOT NULL DEFAULT 0,
    -- When the last message was stored.
    active_at bigint NOT NULL,
    PRIMARY KEY (conversation_id, account_id)
);
CREATE INDEX chat_member_recent ON chat_member (account_id, active_at);
CREATE INDEX chat_member_other ON chat_member (other_id);

CREATE TABLE message (
    conversation_id uuid NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    -- 1, 2, 3, ... without gaps within the conversation.
    seq bigint NOT NULL,
    sender_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- Chosen by the sender; makes sending again harmless.
    client_id uuid NOT NULL,
    body text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (conversation_id, seq),
    UNIQUE (sender_id, client_id)
);
