"""The cells of a list as any file gives them: which are empty or invalid, and how rows and problems are named."""
