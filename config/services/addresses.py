"""Which port to listen on."""

import errno
import socket

TRIES = 100


def free_port(host: str, wanted: int) -> int:
    """``wanted``, or the next free port after it, saying so; raises OSError for any other refusal."""
    for port in range(wanted, wanted + TRIES):
        with socket.socket() as attempt:
            # As the server will: a port in TIME_WAIT after a restart is free.
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((host, port))
            except OSError as refusal:
                if refusal.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
                continue
        if port != wanted:
            print(f"Port {wanted} is taken by another program; using {port} (choose with PORT=…)", flush=True)
        return port
    raise OSError(errno.EADDRINUSE, f"no free port from {wanted} on")
