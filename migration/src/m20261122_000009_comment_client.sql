-- Under which id the author's client sent it, so that a second try is known as one.
ALTER TABLE comment ADD COLUMN client_id uuid;
CREATE UNIQUE INDEX comment_client ON comment (author_id, client_id);
