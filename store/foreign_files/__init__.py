"""Files of others, read in a child process with limits, whatever library reads them."""
