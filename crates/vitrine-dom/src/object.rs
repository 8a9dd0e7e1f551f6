//! Plain JavaScript objects, field by field: a serializer for a few of them takes 3 KB of
//! WebAssembly.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// Returns an object with these fields.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Nothing refuses a field of a new object.
        Reflect::set(&object, &JsValue::from_str(name), value).ok();
    }
    object.into()
}

/// Returns a field of an object; `undefined` where it has none.
pub fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}
