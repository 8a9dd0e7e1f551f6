//! One tab: going places, looking, typing and clicking like a person.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::session::Session;

/// How long a condition may take to come true on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Pause between two looks at a condition.
const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// A tab of a session.
pub(crate) struct Page<'s> {
    session: &'s Session,
    context: String,
}

/// Keys without a character, by their code points in WebDriver.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Key {
    Enter,
    Tab,
    Escape,
    ArrowDown,
    ArrowRight,
}

impl Key {
    fn code(self) -> &'static str {
        match self {
            Self::Enter => "\u{E007}",
            Self::Tab => "\u{E004}",
            Self::Escape => "\u{E00C}",
            Self::ArrowDown => "\u{E015}",
            Self::ArrowRight => "\u{E014}",
        }
    }
}

/// The Shift key, by its code point in WebDriver.
const SHIFT: &str = "\u{E008}";

impl<'s> Page<'s> {
    pub(crate) fn new(session: &'s Session, context: String) -> Self {
        Self { session, context }
    }

    /// Goes to the address and waits for the load event.
    pub(crate) fn open(&self, url: &str) {
        self.call("browsingContext.navigate", json!({ "url": url, "wait": "complete" }));
    }

    /// Goes to the address and waits for nothing.
    pub(crate) fn begin(&self, url: &str) {
        self.call("browsingContext.navigate", json!({ "url": url, "wait": "none" }));
    }

    pub(crate) fn reload(&self) {
        self.call("browsingContext.reload", json!({ "wait": "complete" }));
    }

    /// Presses the browser's Back button.
    pub(crate) fn back(&self) {
        self.call("browsingContext.traverseHistory", json!({ "delta": -1 }));
    }

    /// Presses the browser's Forward button.
    pub(crate) fn forward(&self) {
        self.call("browsingContext.traverseHistory", json!({ "delta": 1 }));
    }

    pub(crate) fn close(&self) {
        self.call("browsingContext.close", json!({}));
    }

    /// The one frame in the page.
    pub(crate) fn frame(&self) -> Self {
        let tree =
            self.session.call("browsingContext.getTree", json!({ "root": self.context }));
        let frame = &tree["contexts"][0]["children"][0]["context"];
        let context = frame.as_str().expect("there is a frame in the page").to_owned();
        Self::new(self.session, context)
    }

    /// Finds an element below another by what assistive technology knows of it.
    pub(crate) fn has_accessible(&self, below: &str, role: &str, name: &str) -> bool {
        let start = self.call_function(&format!("() => {below}"));
        let found = self.call(
            "browsingContext.locateNodes",
            json!({
                "locator": { "type": "accessibility", "value": { "role": role, "name": name } },
                "startNodes": [{ "sharedId": start["result"]["sharedId"] }],
            }),
        );
        found["nodes"].as_array().is_some_and(|nodes| nodes.len() == 1)
    }

    /// Sets the size of the visible part, in CSS pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let viewport = json!({ "width": width, "height": height });
        self.call("browsingContext.setViewport", json!({ "viewport": viewport }));
    }

    /// The value of a JavaScript expression, awaited when it is a promise.
    pub(crate) fn evaluate(&self, expression: &str) -> Value {
        self.try_evaluate(expression)
            .unwrap_or_else(|error| panic!("{expression}\nfails: {error}"))
    }

    /// Waits until the expression is true; `what` says in words what is awaited.
    pub(crate) fn wait_until(&self, what: &str, expression: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // A page in the middle of a navigation refuses; that is not the answer yet.
            let outcome = self.try_evaluate(expression);
            if outcome == Ok(Value::Bool(true)) {
                return;
            }
            if Instant::now() > deadline {
                self.fail(&format!(
                    "never: {what}\n{expression}\nlast answer: {outcome:?}"
                ));
            }
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// Types the text, key by key, into what has the focus.
    pub(crate) fn type_text(&self, text: &str) {
        let keys = text.chars().map(String::from);
        self.keys(keys);
    }

    pub(crate) fn press(&self, key: Key) {
        self.keys(std::iter::once(key.code().to_owned()));
    }

    pub(crate) fn press_with_shift(&self, key: Key) {
        let actions = [
            json!({ "type": "keyDown", "value": SHIFT }),
            json!({ "type": "keyDown", "value": key.code() }),
            json!({ "type": "keyUp", "value": key.code() }),
            json!({ "type": "keyUp", "value": SHIFT }),
        ];
        self.perform(json!({ "type": "key", "id": "keyboard", "actions": actions }));
    }

    fn keys(&self, keys: impl Iterator<Item = String>) {
        let actions: Vec<_> = keys
            .flat_map(|key| {
                [
                    json!({ "type": "keyDown", "value": key }),
                    json!({ "type": "keyUp", "value": key }),
                ]
            })
            .collect();
        self.perform(json!({ "type": "key", "id": "keyboard", "actions": actions }));
    }

    /// Clicks into the middle of the first line of the element that the expression gives.
    pub(crate) fn click(&self, element: &str) {
        self.point_at(element, |element| {
            json!([
                { "type": "pointerMove", "x": 0, "y": 0, "origin": element },
                { "type": "pointerDown", "button": 0 },
                { "type": "pointerUp", "button": 0 },
            ])
        });
    }

    /// Moves the pointer into the middle of the first line of an element.
    pub(crate) fn hover(&self, element: &str) {
        self.point_at(element, |element| {
            json!([{ "type": "pointerMove", "x": 0, "y": 0, "origin": element }])
        });
    }

    /// Presses the button on one element, and lets it go on another.
    pub(crate) fn drag(&self, from: &str, to: &str) {
        let (from, to) = (self.steady(from), self.steady(to));
        self.point(&json!([
            { "type": "pointerMove", "x": 0, "y": 0, "origin": from },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerMove", "x": 0, "y": 0, "origin": to, "duration": 100 },
            { "type": "pointerUp", "button": 0 },
        ]));
    }

    /// Drags over the first line of an element, from a little after its beginning to its end.
    pub(crate) fn drag_across(&self, element: &str) {
        self.steady(element);
        let places = self.evaluate(&format!(
            "(box => [[box.left + 2, box.top + 10], [box.right - 10, box.top + 10]]
                .map(place => place.map(Math.round)))({element}.getBoundingClientRect())"
        ));
        let [from, to] = [&places[0], &places[1]];
        self.point(&json!([
            { "type": "pointerMove", "x": from[0], "y": from[1] },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerMove", "x": to[0], "y": to[1], "duration": 100 },
            { "type": "pointerUp", "button": 0 },
        ]));
    }

    /// Scrolls to an element and returns it as an origin of pointer actions, once it stays
    /// where it is for two frames: after a resize or a new list it may still move. The
    /// browser itself looks where it is when it points there.
    fn steady(&self, element: &str) -> Value {
        self.wait_until("something to point at", &format!("Boolean({element})"));
        let answer = self.call_function(&format!(
            "async () => {{
                const frame = () => new Promise(done => {{
                    requestAnimationFrame(done);
                    setTimeout(done, 100);
                }});
                const element = {element};
                const place = () => {{
                    element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                    const {{ x, y, width, height }} = element.getClientRects()[0];
                    return String([x, y, width, height].map(Math.round));
                }};
                let [before, now] = ['', place()];
                for (let i = 0; i < 50 && before !== now; i++) {{
                    await frame();
                    await frame();
                    if (!element.isConnected) break;
                    [before, now] = [now, place()];
                }}
                return element;
            }}"
        ));
        let id = &answer["result"]["sharedId"];
        assert!(id.is_string(), "{element}\nis no element to point at: {answer}");
        json!({ "type": "element", "element": { "sharedId": id } })
    }

    /// Points at the element that the expression gives; at the one in its place, if the reader
    /// made it anew meanwhile.
    fn point_at(&self, element: &str, actions: impl Fn(&Value) -> Value) {
        let mut gone = 0;
        loop {
            let origin = self.steady(element);
            let params = json!({
                "context": self.context,
                "actions": [mouse(&actions(&origin))],
            });
            match self.session.try_call("input.performActions", params) {
                Ok(_) => return,
                Err(refusal) if refusal.error == "no such element" && gone < 10 => {
                    gone += 1;
                }
                Err(refusal) => self.fail(&format!("{element}: {}", refusal.message)),
            }
        }
    }

    fn point(&self, actions: &Value) {
        self.perform(mouse(actions));
    }

    /// A picture of what is visible, as PNG.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        let picture = self.call("browsingContext.captureScreenshot", json!({}));
        let data = picture["data"].as_str().expect("a screenshot has data");
        STANDARD.decode(data).expect("a screenshot is base64")
    }

    /// Gives Chromium a command that only it knows.
    pub(crate) fn devtools(&self, method: &str, params: Value) {
        let devtools = self.call("goog:cdp.getSession", json!({}));
        let session = &devtools["session"];
        self.session.call(
            "goog:cdp.sendCommand",
            json!({ "session": session, "method": method, "params": params }),
        );
    }

    /// The page on paper, as PDF.
    pub(crate) fn print(&self) -> Vec<u8> {
        let printed = self.call("browsingContext.print", json!({ "background": false }));
        let data = printed["data"].as_str().expect("what is printed has data");
        STANDARD.decode(data).expect("what is printed is base64")
    }

    /// Fails the test and leaves a picture of the page behind.
    fn fail(&self, message: &str) -> ! {
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("failures");
        let path = folder.join(format!("{test}.png"));
        let saved = std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&path, self.screenshot()));
        let picture =
            saved.map_or_else(|error| error.to_string(), |()| path.display().to_string());
        let errors = self.session.traffic().errors;
        panic!("{message}\nerrors of the page: {errors:#?}\npicture: {picture}");
    }

    fn perform(&self, source: Value) {
        self.call("input.performActions", json!({ "actions": [source] }));
    }

    fn call_function(&self, function: &str) -> Value {
        self.session.call(
            "script.callFunction",
            json!({
                "functionDeclaration": function,
                "awaitPromise": true,
                "target": { "context": self.context },
            }),
        )
    }

    fn try_evaluate(&self, expression: &str) -> Result<Value, String> {
        let function = format!(
            "async () => JSON.stringify((await (async () => ({expression}))()) ?? null)"
        );
        let params = json!({
            "functionDeclaration": function,
            "awaitPromise": true,
            "target": { "context": self.context },
        });
        let answer = self
            .session
            .try_call("script.callFunction", params)
            .map_err(|refusal| refusal.message)?;
        match answer["result"]["value"].as_str() {
            Some(text) if answer["type"] == "success" => {
                serde_json::from_str(text).map_err(|error| error.to_string())
            }
            _ => Err(answer["exceptionDetails"]["text"].to_string()),
        }
    }

    fn call(&self, method: &str, mut params: Value) -> Value {
        params["context"] = self.context.clone().into();
        self.session.call(method, params)
    }
}

/// What the mouse does, as `input.performActions` takes it.
fn mouse(actions: &Value) -> Value {
    json!({
        "type": "pointer",
        "id": "mouse",
        "parameters": { "pointerType": "mouse" },
        "actions": actions,
    })
}
