//! The numbers by which the store knows its rows. They are opaque: only the store makes new ones,
//! everyone else passes them on, for example inside a button.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A person who learns.
    LearnerId,
    /// Those who share a leaderboard.
    CommunityId,
    /// A place where messages go.
    VenueId,
    /// One exercise asked in one venue.
    RoundId,
    /// One post of a daily question.
    PushId,
}
