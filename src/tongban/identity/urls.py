"""Addresses of signing in, of being known, and of one's account and enterprises."""

from django.urls import path

from tongban.identity.pages import entering, enterprises, people, settings

app_name = "identity"
urlpatterns = [
    path("sign-in", entering.sign_in, name="sign-in"),
    path("sign-in/phone", entering.send_code, name="send-code"),
    path("sign-in/code", entering.code, name="code"),
    path("sign-in/passkey", entering.passkey, name="passkey"),
    path("sign-in/passkey/options", entering.passkey_options, name="passkey-options"),
    path("sign-out", entering.sign_out, name="sign-out"),
    path("register", entering.register, name="register"),
    path("real-name", entering.real_name, name="real-name"),
    path("known", entering.known, name="known"),
    path("mine/settings", settings.account, name="settings"),
    path("mine/settings/password", settings.password, name="password"),
    path("mine/settings/phone", settings.phone, name="phone"),
    path("mine/settings/phone/code", settings.phone_code, name="phone-code"),
    path("mine/settings/mail", settings.mail, name="mail"),
    path("mine/settings/mail/code", settings.mail_code, name="mail-code"),
    path("mine/settings/passkeys", settings.add_passkey, name="add-passkey"),
    path("mine/settings/passkeys/options", settings.passkey_options, name="new-passkey-options"),
    path("mine/settings/passkeys/<uuid:passkey>/remove", settings.remove_passkey, name="remove-passkey"),
    path("mine/settings/sign-out-everywhere", settings.sign_out_everywhere, name="sign-out-everywhere"),
    path("mine/settings/leaving", settings.leaving, name="leaving"),
    path("mine/enterprises", enterprises.enterprises, name="enterprises"),
    path("mine/enterprises/link", enterprises.link, name="link"),
    path("mine/enterprises/<slug:enterprise>/offer", enterprises.offer, name="offer"),
    path("mine/people", people.people, name="people"),
    path("mine/people/offer", people.offer, name="offer-own"),
    path("mine/people/child", people.child, name="child"),
    path("mine/offers/<uuid:offer>/accept", enterprises.accept, name="accept-offer"),
    path("mine/offers/<uuid:offer>/end", enterprises.end_offer, name="end-offer"),
    path("mine/mandates/<uuid:mandate>/end", enterprises.end_mandate, name="end-mandate"),
]
