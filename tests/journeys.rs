//! Journeys through the whole program: the real binary, a real store, a person at the keyboard.

mod journeys {
    mod check;
    mod console;
    mod discord;
    mod reload;
    mod seeds;
    mod telegram;
    mod terminal;
    mod texts;
}
