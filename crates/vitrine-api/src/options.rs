//! What a caller may ask for, as plain objects.

use js_sys::Object;
use serde::{Deserialize, de::DeserializeOwned};
use vitrine_reader::Sort;
use wasm_bindgen::{JsCast, JsValue};

use crate::failure::argument_error;

/// Most articles that are listed at once.
const MAX_LIMIT: u32 = 1000;

/// How to search.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SearchOptions {
    /// Conditions, which filter and do not rank.
    pub(crate) filter: String,
    pub(crate) sort: Order,
    /// Whether to count the values of fields.
    pub(crate) facets: bool,
    pub(crate) offset: u32,
    pub(crate) limit: u32,
    /// Whether the last word may still grow.
    pub(crate) typing: bool,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            filter: String::new(),
            sort: Order::default(),
            facets: false,
            offset: 0,
            limit: 10,
            typing: false,
        }
    }
}

/// Which part of a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ListOptions {
    pub(crate) offset: u32,
    pub(crate) limit: u32,
}

impl Default for ListOptions {
    fn default() -> Self {
        Self { offset: 0, limit: 10 }
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Order {
    #[default]
    Relevance,
    Newest,
    Oldest,
    Title,
}

impl From<Order> for Sort {
    fn from(order: Order) -> Self {
        match order {
            Order::Relevance => Self::Relevance,
            Order::Newest => Self::Newest,
            Order::Oldest => Self::Oldest,
            Order::Title => Self::Title,
        }
    }
}

impl SearchOptions {
    const NAMES: &[&str] = &["filter", "sort", "facets", "offset", "limit", "typing"];

    pub(crate) fn read(value: JsValue) -> Result<Self, JsValue> {
        let options: Self = read(value, Self::NAMES)?;
        Ok(Self { limit: options.limit.min(MAX_LIMIT), ..options })
    }
}

impl ListOptions {
    const NAMES: &[&str] = &["offset", "limit"];

    pub(crate) fn read(value: JsValue) -> Result<Self, JsValue> {
        let options: Self = read(value, Self::NAMES)?;
        Ok(Self { limit: options.limit.min(MAX_LIMIT), ..options })
    }
}

/// Reads options, of which `names` are all there are: what is misspelt is not passed over.
fn read<T: DeserializeOwned + Default>(
    value: JsValue,
    names: &[&str],
) -> Result<T, JsValue> {
    if value.is_undefined() || value.is_null() {
        return Ok(T::default());
    }
    if let Some(object) = value.dyn_ref::<Object>() {
        let given = Object::keys(object);
        let mut given = given.iter().filter_map(|key| key.as_string());
        if let Some(unknown) = given.find(|key| !names.contains(&key.as_str())) {
            let names = names.join(", ");
            let message = ["there is no option ", &unknown, "; there are ", &names];
            return Err(argument_error(&message.concat()));
        }
    }
    serde_wasm_bindgen::from_value(value)
        .map_err(|error| argument_error(&["options: ", &error.to_string()].concat()))
}
