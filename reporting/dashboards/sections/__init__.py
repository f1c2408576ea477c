"""The four sections without a stage, each as a page of the state: what holds today, and what was said before."""
