//! Coming in: sign-up, verification, log-in, forgotten passwords; and the settings of the account. All plain forms, which load a page
//! when they are done.

pub mod api;
mod card;
mod code;
mod confirm_email;
mod delete;
mod email_setting;
mod forgot;
mod form_field;
mod log_in;
mod password_setting;
mod preference_setting;
mod settings_page;
mod sign_up;
mod verify;
mod welcome;

pub(crate) use card::{FormNotice, has_query};
pub use code::CodePage;
pub use confirm_email::ConfirmEmailPage;
pub use delete::DeleteAccountPage;
pub use forgot::{ForgotPage, ResetPage};
pub(crate) use form_field::{CurrentPassword, FormField};
pub use log_in::LogInPage;
pub use settings_page::AccountSettingsPage;
pub use sign_up::SignUpPage;
pub use verify::{UsernameToVerify, VerifyPage, provide_username};
pub use welcome::Welcome;
