//! The counts on icons.

use serde::{Deserialize, Serialize};

use crate::live::topic::Topic;

/// Makes [`Badges`] of a list of counts.
macro_rules! badges {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// The counts on icons, as one person may know them.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub struct Badges {
            $($(#[$doc])* pub $name: u32,)+
        }

        impl Badges {
            /// Nothing is new.
            pub const NONE: Self = Self { $($name: 0,)+ };

            $(
                /// The same with another count of that name.
                #[must_use]
                pub const fn $name(mut self, $name: u32) -> Self {
                    self.$name = $name;
                    self
                }
            )+
        }
    };
}
badges! {
    /// Conversations with something unread.
    chats,
    /// Unread notifications, those of one post's likes together.
    notifications,
}

impl Badges {
    /// What they are about.
    pub(crate) const fn topic(&self) -> Topic {
        Topic::Badges
    }
}
