"""What an operator and their machines can see."""
