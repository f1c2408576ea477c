"""The API of rounds, updates, answers and facts: the same rows, rules and actions as the pages."""
