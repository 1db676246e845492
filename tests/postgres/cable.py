"""A connection that a test can cut."""

import socket
import threading

from servers import free_port


class Cable:
    """A connection that can be cut: everything that is sent to its port goes on to the server's."""

    def __init__(self, to_port):
        self.port, self.to_port, self.ends = free_port(), to_port, []
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.to_port))
            self.ends += [near, far]
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(a, b), daemon=True).start()

    @staticmethod
    def carry(a, b):
        try:
            while data := a.recv(65536):
                b.sendall(data)
        except OSError:
            pass

    def cut(self):
        self.listener.shutdown(socket.SHUT_RDWR)  # closing alone would leave it listening while accept waits
        self.listener.close()
        for end in self.ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
