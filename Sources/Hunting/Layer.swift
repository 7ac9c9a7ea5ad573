// The layer is described in ARCHITECTURE.md.
