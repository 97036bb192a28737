"""Telegram: updates are stored before they are acknowledged, chats are answered in order, replies leave through the outbox."""
