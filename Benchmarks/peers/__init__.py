"""trackbench against other programs on the same networks, weights and crops. Run it with ../run.sh; ../README.md has the rules."""
