"""What needs a spec, its network and pictures together."""
