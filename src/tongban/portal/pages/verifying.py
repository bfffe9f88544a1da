"""Anyone checks a paper or a certificate: by the code printed on it; a paper also by handing in the file."""

from http import HTTPStatus
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongban.certificates import api as certificates
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.kernel.refusal import Refusal
from tongban.papers import api as papers

LONGEST_CODE: Final = 80


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def verify(request: Request) -> HttpResponse:
    """Ask for a code or a file; tell what a file is. A code leads to its own address."""
    if request.method == "POST":
        return _of_file(request)
    written = request.GET.get("code", "").strip()[:LONGEST_CODE]
    if certificates.is_number(written):
        return redirect("certificates:check", certificate=written)
    if code := "".join(char for char in written if char.isalnum() and char.isascii()):
        return redirect("portal:checked", code=code)
    return render(request, "portal/verify.html", {})


@require_safe
@open_to(ANYONE)
def checked(request: Request, code: str) -> HttpResponse | HttpResponseRedirect:
    """What the paper of a code is, and whether it still holds."""
    found = papers.find(code)
    context = {"asked": code, "found": found, "verdict": found.verdict if found else "unknown"}
    status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
    return render(request, "portal/verify.html", context, status=status)


def _of_file(request: Request) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or not file.size or file.size > papers.MOST_BYTES:
        raise Refusal(
            "papers.check.no-file",
            says=_("没有收到文件，或者文件超过 10 MB。"),
            do=_("请选择从本网站下载的那份 PDF，再查一次。"),
            status=422,
        )
    verdict, found = papers.check(file.read())
    return render(request, "portal/verify.html", {"found": found, "verdict": verdict})
