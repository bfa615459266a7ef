"""What is trained, how wide, how long: one recipe a tracker."""

from dataclasses import dataclass, field

from networks import build

from .crops import EXEMPLAR, Rule
from .losses import BoxAdaptive, Logistic, RegionProposal

# Seeds of the drawn scenes. The demo data set takes its numbers from another family altogether.
TRAINING_SEED = 100_001
VALIDATION_SEED = 800_001
HELD_OUT_SEED = 900_001

RESNET = {"width": 0.125, "channels": 32, "blocks": (2, 2, 2)}
"""ResNet-50's first three layers, two blocks each, an eighth as wide: 512 numbers become 64 after layer 2, 1024 become 128."""


@dataclass(frozen=True)
class Recipe:
    tracker: str
    """The tracker's name in trackbench and in `networks`."""
    network: dict
    loss: object
    base: int = 8
    """Places of the map beyond (instance - 127) / 8 + 1 (BASE_SIZE)."""
    rule: Rule = field(default_factory=Rule)
    iterations: int = 1500
    batch: int = 8
    rate: float = 1.5e-3
    small: int = 191
    """Side of the search crops in the first part of the training; 255 in the rest."""
    small_share: float = 0.8
    tracking: int = 255
    """Side of the search crops while tracking."""

    def build(self):
        return build(self.tracker, **self.network)

    def instance(self, iteration: int) -> int:
        return self.small if iteration < self.small_share * self.iterations else 255

    def map_side(self, instance: int) -> int:
        return (instance - EXEMPLAR) // 8 + 1 + self.base


RECIPES = {
    recipe.tracker: recipe
    for recipe in (
        Recipe("siamban-acm", RESNET, BoxAdaptive(), iterations=7000),
        Recipe("siamban", RESNET, BoxAdaptive(), iterations=1500),
        Recipe("siamrpn++", RESNET, RegionProposal(), iterations=1500),
        Recipe("siamrpn", {"width": 0.125}, RegionProposal(), base=0, iterations=4000, small=255, tracking=287),
        # The study of `correlations.py`: small crops throughout, for there are six trainings.
        Recipe("paired-depthwise", RESNET, BoxAdaptive(), iterations=700, small_share=1),
        Recipe("paired-asymmetric", RESNET, BoxAdaptive(), iterations=700, small_share=1),
        Recipe("siamfc", {"width": 0.125}, Logistic(), base=0, rule=Rule(is_siamfc=True), iterations=3000, small=255),
    )
}
