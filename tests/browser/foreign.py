"""Pages on other sites: each with a server of its own, so that it is foreign to Kell."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SCRIPT = '<script async src="{kell}/widget.js"></script>'


@contextmanager
def foreign_page(kell: str, body: str, policy: str = "", head: str = "") -> Iterator[str]:
    """Serve this page, with ``{kell}`` as the chat's origin, and say where it is."""
    # No browser asks for an icon, and none complains when the page is gone by then.
    icon = "" if policy else '<link rel="icon" href="data:,">'
    page = PAGE.replace("HEAD", icon + head).replace("BODY", body).replace("{kell}", kell).encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_page = "." not in self.path
            self.send_response(200 if is_page else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy.replace("{kell}", kell))
            self.send_header("Content-Length", str(len(page) if is_page else 0))
            self.end_headers()
            if is_page:
                self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            # By this name it is another site, whose frames get a storage of their own.
            yield f"http://localhost:{server.server_address[1]}/"
        finally:
            server.shutdown()
            serving.join()


PAGE = """<!doctype html>
<html lang="en"><head><title>Somebody's shop</title>HEAD</head>
<body><h1>Somebody's shop</h1>BODY</body></html>"""
