"""Admission to the hemispheric network, by the procedure that CSIRTAmericas publishes."""
