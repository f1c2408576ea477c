"""The network bulletin: what was published under CLEAR and GREEN in a month, and who joined; as PDF and as Excel."""
