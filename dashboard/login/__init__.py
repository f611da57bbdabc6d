"""Who one is: the gate before every page, the doorman before every file, and the roles of the demo city."""
