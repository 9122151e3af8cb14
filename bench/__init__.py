"""What Inglenook costs and how fast it answers, measured on the machine at hand."""
