"""Ports that stay free while a test's server is away."""

import os

from config.services.addresses import free_port

# Below those that systems give to outgoing connections: of the browsers beside us none comes by such a port.
FIRST, LAST = 20_000, 30_000


def lasting_port() -> int:
    """A free port of 127.0.0.1; another process that runs tests is given another one."""
    return free_port("127.0.0.1", FIRST + os.getpid() * 10 % (LAST - FIRST))
