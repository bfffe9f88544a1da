"""Mail, by any SMTP server: the first of the channels by which messages leave the house."""

import smtplib
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from tongban.notices.api import AddressRefused, Letter

WITHIN: Final = 20
"""Seconds that the neighbour has for each answer."""

NO_SUCH_ADDRESS: Final = 553
"""What a server says of an address that is none; we need not ask one (RFC 5321, 4.2.3)."""

# So that no holiday notice answers a letter that nobody wrote (RFC 3834).
_WRITTEN_BY_NOBODY: Final = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class Mail:
    """Plain text to one address, by the server that the settings name."""

    def send(self, address: str, letter: Letter, /) -> None:
        """Hand it to the server. AddressRefused where it says 5xx of the address or of the letter itself.

        What it says of us (of our name, our password, our own address) is for whoever runs this, and is tried
        again.
        """
        message = EmailMessage(
            subject=letter.subject,
            body=letter.text,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address],
            headers={"Message-ID": letter.id, **_WRITTEN_BY_NOBODY},
            connection=get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=WITHIN),
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refused:
            _unless_for_now(*(code for code, _ in refused.recipients.values()))
            raise
        except smtplib.SMTPDataError as refused:
            _unless_for_now(refused.smtp_code)
            raise
        except (smtplib.SMTPNotSupportedError, ValueError) as wrong:
            # An address that cannot be written into a letter, or that this server has no letters for.
            raise AddressRefused(NO_SUCH_ADDRESS) from wrong


def _unless_for_now(*codes: int) -> None:
    """Refused for good where every code says so."""
    if codes and all(code >= 500 for code in codes):
        raise AddressRefused(codes[0]) from None
