"""Linux, thin and typed: attributes, inotify, directories, locks, child processes."""
