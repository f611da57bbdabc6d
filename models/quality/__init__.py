"""How far measurements can be trusted: the WHO/UNICEF checks, a grade by plain rules, reporting, and denominators."""
