"""What happens without anybody asking for it: the tick, and the sending of deliveries."""
