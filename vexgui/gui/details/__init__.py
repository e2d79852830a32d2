"""The panel that tells what is known of the selected file."""
