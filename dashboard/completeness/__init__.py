"""What the city still lacks, and what each gap costs."""
