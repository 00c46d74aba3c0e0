//! Why something was not drawn. Owns the reasons; what to send instead is up to the caller.

/// Why there is no picture. The sentences are for logs and for the authors of notes.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NotDrawn {
    /// The source is longer than anybody writes by hand.
    #[error("it is {bytes} bytes long, and at most {limit} are drawn")]
    TooLong {
        /// How long it is, in bytes.
        bytes: usize,
        /// How long it may be, in bytes.
        limit: usize,
    },
    /// The source can't be read; says what is wrong with it.
    #[error("it can't be read: {0}")]
    Unreadable(String),
    /// No face has this character, so it would be an empty box.
    #[error("there is no glyph for '{0}' (U+{code:04X})", code = u32::from(*.0))]
    MissingGlyph(char),
    /// The picture would be larger than chats show.
    #[error("it would be {width:.0} by {height:.0} pixels large")]
    TooLarge {
        /// Its width in pixels.
        width: f64,
        /// Its height in pixels.
        height: f64,
    },
    /// Drawing would take too long; says what of.
    #[error("it would take too long to draw: {0}")]
    TooCostly(&'static str),
    /// There would be nothing to see.
    #[error("nothing of it can be seen")]
    Blank,
    /// It wants something that pictures may not have, such as a script or another file.
    #[error("it holds {0}, which a picture may not")]
    Forbidden(String),
    /// A library gave up on it.
    #[error("the library that draws it gave up")]
    GaveUp,
}
