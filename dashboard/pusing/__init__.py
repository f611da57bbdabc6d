"""What the pages of the mobile clinic share: acts as one transaction, and words for refusals."""
