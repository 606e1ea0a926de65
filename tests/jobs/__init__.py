"""What runs beside the listeners."""
