"""What others have in a file -> commitments: read, understood row by row, compared, taken in as one change."""
