use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::Url};

use crate::Cx;

/// Asks for passkeys and verifies their answers, for the address where people reach this Kith. None where its host has no name,
/// because browsers make none for a bare IP address.
pub(crate) fn relying_party(cx: &Cx) -> Option<Webauthn> {
    let origin = Url::parse(&cx.public_url).ok()?;
    let host = origin.domain()?;
    // A passkey belongs to the host; its name may change.
    WebauthnBuilder::new(host, &origin).ok()?.rp_name(&cx.community.name).build().ok()
}
