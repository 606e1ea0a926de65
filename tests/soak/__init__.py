"""Random deaths for as long as one likes: what is lost, and what is said twice."""
