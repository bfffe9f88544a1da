"""Passkeys: a key in somebody's device, whose public half stands here (W3C Web Authentication, level 2).

The library that knows the protocol loads for a fifth of a second: each verb imports it, no command waits.
"""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tongban.identity.commands.accounts import note
from tongban.identity.models import Account, Passkey
from tongban.identity.rules import Noted
from tongban.kernel.ids import AccountId
from tongban.kernel.refusal import Refusal
from tongban.kernel.speech import city

MOST_PASSKEYS: Final = 10
LONGEST_ANSWER: Final = 20_000


def passkey_to_make(account: AccountId, shown_as: str) -> tuple[str, bytes]:
    """What the browser needs to make a passkey, as JSON, and the challenge it must answer.

    The device is told a random id and the masked name: nothing it stores says who this is.
    """
    import webauthn
    from webauthn.helpers import structs

    called = shown_as or _("我的账号")
    options = webauthn.generate_registration_options(
        rp_id=settings.PASSKEY_HOST,
        rp_name=_("%(city)s通办") % {"city": city()},
        user_name=called,
        user_display_name=called,
        user_id=UUID(str(account)).bytes,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=bytes(one))
            for one in Passkey.objects.filter(account_id=account).values_list("credential", flat=True)
        ],
    )
    return webauthn.options_to_json(options), options.challenge


def add_passkey(account: AccountId, answer: str, *, challenge: bytes, device: str, at: datetime) -> None:
    """Keep a passkey that answered this challenge for this site, of a person whom the device verified."""
    import webauthn
    from webauthn.helpers import exceptions

    if Passkey.objects.filter(account_id=account).count() >= MOST_PASSKEYS:
        raise Refusal(
            "identity.passkey.many",
            says=_("通行密钥已经有 %(most)s 个。") % {"most": MOST_PASSKEYS},
            do=_("请先删掉不用的，再添加。"),
        )
    try:
        made = webauthn.verify_registration_response(
            credential=_bounded(answer),
            expected_challenge=challenge,
            expected_rp_id=settings.PASSKEY_HOST,
            expected_origin=list(settings.PASSKEY_ORIGINS),
            require_user_verification=True,
        )
        with transaction.atomic():
            Passkey.objects.create(
                id=uuid4(),
                account_id=account,
                credential=made.credential_id,
                public_key=made.credential_public_key,
                uses=made.sign_count,
                name=device,
                created_at=at,
            )
            note(account, Noted.PASSKEY_ADDED, at=at)
    except (exceptions.WebAuthnException, ValueError, TypeError, KeyError, IntegrityError) as fault:
        raise _not_taken() from fault


def passkey_to_show() -> tuple[str, bytes]:
    """What the browser needs to show a passkey, as JSON, and the challenge it must answer."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=settings.PASSKEY_HOST, user_verification=structs.UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(options), options.challenge


def enter_by_passkey(answer: str, *, challenge: bytes) -> Account:
    """The account of the passkey that answered this challenge; refused for any other, with one answer.

    A counter that does not go on is a copied key, and is refused as well. Three statements.
    """
    import webauthn
    from webauthn.helpers import exceptions

    try:
        shown = webauthn.helpers.parse_authentication_credential_json(_bounded(answer))
        with transaction.atomic():
            kept = (
                Passkey.objects.select_for_update(of=("self",))
                .select_related("account")
                .filter(credential=shown.raw_id, account__is_active=True)
                .first()
            )
            if kept is None:
                raise _not_taken()
            proved = webauthn.verify_authentication_response(
                credential=shown,
                expected_challenge=challenge,
                expected_rp_id=settings.PASSKEY_HOST,
                expected_origin=list(settings.PASSKEY_ORIGINS),
                credential_public_key=bytes(kept.public_key),
                credential_current_sign_count=kept.uses,
                require_user_verification=True,
            )
            Passkey.objects.filter(id=kept.id).update(uses=proved.new_sign_count)
            return kept.account
    except (exceptions.WebAuthnException, ValueError, TypeError, KeyError) as fault:
        raise _not_taken() from fault


def remove_passkey(account: AccountId, passkey: UUID, *, at: datetime) -> None:
    """Let a passkey open nothing any more; one that is not there changes nothing."""
    with transaction.atomic():
        if Passkey.objects.filter(id=passkey, account_id=account).delete()[0]:
            note(account, Noted.PASSKEY_REMOVED, at=at)


def _bounded(answer: str) -> str:
    if not 0 < len(answer) <= LONGEST_ANSWER:
        raise ValueError("no answer of a passkey is this long")
    return answer


def _not_taken() -> Refusal:
    return Refusal(
        "identity.passkey.not-taken",
        says=_("这个通行密钥没有通过。"),
        do=_("请再试一次，或改用手机验证码登录。"),
        status=422,
    )
