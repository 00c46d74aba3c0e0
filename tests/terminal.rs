//! A terminal for a journey: a real one as far as the program can tell.

use std::io::{Read, Write};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::{BINARY, COLOUR, Machine};

impl Machine {
    /// What `viva` shows in a terminal of so many columns to a person who types `input`; what was
    /// typed is seen too.
    #[must_use]
    pub fn terminal(
        &self,
        arguments: &[&str],
        environment: &[(&str, &str)],
        columns: u16,
        input: &str,
    ) -> String {
        let size = PtySize { rows: 40, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(&*BINARY);
        command.args(arguments);
        command.cwd(self.folder());
        command.env("DATABASE_URL", format!("sqlite:{}", self.folder().join("viva.db").display()));
        command.env("LANG", "en_GB.UTF-8");
        command.env("USER", "ada");
        command.env_remove("VIVA_BANK");
        COLOUR.iter().for_each(|name| command.env_remove(name));
        command.env("TERM", "xterm-256color");
        environment.iter().for_each(|(name, value)| command.env(name, value));
        let mut running = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);

        let mut screen = pair.master.try_clone_reader().expect("a screen");
        let screen = std::thread::spawn(move || {
            let mut shown = Vec::new();
            // A terminal that is gone is an error on some systems and an end on others.
            let _ = screen.read_to_end(&mut shown);
            shown
        });
        let mut keyboard = pair.master.take_writer().expect("a keyboard");
        keyboard.write_all(input.as_bytes()).expect("it can be typed on");
        let status = running.wait().expect("the program ends");
        drop(keyboard);
        drop(pair.master);
        let shown = screen.join().expect("the screen was read");
        let shown = String::from_utf8(shown).expect("UTF-8").replace("\r\n", "\n");
        assert!(status.success(), "{shown}");
        shown
    }
}
