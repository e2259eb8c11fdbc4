//! Coming in: sign-up, verification, log-in, forgotten passwords. All plain forms, which load a page when they are done.

mod card;
mod delete;
mod forgot;
mod form_field;
mod log_in;
mod sign_up;
mod verify;
mod welcome;

pub use delete::DeleteAccountPage;
pub use forgot::{ForgotPage, ResetPage};
pub use log_in::LogInPage;
pub use sign_up::SignUpPage;
pub use verify::{UsernameToVerify, VerifyPage, provide_username};
pub use welcome::Welcome;
