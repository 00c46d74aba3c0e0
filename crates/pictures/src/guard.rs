//! Where the work of libraries happens that read what anybody wrote. Owns the stack and the catching
//! of panics; knows not what it guards.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crate::NotDrawn;

/// What parsers may recurse into. Threads of servers can have less; pages that are not touched cost
/// nothing.
const STACK_BYTES: usize = 16 << 20;

/// The result of `work`, done with a stack that is deep enough; a panic becomes
/// [`NotDrawn::GaveUp`].
pub(crate) fn guarded<T: Send>(work: impl FnOnce() -> Result<T, NotDrawn> + Send) -> Result<T, NotDrawn> {
    thread::scope(|scope| {
        let caught = || catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(NotDrawn::GaveUp));
        let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, caught);
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or(Err(NotDrawn::GaveUp))
    })
}
