//! What JavaScript sees.

use std::rc::Rc;

use js_sys::{Function, JsString};
use serde::Serialize;
use vitrine_cite::Reference;
use vitrine_loader::{LoaderSource, Turns};
use vitrine_reader::{Archive as Reader, ReadError, SearchRequest, Typing, all_read};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{
    citation::{Format, today, written},
    failure::{argument_error, open_error, read_error},
    options::{ListOptions, SearchOptions},
    values::{
        Article, Damage, Facets, Hit, Info, SearchResults, Suggestion, VerifyReport,
    },
};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = include_str!("types.d.ts");

/// An open archive.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Archive {
    reader: Rc<Reader<LoaderSource>>,
    turns: Turns,
    address: String,
}

/// Opens the archive whose folder is at `address`, with a slash at its end.
///
/// `root` is the digest of its root, where one state of it is wanted. `filter` holds conditions
/// that every article has to fulfil. `load` takes a path below the folder and returns a promise
/// of the bytes in that file; `pause` returns a promise when the browser should have its turn.
///
/// A panic traps: nothing may be called after that.
///
/// # Errors
///
/// An `Error` whose name says what is wrong with the archive.
#[wasm_bindgen(skip_typescript)]
pub async fn open(
    address: String,
    root: Option<String>,
    filter: String,
    load: Function,
    pause: Function,
) -> Result<Archive, JsValue> {
    let turns = Turns::new(pause);
    let source = LoaderSource::new(load, turns.clone());
    let opened = Reader::open(source, root.as_deref()).await;
    let mut reader = opened.map_err(|error| open_error(&error))?;
    reader.restrict(&filter).await.map_err(|error| read_error(&error))?;
    Ok(Archive { reader: Rc::new(reader), turns, address })
}

#[wasm_bindgen]
impl Archive {
    /// Facts about the archive, or about what `filter` left of it.
    ///
    /// # Errors
    ///
    /// None that is known.
    #[wasm_bindgen(getter, unchecked_return_type = "ArchiveInfo")]
    pub fn info(&self) -> Result<JsValue, JsValue> {
        plain(&Info::from(self.reader.info()))
    }

    /// Searches. An empty query is for all articles.
    ///
    /// # Errors
    ///
    /// `ArgumentError`, `MissingError`, `FailedError` or `DamagedError`.
    #[wasm_bindgen(unchecked_return_type = "SearchResults")]
    pub async fn search(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] query: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "SearchOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let request = SearchOptions::read(options)?.request(text(&query, "query")?);
        let found = self.reader.search(&request).await;
        let mut found = found.map_err(|error| read_error(&error))?;
        found.hits = all_read(found.hits).map_err(|error| read_error(&error))?;
        plain(&SearchResults::from(found))
    }

    /// Counts the values of fields among the articles that a query finds.
    ///
    /// # Errors
    ///
    /// `ArgumentError`, `MissingError`, `FailedError` or `DamagedError`.
    #[wasm_bindgen(unchecked_return_type = "Facets")]
    pub async fn facets(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "string")] query: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "string")] filter: JsValue,
    ) -> Result<JsValue, JsValue> {
        let request = SearchRequest {
            filter: optional_text(&filter, "filter")?,
            wants_facets: true,
            limit: 0,
            ..SearchRequest::new(optional_text(&query, "query")?)
        };
        let found = self.reader.search(&request).await;
        let found = found.map_err(|error| read_error(&error))?;
        plain(&Facets::from(found.facets.unwrap_or_default()))
    }

    /// What somebody who has typed so far may mean.
    ///
    /// # Errors
    ///
    /// `ArgumentError`, `MissingError`, `FailedError` or `DamagedError`.
    #[wasm_bindgen(unchecked_return_type = "Suggestion[]")]
    pub async fn suggest(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        let found = self.reader.suggest(&text(&query, "query")?).await;
        let found = found.map_err(|error| read_error(&error))?;
        plain(&found.into_iter().map(Suggestion::from).collect::<Vec<_>>())
    }

    /// Lists articles, newest first.
    ///
    /// # Errors
    ///
    /// `ArgumentError`, `MissingError`, `FailedError` or `DamagedError`.
    #[wasm_bindgen(unchecked_return_type = "Hit[]")]
    pub async fn latest(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ListOptions")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let ListOptions { offset, limit } = ListOptions::read(options)?;
        hits(Ok(self.reader.latest(offset, limit).await))
    }

    /// Lists articles that are like one, the most similar first.
    ///
    /// # Errors
    ///
    /// `ArgumentError`, `MissingError`, `FailedError` or `DamagedError`.
    #[wasm_bindgen(unchecked_return_type = "Hit[]")]
    pub async fn related(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
    ) -> Result<JsValue, JsValue> {
        hits(self.reader.related(&text(&id, "id")?).await)
    }

    /// An article; `null` where there is none with this id.
    ///
    /// # Errors
    ///
    /// `ArgumentError`, `MissingError`, `FailedError` or `DamagedError`.
    #[wasm_bindgen(unchecked_return_type = "Article | null")]
    pub async fn article(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
    ) -> Result<JsValue, JsValue> {
        let found = self.reader.article(&text(&id, "id")?, "").await;
        let found = found.map_err(|error| read_error(&error))?;
        let place = |article: &vitrine_article::Article| self.place(&article.id);
        plain(&found.map(|view| Article::new(&view.article, place(&view.article))))
    }

    /// A citation of an article, in a style for people or a format for programs; `null` where
    /// there is no such article.
    ///
    /// # Errors
    ///
    /// `ArgumentError`, `MissingError`, `FailedError` or `DamagedError`.
    #[wasm_bindgen(unchecked_return_type = "string | null")]
    pub async fn citation(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CitationFormat")] format: JsValue,
    ) -> Result<JsValue, JsValue> {
        let format = optional_text(&format, "format")?;
        let format = Format::of_name(&format).ok_or_else(|| {
            let names = Format::NAMES.map(|(name, _)| name).join(", ");
            argument_error(&["format must be one of ", &names].concat())
        })?;
        let found = self.reader.article(&text(&id, "id")?, "").await;
        let Some(view) = found.map_err(|error| read_error(&error))? else {
            return Ok(JsValue::NULL);
        };
        let archive = &self.reader.info().title;
        let place = self.place(&view.article.id);
        let reference = Reference::new(&view.article, archive, Some(&place), today());
        Ok(written(&reference, format).into())
    }

    /// Checks every file of the archive's data against its digest, and loads each for that.
    /// `progress` is called with the number of files that are checked, and that of all.
    ///
    /// # Errors
    ///
    /// What `progress` throws. A damaged file is no error: the report has it.
    #[wasm_bindgen(unchecked_return_type = "VerifyReport")]
    pub async fn verify(
        &self,
        #[wasm_bindgen(
            unchecked_optional_param_type = "(done: number, total: number) => void"
        )]
        progress: Option<Function>,
    ) -> Result<JsValue, JsValue> {
        let listing = self.reader.list().await;
        let mut damaged: Vec<Damage> = listing.errors.iter().map(Damage::from).collect();
        let total = listing.files.len() as u32;
        let mut bytes = 0.0;
        for (done, (file, len)) in (1_u32..).zip(&listing.files) {
            bytes += f64::from(*len);
            if let Err(error) = self.reader.check(file).await {
                damaged.push(Damage::from(&error));
            }
            if let Some(progress) = &progress {
                progress.call2(&JsValue::NULL, &done.into(), &total.into())?;
            }
            self.turns.pause().await;
        }
        plain(&VerifyReport { files: total, bytes, damaged })
    }

    /// The address of an article in the archive's own page.
    fn place(&self, id: &str) -> String {
        let id = String::from(js_sys::encode_uri_component(id));
        [self.address.as_str(), "index.html#/article/", &id].concat()
    }
}

fn hits(
    found: Result<Vec<vitrine_reader::HitView>, ReadError>,
) -> Result<JsValue, JsValue> {
    let found = found.and_then(all_read).map_err(|error| read_error(&error))?;
    plain(&found.into_iter().map(Hit::from).collect::<Vec<_>>())
}

/// Returns a text that was handed over, in Unicode normalization form C.
fn text(value: &JsValue, name: &str) -> Result<String, JsValue> {
    if !value.is_string() {
        return Err(argument_error(&[name, " must be a string"].concat()));
    }
    Ok(JsString::from(value.clone()).normalize("NFC").into())
}

fn optional_text(value: &JsValue, name: &str) -> Result<String, JsValue> {
    if value.is_undefined() || value.is_null() {
        return Ok(String::new());
    }
    text(value, name)
}

/// Returns a value as plain objects; what is missing is `null`.
fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    Ok(value.serialize(&serializer)?)
}

impl SearchOptions {
    fn request(self, query: String) -> SearchRequest {
        SearchRequest {
            query,
            filter: self.filter,
            sort: self.sort.into(),
            wants_facets: self.facets,
            offset: self.offset,
            limit: self.limit,
            typing: if self.typing { Typing::Unfinished } else { Typing::Finished },
        }
    }
}
