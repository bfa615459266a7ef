"""The networks of the trackers, for training and for benchmarks, under their authors' checkpoint keys.

    network = build("siamban-acm", width=0.25, channels=64)
    state = network.template(z, prior)      # z: n x 3 x 127 x 127, prior: n x 2 or n x 4
    cls, loc = network.track(x, state)      # x: n x 3 x 255 x 255

Pictures are bytes as floats, channel first, blue, green, red (SiamFC: red, green, blue), without any scaling. `template` does all that
is done once a sequence. A state of one template serves any number of search crops; one of n templates serves n crops,
pair by pair, as training wants it. A `state_dict` of these modules is a checkpoint trackbench loads.
"""

from .checkpoints import load, read_tensors
from .rule import rule_weights
from .trackers import NAMES, build

__all__ = ["NAMES", "build", "load", "read_tensors", "rule_weights"]
