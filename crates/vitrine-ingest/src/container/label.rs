//! Names of members: labels that never reach a file system.

use crate::decode::{Hint, decode};

/// Returns the name of a member without what would lead out of its container.
///
/// Drive letters, empty parts, `.` and `..` are left out, backslashes part folders, and
/// control characters become U+FFFD.
pub(crate) fn label(name: &[u8]) -> String {
    let name = decode(name, Hint::Text).text;
    let name = name.replace('\\', "/");
    let parts = name.split('/').enumerate().filter(|&(position, part)| {
        let is_drive = position == 0 && part.len() == 2 && part.ends_with(':');
        !(is_drive || matches!(part, "" | "." | ".."))
    });
    let label: Vec<&str> = parts.map(|(_, part)| part).collect();
    let label = label.join("/").replace(char::is_control, "\u{fffd}");
    if label.is_empty() { "?".to_owned() } else { label }
}

/// Whether a member is what macOS puts beside a file: its attributes, under its name.
pub(crate) fn is_sidecar(label: &str) -> bool {
    label.split('/').any(|part| part == "__MACOSX" || part.starts_with("._"))
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn a_label_never_leads_out() {
        for (name, expected) in [
            ("a/b.html", "a/b.html"),
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("C:\\temp\\..\\x.html", "temp/x.html"),
            ("a//./b\n", "a/b\u{fffd}"),
            ("..", "?"),
            ("", "?"),
        ] {
            assert_eq!(label(name.as_bytes()), expected, "{name:?}");
        }
        let (gbk, ..) = encoding_rs::GBK.encode("研究报告/国际问题研究院的文章.html");
        assert_eq!(label(&gbk), "研究报告/国际问题研究院的文章.html");
    }
}
