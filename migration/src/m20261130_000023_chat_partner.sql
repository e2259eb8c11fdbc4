-- Everybody whom one can write to, the latest members first.
CREATE INDEX account_joined ON account (verified_at, id) WHERE verified_at IS NOT NULL;
