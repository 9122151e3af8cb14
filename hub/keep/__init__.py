"""What is kept at rest: people's enrolments, and recordings that only the owner can open."""
