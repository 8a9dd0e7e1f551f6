//! Dublin Core records as the answers that an OAI-PMH harvester gets to `ListRecords`:
//! <https://www.openarchives.org/OAI/openarchivesprotocol.html>.
//!
//! Files cannot answer the protocol's other questions; a resumption token is the name of the
//! file that goes on.

use maud::{PreEscaped, html};
use vitrine_article::{Article, PartialDate};

use crate::{
    BaseUrl, Site,
    address::{article_path, encoded},
    feed::{day, instant},
    lists::Sink,
    xml::{DECLARATION, plain},
};

/// Most records in a file.
const MOST: usize = 2_000;

/// What stands for the date of undated records where no article has one.
const NO_DATE: &str = "1970-01-01";

/// Writes records into as many files as they need.
#[derive(Debug, Default)]
pub(crate) struct Records {
    newest: Option<PartialDate>,
    text: String,
    /// Records in this file and in all.
    here: usize,
    all: usize,
    file: usize,
}

impl Records {
    /// Adds an article.
    pub(crate) fn add<E>(
        &mut self,
        site: &Site,
        base: &BaseUrl,
        article: &Article,
        sink: Sink<'_, E>,
    ) -> Result<(), E> {
        if self.here == MOST {
            self.write(site, base, sink)?;
        }
        let metadata = &article.metadata;
        self.newest = self.newest.max(metadata.date);
        let date = metadata.date.or(self.newest).map_or_else(|| NO_DATE.to_owned(), day);
        let publisher = site.publisher();
        let record = html! {
            record {
                header {
                    identifier { "oai:" (base.host()) ":" (encoded(&article.id)) }
                    datestamp { (date) }
                }
                metadata {
                    oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
                        xmlns:dc="http://purl.org/dc/elements/1.1/"
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                        xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd" {
                        dc:title { (plain(&metadata.title)) }
                        @for author in &metadata.authors { dc:creator { (plain(author)) } }
                        @if let Some(section) = &metadata.section {
                            dc:subject { (plain(section)) }
                        }
                        @if let Some(summary) = &metadata.r#abstract {
                            dc:description { (plain(summary)) }
                        }
                        dc:publisher { (plain(publisher)) }
                        @if let Some(date) = metadata.date { dc:date { (date) } }
                        dc:type { "Text" }
                        dc:format { "text/html" }
                        dc:identifier { (base.join(&article_path(&article.id))) }
                        @if let Some(source) = &metadata.source {
                            dc:source { (plain(source)) }
                        }
                        dc:language { (metadata.lang) }
                        @if let Some(url) = &metadata.url { dc:relation { (plain(url)) } }
                        @if !site.rights().is_empty() { dc:rights { (plain(&site.rights())) } }
                    }
                }
            }
        };
        self.text.push_str(&record.into_string());
        self.text.push('\n');
        self.here += 1;
        self.all += 1;
        Ok(())
    }

    /// Writes the last file.
    pub(crate) fn finish<E>(
        mut self,
        site: &Site,
        base: &BaseUrl,
        sink: Sink<'_, E>,
    ) -> Result<(), E> {
        if self.all == 0 { Ok(()) } else { self.write(site, base, sink) }
    }

    fn write<E>(
        &mut self,
        site: &Site,
        base: &BaseUrl,
        sink: Sink<'_, E>,
    ) -> Result<(), E> {
        let is_last = self.all == site.article_count;
        let next = if is_last { String::new() } else { file_name(self.file + 1) };
        let date = self.newest.map_or_else(|| format!("{NO_DATE}T00:00:00Z"), instant);
        let answer = html! {
            OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd" {
                responseDate { (date) }
                request verb="ListRecords" metadataPrefix="oai_dc" {
                    (base.join(&file_name(self.file)))
                }
                ListRecords {
                    "\n" (PreEscaped(&self.text))
                    @if self.file > 0 || !is_last {
                        resumptionToken completeListSize=(site.article_count)
                            cursor=(self.all - self.here) { (next) }
                    }
                }
            }
        };
        let text = [DECLARATION, &answer.into_string(), "\n"].concat();
        sink(&file_name(self.file), text.as_bytes())?;
        self.text.clear();
        self.here = 0;
        self.file += 1;
        Ok(())
    }
}

/// Returns the name of a file, counted from 0.
fn file_name(number: usize) -> String {
    match number {
        0 => "oai_dc.xml".to_owned(),
        number => format!("oai_dc-{}.xml", number + 1),
    }
}
