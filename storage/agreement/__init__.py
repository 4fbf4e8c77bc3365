"""How far annotators agree: chance-corrected figures, the overlap of what they marked, and what they dispute."""

from storage.agreement.disputes import Dispute, Said, disputes
from storage.agreement.figures import (
    Agreement,
    Alpha,
    Annotator,
    Figures,
    Judge,
    Kappa,
    LabelAlpha,
    Overlap,
    Pair,
)
from storage.agreement.report import agreement

__all__ = [
    "Agreement",
    "Alpha",
    "Annotator",
    "Dispute",
    "Figures",
    "Judge",
    "Kappa",
    "LabelAlpha",
    "Overlap",
    "Pair",
    "Said",
    "agreement",
    "disputes",
]
