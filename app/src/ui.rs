//! The design system: what pages are made of.
//!
//! Native elements first, so that each works without a script wherever the element can. Nothing here asks the server
//! for anything, and what the server prints is what the browser takes over, word for word. The looks stand in
//! `style/ui/`, the colours in `style/tokens.css`.

mod avatar;
mod await_data;
mod badge;
mod bind_input;
mod button;
mod card;
mod confirm_dialog;
mod count;
mod dialog;
mod empty_state;
mod field;
mod file_button;
mod icon;
mod keyboard;
mod keyed_list;
mod logo;
mod menu;
mod notice;
mod select;
mod skeleton;
mod spinner;
mod tabs;
mod textarea;
mod time;
mod toasts;
mod visually_hidden;

pub use avatar::{Avatar, AvatarSize};
pub use await_data::{Await, render_now};
pub use badge::Badge;
pub(crate) use badge::capped;
pub use button::{Button, ButtonLink, Variant};
pub use card::Card;
pub use confirm_dialog::ConfirmDialog;
pub use count::count_of;
pub use dialog::Dialog;
pub use empty_state::EmptyState;
pub use field::Field;
pub use file_button::FileButton;
pub use icon::{Icon, IconSize};
pub use keyboard::pressed_key;
pub use keyed_list::{KeyedList, Row};
pub use logo::Logo;
pub use menu::{Menu, MenuButton, MenuLink, MenuSeparator};
pub use notice::{Notice, NoticeKind};
pub use select::Select;
pub use skeleton::{Shape, Skeleton};
pub use spinner::Spinner;
pub use tabs::{NavTab, NavTabs, Tab, Tabs};
pub use textarea::Textarea;
pub use time::{Time, Wording, provide_clock};
pub(crate) use time::{now_micros, offset_at};
pub use toasts::{Toaster, Toasts, provide_toasts, toast};
pub use visually_hidden::VisuallyHidden;

#[cfg(test)]
mod tests;
