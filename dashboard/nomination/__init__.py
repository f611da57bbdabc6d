"""RWs named by camat and lurah, the replies, and the workbook that carries both."""
