"""What the bot decides, as tables and properties."""
