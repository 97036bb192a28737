"""The advisor itself: conversation, matching, storage and the channels people reach it through."""
