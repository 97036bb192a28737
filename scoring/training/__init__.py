"""Making the card from data; the only part of scoring that needs scikit-learn, and never imported to score a firm."""
