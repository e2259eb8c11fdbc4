-- Nothing disappears by a cascade any more: whoever deletes an account or a post goes slice by slice, corrects counters and
-- removes files.

ALTER TABLE session
    DROP CONSTRAINT session_account_id_fkey,
    ADD CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE mail_token
    DROP CONSTRAINT mail_token_account_id_fkey,
    ADD CONSTRAINT mail_token_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE known_device
    DROP CONSTRAINT known_device_account_id_fkey,
    ADD CONSTRAINT known_device_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE follow
    DROP CONSTRAINT follow_follower_id_fkey,
    ADD CONSTRAINT follow_follower_id_fkey FOREIGN KEY (follower_id) REFERENCES account (id) ON DELETE RESTRICT,
    DROP CONSTRAINT follow_followed_id_fkey,
    ADD CONSTRAINT follow_followed_id_fkey FOREIGN KEY (followed_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE block
    DROP CONSTRAINT block_blocker_id_fkey,
    ADD CONSTRAINT block_blocker_id_fkey FOREIGN KEY (blocker_id) REFERENCES account (id) ON DELETE RESTRICT,
    DROP CONSTRAINT block_blocked_id_fkey,
    ADD CONSTRAINT block_blocked_id_fkey FOREIGN KEY (blocked_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE post
    DROP CONSTRAINT post_author_id_fkey,
    ADD CONSTRAINT post_author_id_fkey FOREIGN KEY (author_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE post_like
    DROP CONSTRAINT post_like_post_id_fkey,
    ADD CONSTRAINT post_like_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE RESTRICT,
    DROP CONSTRAINT post_like_account_id_fkey,
    ADD CONSTRAINT post_like_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE comment
    DROP CONSTRAINT comment_post_id_fkey,
    ADD CONSTRAINT comment_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE RESTRICT,
    DROP CONSTRAINT comment_thread_id_fkey,
    ADD CONSTRAINT comment_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES comment (id) ON DELETE RESTRICT,
    DROP CONSTRAINT comment_answered_id_fkey,
    ADD CONSTRAINT comment_answered_id_fkey FOREIGN KEY (answered_id) REFERENCES account (id) ON DELETE RESTRICT,
    DROP CONSTRAINT comment_author_id_fkey,
    ADD CONSTRAINT comment_author_id_fkey FOREIGN KEY (author_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE comment_mention
    DROP CONSTRAINT comment_mention_comment_id_fkey,
    ADD CONSTRAINT comment_mention_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES comment (id) ON DELETE RESTRICT,
    DROP CONSTRAINT comment_mention_account_id_fkey,
    ADD CONSTRAINT comment_mention_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE post_version
    DROP CONSTRAINT post_version_post_id_fkey,
    ADD CONSTRAINT post_version_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE RESTRICT;
ALTER TABLE post_mention
    DROP CONSTRAINT post_mention_post_id_fkey,
    ADD CONSTRAINT post_mention_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE RESTRICT,
    DROP CONSTRAINT post_mention_account_id_fkey,
    ADD CONSTRAINT post_mention_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE picture
    DROP CONSTRAINT picture_owner_id_fkey,
    ADD CONSTRAINT picture_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES account (id) ON DELETE RESTRICT,
    DROP CONSTRAINT picture_post_id_fkey,
    ADD CONSTRAINT picture_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE RESTRICT;
ALTER TABLE conversation
    DROP CONSTRAINT conversation_first_id_fkey,
    ADD CONSTRAINT conversation_first_id_fkey FOREIGN KEY (first_id) REFERENCES account (id) ON DELETE RESTRICT,
    DROP CONSTRAINT conversation_second_id_fkey,
    ADD CONSTRAINT conversation_second_id_fkey FOREIGN KEY (second_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE chat_member
    DROP CONSTRAINT chat_member_conversation_id_fkey,
    ADD CONSTRAINT chat_member_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation (id) ON DELETE RESTRICT,
    DROP CONSTRAINT chat_member_account_id_fkey,
    ADD CONSTRAINT chat_member_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT,
    DROP CONSTRAINT chat_member_other_id_fkey,
    ADD CONSTRAINT chat_member_other_id_fkey FOREIGN KEY (other_id) REFERENCES account (id) ON DELETE RESTRICT;
ALTER TABLE message
    DROP CONSTRAINT message_conversation_id_fkey,
    ADD CONSTRAINT message_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation (id) ON DELETE RESTRICT,
    DROP CONSTRAINT message_sender_id_fkey,
    ADD CONSTRAINT message_sender_id_fkey FOREIGN KEY (sender_id) REFERENCES account (id) ON DELETE RESTRICT;
