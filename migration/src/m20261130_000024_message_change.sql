-- What becomes of a message after it was stored. The text of one that was deleted is gone; its place stays.
ALTER TABLE message ADD COLUMN edited_at bigint;
ALTER TABLE message ADD COLUMN deleted_at bigint;
-- The number of the message of the same conversation that it answers.
ALTER TABLE message ADD COLUMN reply_seq bigint;
-- Each change of a stored message gets the next number of its conversation: whoever was away asks for what came after the last
-- one that they know.
ALTER TABLE message ADD COLUMN revision bigint NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN revision bigint NOT NULL DEFAULT 0;
CREATE INDEX message_revision ON message (conversation_id, revision) WHERE revision > 0;
