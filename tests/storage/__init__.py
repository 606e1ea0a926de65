"""What both databases must do."""
