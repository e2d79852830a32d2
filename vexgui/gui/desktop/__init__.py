"""The window among other programs: tray, notifications, light and dark, and whether anybody can see it."""
