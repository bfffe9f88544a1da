"""What changes: accounts, who somebody is, mandates, profiles, codes, passkeys, tokens, who is signed in."""

from tongban.identity.commands.accounts import (
    Hashed,
    change_mail,
    change_phone,
    choose_password,
    close_account,
    forget_mail,
    give_phone,
    hashed,
    leave,
    note,
    open_account,
    set_password,
    sign_out_everywhere,
)
from tongban.identity.commands.codes import send_code
from tongban.identity.commands.entering import enter_by_code, entered, sign_in
from tongban.identity.commands.mandates import (
    Offer,
    accept_offer,
    end_mandate,
    end_offer,
    ensure_enterprise,
    entitle,
    link_enterprise,
    offer_mandate,
    represent,
    revoke_mandate,
)
from tongban.identity.commands.naming import make_known
from tongban.identity.commands.passkeys import (
    add_passkey,
    enter_by_passkey,
    passkey_to_make,
    passkey_to_show,
    remove_passkey,
)
from tongban.identity.commands.profiles import erase_profile, rewrap_profiles, save_profile
from tongban.identity.commands.supplied import supply
from tongban.identity.commands.tokens import create_token, revoke_token
from tongban.identity.models import Account
from tongban.identity.rules import (
    CodeFor,
    CodeSender,
    Noted,
    Profile,
    Registers,
    Represented,
    is_same_name,
    not_representing,
)

__all__ = [
    "Account",
    "CodeFor",
    "CodeSender",
    "Hashed",
    "Noted",
    "Offer",
    "Profile",
    "Registers",
    "Represented",
    "accept_offer",
    "add_passkey",
    "change_mail",
    "change_phone",
    "choose_password",
    "close_account",
    "create_token",
    "end_mandate",
    "end_offer",
    "ensure_enterprise",
    "enter_by_code",
    "enter_by_passkey",
    "entered",
    "entitle",
    "erase_profile",
    "forget_mail",
    "give_phone",
    "hashed",
    "is_same_name",
    "leave",
    "link_enterprise",
    "make_known",
    "not_representing",
    "note",
    "offer_mandate",
    "open_account",
    "passkey_to_make",
    "passkey_to_show",
    "remove_passkey",
    "represent",
    "revoke_mandate",
    "revoke_token",
    "rewrap_profiles",
    "save_profile",
    "send_code",
    "set_password",
    "sign_in",
    "sign_out_everywhere",
    "supply",
]
