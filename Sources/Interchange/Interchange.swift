// Rooms being built.
