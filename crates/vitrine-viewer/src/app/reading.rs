//! What is told while an answer takes its time.

use std::rc::Rc;

use vitrine_reader::Section;

use super::App;

/// How long an answer is waited for before it is told what is being read, and then from one
/// time to the next, in milliseconds. Told more often, it would cost what is waited for.
const PAUSE: u32 = 1000;

impl App {
    /// Says that an answer is on its way and, where it takes long, what is being read for it.
    pub(super) fn begin_reading(self: &Rc<Self>) {
        self.frame.set_busy(true);
        self.progress.restart();
        self.tell_later();
    }

    fn tell_later(self: &Rc<Self>) {
        let timeout = self.after(PAUSE, Self::tell_what_is_read);
        self.reading.replace(Some(timeout));
    }

    fn tell_what_is_read(self: &Rc<Self>) {
        if !self.frame.is_busy() {
            return;
        }
        if let (Some(section), len_bytes) = self.progress.get() {
            let strings = self.context.strings;
            let what = match section {
                Section::Documents | Section::Texts | Section::Originals => {
                    strings.reading_articles()
                }
                _ => strings.reading_index(),
            };
            self.frame.tell_reading(what, len_bytes.into(), &self.host.shadow);
        }
        self.tell_later();
    }
}
