"""How the weights of analysis/claims/model are made from labelled articles; see MODEL_CARD.md there. Needs the extra [train]."""
