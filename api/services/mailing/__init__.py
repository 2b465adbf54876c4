"""E-mails without content: put into the outbox with the change that wants them, sent until they arrive."""
