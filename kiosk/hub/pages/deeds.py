"""What the audit log's events are called."""

from __future__ import annotations

from kiosk.words import N_

DEEDS = {
    "hub.set_up": N_("set the hub up"),
    "hub.key_changed": N_("changed the key that signs configurations"),
    "sign_in": N_("signed in"),
    "sign_in.failed": N_("a wrong password"),
    "sign_out": N_("signed out"),
    "invitation.accepted": N_("took up an invitation"),
    "invitation.made": N_("made an invitation link"),
    "person.added": N_("added a person"),
    "person.changed": N_("changed a person's role or locations"),
    "person.disabled": N_("disabled a person"),
    "person.enabled": N_("enabled a person again"),
    "person.password": N_("set a password"),
    "person.signed_out": N_("signed a person out everywhere"),
    "token.made": N_("made an API token"),
    "token.revoked": N_("revoked an API token"),
    "device.enrolled": N_("a kiosk was connected"),
    "device.retired": N_("retired a kiosk"),
    "device.replaced": N_("replaced a kiosk"),
    "device.cloned": N_("two kiosks seem to send as one"),
    "code.made": N_("made an enrolment code"),
    "config.published": N_("published a configuration"),
    "config.widened": N_("offered a configuration to more kiosks"),
    "config.halted": N_("a configuration was halted"),
}
"""In English, to be translated; an event that is not here is shown by its own name."""
