//! The program `viva`: command line, configuration, wiring and the console.

fn main() {}
