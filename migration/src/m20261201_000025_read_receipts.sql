-- Whether others see how far somebody has read, and whether they see it of others: 'on' or 'off'.
ALTER TABLE account ADD COLUMN read_receipts text NOT NULL DEFAULT 'on';
