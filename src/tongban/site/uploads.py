"""Uploaded files on their way in."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemory(MemoryFileUploadHandler):
    """Keeps uploads in memory and refuses a request that is too large before any of it is read."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """RequestDataTooBig where the handler of Django would quietly drop the files."""
        if content_length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("the upload is larger than settings.FILE_UPLOAD_MAX_MEMORY_SIZE")
        super().handle_raw_input(input_data, META, content_length, boundary, encoding)
