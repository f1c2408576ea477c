"""Ends well when the web server answers that it is ready; for the container's health check."""

import http.client
import os
import sys

PATH = "/health/ready"

line = http.client.HTTPConnection("localhost", 8000, timeout=5)
line.request("GET", PATH, headers={"Host": os.environ["OAS_HOSTS"].split(",")[0], "X-Forwarded-Proto": "https"})
sys.exit(line.getresponse().status != http.client.OK)
