//! What protects one's account: the second step of a log-in, and the devices that are signed in.

pub mod api;
mod devices;
mod page;
mod passkey_page;
mod passkeys;
mod recovery_codes;
mod set_up_page;
mod two_factor;

pub use page::SecurityPage;
pub use passkey_page::PasskeyPage;
pub use recovery_codes::RecoveryCodes;
pub use set_up_page::SetUpPage;
