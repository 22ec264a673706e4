"""Read a sheet of a workbook: values, and what is struck through, hidden, commented, coloured, formatted."""
