//! What is loaded before the reader asks for it.

use std::rc::Rc;

use vitrine_dom::{field, spawn, window};

use super::App;

/// How long the pointer or the focus rests on a link before what it leads to is loaded, in
/// milliseconds: a pointer that passes by loads nothing.
pub(super) const RESTING: u32 = 80;

impl App {
    /// Loads the article that a link leads to, so that it is there once it is opened. A folder
    /// is fast enough without, and a search that is on its way comes first.
    pub(super) fn look_ahead(self: &Rc<Self>, link: &str) {
        let id = self
            .frame
            .root
            .find(link)
            .and_then(|link| link.raw().get_attribute("data-id"));
        let Some(id) = id else { return };
        if self.is_from_file || self.frame.is_busy() || saves_data() {
            return;
        }
        let app = Rc::clone(self);
        spawn(async move {
            // Whoever opens it sees whether it comes.
            app.archive.article(&id, "").await.ok();
        });
    }
}

/// Returns whether the reader wants as little as possible to be loaded.
fn saves_data() -> bool {
    let connection = field(&field(&window(), "navigator"), "connection");
    field(&connection, "saveData").is_truthy()
}
