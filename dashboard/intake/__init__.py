"""Taking in e-PPGBM files on a screen, with a preview before anything is written."""
