"""Answers that are made for the asking, compressed as files are when they are built."""

import gzip
from functools import lru_cache
from typing import Literal

import brotli
from flask import request
from werkzeug import Response

Coding = Literal["br", "gzip"]
CODINGS: tuple[Coding, ...] = ("br", "gzip")


def packed(body: bytes, mimetype: str, *varies_by: str) -> Response:
    """Return ``body`` as small as the browser takes it. The same bytes are compressed once."""
    coding = next((each for each in CODINGS if request.accept_encodings[each]), None)
    response = Response(_compressed(body, coding) if coding else body, mimetype=mimetype)
    if coding:
        response.headers["Content-Encoding"] = coding
    response.headers["Vary"] = ", ".join(("Accept-Encoding", *varies_by))
    return response


# The launchers and pages of a few sites in their languages; a change makes another one.
@lru_cache(maxsize=256)
def _compressed(body: bytes, coding: Coding) -> bytes:
    return brotli.compress(body) if coding == "br" else gzip.compress(body, mtime=0)
