//! Journeys through the whole program: the real binary, real stores, people at the keyboard.
