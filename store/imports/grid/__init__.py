"""The cells of a list as any file gives them, what counts as empty or invalid in them, and how rows and problems are named."""
