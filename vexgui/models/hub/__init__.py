"""Models on the hub: the one child process that may use the network, and how what it fetched lies on the disk."""
