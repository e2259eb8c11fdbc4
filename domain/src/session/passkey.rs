//! Logging in by a passkey. Whoever begins is nobody yet: the passkey that answers says whose it is.

use protocol::{Problem, passkey::PasskeyChallenge, session::LogInMethod};
use webauthn_rs::prelude::PublicKeyCredential;

use super::{
    Browser, SignedIn, login, passkey_challenge,
    sign_in::{Proof, sign_in},
};
use crate::{
    Cx, Error, Scope,
    entropy::Secret,
    limit::Limit,
    passkey::{ANSWER_SECONDS, relying_party, store},
};

/// Asks for whichever passkey the person has for this Kith.
///
/// # Errors
/// [`Problem::NotFound`] where browsers have none; [`Problem::TooMany`].
pub async fn begin(cx: &Cx, scope: &Scope) -> Result<PasskeyChallenge, Error> {
    let relying_party = relying_party(cx).ok_or(Problem::NotFound)?;
    cx.limits.spend(Limit::LogInAddress, scope.address())?;
    let (options, state) = relying_party.start_discoverable_authentication().map_err(Error::internal)?;
    let options = serde_json::to_string(&options.public_key).map_err(Error::internal)?;
    let state = serde_json::to_string(&state).map_err(Error::internal)?;
    let (token, expires_at) = (cx.new_secret()?, cx.now().plus_seconds(ANSWER_SECONDS));
    let token_hash = token.hash();
    cx.write(move |tx| {
        Box::pin(async move { passkey_challenge::insert(&**tx, token_hash, state, expires_at).await })
    })
    .await?;
    Ok(PasskeyChallenge { token: token.expose(), options })
}

/// Signs in whose passkey answered: `credential` is the JSON of the browser's `PublicKeyCredential`. The device has asked for a
/// finger, a face or a PIN, so no code is asked for.
///
/// # Errors
/// [`Problem::SignInNeeded`] when the log-in has to begin again; [`Problem::UnknownPasskey`]; [`Problem::BadRequest`];
/// [`Problem::TooMany`].
pub async fn log_in<'a>(
    cx: &Cx,
    scope: &Scope,
    token: &str,
    credential: &str,
    browser: impl Into<Browser<'a>>,
) -> Result<SignedIn, Error> {
    let relying_party = relying_party(cx).ok_or(Problem::NotFound)?;
    cx.limits.spend(Limit::LogInAddress, scope.address())?;
    let Browser { name, device } = browser.into();
    let device = device.and_then(Secret::parse);
    let challenge = Secret::parse(token).ok_or(Problem::SignInNeeded)?.hash();
    let state = passkey_challenge::state(cx.db.read(), &challenge, cx.now()).await?;
    let answer: PublicKeyCredential = serde_json::from_str(credential).map_err(|_| Problem::BadRequest)?;
    let (owner, credential_id) =
        relying_party.identify_discoverable_authentication(&answer).map_err(|_| Problem::UnknownPasskey)?;
    let found = store::by_credential_id(cx.db.read(), credential_id).await?;
    let found = found.filter(|found| found.account == owner.into()).ok_or(Problem::UnknownPasskey)?;
    let mut passkey = found.passkey;
    let verified = relying_party.finish_discoverable_authentication_v2(&answer, state, &passkey);
    let verified = verified.map_err(|error| {
        let network = scope.address().network();
        tracing::info!(account = %found.account, %network, %error, "a log-in failed: wrong answer of a passkey");
        login::record_failure(cx, found.account, name, LogInMethod::Passkey);
        Problem::UnknownPasskey
    })?;
    passkey.update_credential(&verified);
    let proof = Proof::Passkey { challenge, id: found.id, passkey: Box::new(passkey) };
    sign_in(cx, scope, found.account, proof, name, device).await
}
